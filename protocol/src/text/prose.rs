//! Text of several lines: posts, comments and messages.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InvalidValue;
use crate::Reason;

/// Marks that may stand on one letter. Vietnamese needs two, pointed Hebrew and Tibetan up to five or six.
const STACKED_MARKS: usize = 6;

/// What a person wrote, 1 to `MAX` characters with something to see among them.
///
/// Line ends are `\n`. Empty lines around it and blank space at the end of each line are gone; what a line is indented
/// by stays, the first line's as well. Control characters are gone, and those that turn the direction of the text after
/// them (Unicode's "explicit directional formatting", UAX #9, section 2), which would reach into the page around it. At
/// most two empty lines stand in a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const MAX: u32>(String);

impl<const MAX: u32> Prose<MAX> {
    /// Characters that fit.
    pub const MAX: u32 = MAX;

    /// Checks and cleans what was typed.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `StackedMarks`.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let text = clean(typed);
        if !text.chars().any(is_visible) {
            return Err(Reason::Empty);
        }
        if text.chars().count() > MAX as usize {
            return Err(Reason::TooLong { max: MAX });
        }
        check_stacked_marks(&text)?;
        Ok(Self(text))
    }

    /// The checked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: u32> From<Prose<MAX>> for String {
    fn from(prose: Prose<MAX>) -> Self {
        prose.0
    }
}

impl<const MAX: u32> TryFrom<String> for Prose<MAX> {
    type Error = InvalidValue;

    fn try_from(typed: String) -> Result<Self, InvalidValue> {
        Self::parse(&typed).map_err(InvalidValue)
    }
}

impl<const MAX: u32> fmt::Display for Prose<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn clean(typed: &str) -> String {
    let unix_lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unix_lines
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_bidi_control(*c)))
        .collect();
    let mut text = String::with_capacity(kept.len());
    let mut empty_lines = 0;
    let lines = kept.trim_end().lines().map(str::trim_end);
    for line in lines.skip_while(|line| line.is_empty()) {
        empty_lines = if line.is_empty() { empty_lines + 1 } else { 0 };
        if empty_lines <= 2 {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
    }
    text
}

/// Embeddings, overrides and isolates; the plain marks U+200E and U+200F stay, some languages need them.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without any shape of their own.
pub(super) fn is_invisible(c: char) -> bool {
    is_bidi_control(c)
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

fn is_visible(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || is_invisible(c))
}

pub(super) fn check_stacked_marks(text: &str) -> Result<(), Reason> {
    let mut stacked = 0;
    for c in text.chars() {
        stacked = if is_mark(c) { stacked + 1 } else { 0 };
        if stacked > STACKED_MARKS {
            return Err(Reason::StackedMarks);
        }
    }
    Ok(())
}

/// The blocks of combining marks that are used to pile up letters (Unicode's "Combining Diacritical Marks" and its
/// supplements); marks of single scripts are not among them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
