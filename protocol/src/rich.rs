//! What stands in a text besides plain words: links and mentions. Everything else is text, and none of it is markup.
//!
//! A link begins with `http://` or `https://`, in any case, at a place where no word is under way, and ends before white
//! space, quotes, angle brackets or control characters; punctuation at its end belongs to the sentence, and so does a
//! closing bracket that the link has not opened (the rules of GitHub Flavored Markdown, section 6.9, "extended autolink
//! path validation"). An address with a name before its host (`https://bank.example@evil.example`) is no link: what such an
//! address seems to say is not where it leads. A mention is an `@` at such a place with a username behind it.

use std::borrow::Cow;

use crate::text::Username;

mod punycode;

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
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|front| front.eq_ignore_ascii_case(scheme));
    if !["https://", "http://"].into_iter().any(begins) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || "\"<>`{}|\\^".contains(c);
    let whole = &text[..text.find(ends).unwrap_or(text.len())];
    let link = trim_punctuation(whole);
    let host = authority(link)?;
    let is_plain = host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !host.contains(['@', '%']);
    (is_plain && address(link).is_some()).then_some(Segment::Link(link))
}

/// What stands between the scheme and the path: the host and perhaps a port, or more than that.
fn authority(link: &str) -> Option<&str> {
    let (_, rest) = link.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

/// The link as it is shown and followed: with its host in ASCII, so that letters of another script that look alike are not
/// taken for it. Nothing when no host can be written so.
pub fn address(link: &str) -> Option<Cow<'_, str>> {
    let host = authority(link)?;
    if host.is_ascii() {
        return Some(Cow::Borrowed(link));
    }
    // The four full stops that browsers take for one (UTS 46, section 4).
    let labels = host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']);
    let labels: Option<Vec<Cow<'_, str>>> = labels.map(ascii_label).collect();
    let (scheme, rest) = link.split_once("://")?;
    Some(Cow::Owned(format!("{scheme}://{}{}", labels?.join("."), &rest[host.len()..])))
}

fn ascii_label(label: &str) -> Option<Cow<'_, str>> {
    if label.is_ascii() {
        return Some(Cow::Borrowed(label));
    }
    // A port behind a host that is not ASCII itself.
    let (label, port) = label.split_once(':').map_or((label, None), |(label, port)| (label, Some(port)));
    let encoded = punycode::encode(&label.to_lowercase())?;
    Some(Cow::Owned(port.map_or(format!("xn--{encoded}"), |port| format!("xn--{encoded}:{port}"))))
}

/// The link without the punctuation of the sentence around it.
fn trim_punctuation(mut link: &str) -> &str {
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
