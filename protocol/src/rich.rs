//! What stands in a text besides plain words: links and mentions. Everything else is text, and none of it is markup.
//!
//! A link begins with `http://` or `https://`, in any case, at a place where no word is under way, and ends before white
//! space, quotes, angle brackets or control characters; punctuation at its end belongs to the sentence, and so does a
//! closing bracket that the link has not opened (the rules of GitHub Flavored Markdown, section 6.9, "extended autolink
//! path validation"). A mention is an `@` at such a place with a username behind it.

use crate::text::Username;

/// Mentions in one text that are looked up at most.
pub const MENTIONS: usize = 50;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Plain text, line breaks and all.
    Text(&'t str),
    /// The address of a page elsewhere, as it was typed.
    Link(&'t str),
    /// What may be somebody's username, as it was typed, with its `@`.
    Mention(&'t str),
}

/// The pieces of `text`, in order; together they are the text.
pub fn segments(text: &str) -> Vec<Segment<'_>> {
    let (mut found, mut plain_from, mut at) = (Vec::new(), 0, 0);
    while let Some(next) = text[at..].find(['@', 'h', 'H']) {
        let start = at + next;
        let special = if begins_word(text, start) { special(&text[start..]) } else { None };
        let Some(special) = special else {
            at = start + 1;
            continue;
        };
        if plain_from < start {
            found.push(Segment::Text(&text[plain_from..start]));
        }
        at = start + special.text().len();
        plain_from = at;
        found.push(special);
    }
    if plain_from < text.len() {
        found.push(Segment::Text(&text[plain_from..]));
    }
    found
}

/// The different usernames that `text` may mention, in the order of their first mention; at most [`MENTIONS`].
pub fn mentioned(text: &str) -> Vec<Username> {
    let mut names: Vec<Username> = Vec::new();
    for segment in segments(text) {
        if let Segment::Mention(mention) = segment
            && let Ok(name) = Username::parse(mention)
            && !names.contains(&name)
        {
            names.push(name);
        }
        if names.len() == MENTIONS {
            break;
        }
    }
    names
}

impl<'t> Segment<'t> {
    /// The piece as it was typed.
    pub const fn text(&self) -> &'t str {
        match self {
            Self::Text(text) | Self::Link(text) | Self::Mention(text) => text,
        }
    }
}

fn begins_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && !"@_/.".contains(before))
}

fn special(text: &str) -> Option<Segment<'_>> {
    if text.starts_with('@') { mention(text) } else { link(text) }
}

fn mention(text: &str) -> Option<Segment<'_>> {
    let name = &text[1..];
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    // `@ana@example.org` and `@ana.brandt` are something else; a full stop that ends a sentence is not.
    let mut rest = name[end..].chars();
    let goes_on = match rest.next() {
        Some('@' | '/') => true,
        Some('.' | '-') => rest.next().is_some_and(char::is_alphanumeric),
        Some(after) => after.is_alphanumeric(),
        None => false,
    };
    (!goes_on && Username::parse(&name[..end]).is_ok()).then_some(Segment::Mention(&text[..=end]))
}

fn link(text: &str) -> Option<Segment<'_>> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|front| front.eq_ignore_ascii_case(scheme)))?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "\"<>`{}|\\^".contains(c);
    let whole = &text[..text.find(ends).unwrap_or(text.len())];
    let link = without_sentence(whole);
    let host = link.get(scheme.len()..)?;
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[').then_some(Segment::Link(link))
}

/// The link without the punctuation of the sentence around it.
fn without_sentence(mut link: &str) -> &str {
    let unopened = |open, close| link.matches(close).count().saturating_sub(link.matches(open).count());
    let (mut round, mut square) = (unopened('(', ')'), unopened('[', ']'));
    while let Some(last) = link.chars().next_back() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ if ".,:;!?'*_~\u{201d}\u{2019}\u{bb}\u{2026}".contains(last) => {}
            _ => break,
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

#[cfg(test)]
mod tests;
