//! Rust sources as a flat list of words, marks and texts. Comments are gone, and what stands inside a macro such as
//! `view!` is seen like everything else.

use std::path::Path;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::files;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier or a keyword.
    Word(String),
    Mark(char),
    /// The value of a string literal.
    Text(String),
    Number,
    Open(char),
    Close(char),
}

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
}

impl Token {
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(found) if found == word)
    }

    pub(crate) fn is(&self, kind: &Kind) -> bool {
        self.kind == *kind
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

pub(crate) fn of_file(path: &Path) -> Result<Vec<Token>> {
    of_text(&files::read_text(path)?).map_err(|error| anyhow!("{} is no Rust: {error}", path.display()))
}

pub(crate) fn of_text(text: &str) -> Result<Vec<Token>> {
    let stream: TokenStream = text.parse().map_err(|error| anyhow!("{error}"))?;
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let mut push = |kind| tokens.push(Token { kind, line });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word(word.to_string())),
            TokenTree::Punct(mark) => push(Kind::Mark(mark.as_char())),
            TokenTree::Literal(literal) => push(literal_kind(literal)),
            TokenTree::Group(group) => {
                let (open, close) = delimiters(group.delimiter());
                let end = group.span_close().start().line;
                push(Kind::Open(open));
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Close(close), line: end });
            }
        }
    }
}

fn literal_kind(literal: proc_macro2::Literal) -> Kind {
    match syn::Lit::new(literal) {
        syn::Lit::Str(text) => Kind::Text(text.value()),
        _ => Kind::Number,
    }
}

fn delimiters(delimiter: Delimiter) -> (char, char) {
    match delimiter {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Brace => ('{', '}'),
        Delimiter::Bracket => ('[', ']'),
        Delimiter::None => (' ', ' '),
    }
}

/// The tokens of the group that opens at `start`, without its delimiters.
pub(crate) fn group(tokens: &[Token], start: usize) -> &[Token] {
    let mut depth = 0_usize;
    for (offset, token) in tokens[start..].iter().enumerate() {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &tokens[start + 1..start + offset.max(1)];
        }
    }
    &tokens[start + 1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_is_seen_and_a_comment_is_not() {
        let tokens = of_text("// hidden\nview! { <p>\"shown\"</p> }").unwrap();
        assert!(tokens.iter().any(|token| token.text() == Some("shown") && token.line == 2));
        assert!(!tokens.iter().any(|token| token.is_word("hidden")));
    }

    #[test]
    fn a_group_ends_where_it_closes() {
        let tokens = of_text("f(a, (b)) c").unwrap();
        let inside = group(&tokens, 1);
        assert!(inside[0].is_word("a") && inside.last().unwrap().is(&Kind::Close(')')));
        assert!(!inside.iter().any(|token| token.is_word("c")));
    }
}
