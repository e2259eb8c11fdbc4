//! The paths in a file: those of its imports, and those that stand anywhere else.

use crate::check::tokens::{Kind, Token};

/// A path with at least one `::`, or an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) path: Vec<String>,
    /// For imports, the name under which the module has it.
    alias: Option<String>,
    pub(crate) line: usize,
}

impl Mention {
    pub(crate) fn is_import(&self) -> bool {
        self.alias.is_some()
    }

    pub(crate) fn name(&self) -> Option<&String> {
        self.alias.as_ref()
    }
}

/// All paths, but for those of tests.
pub(crate) fn mentions(tokens: &[Token]) -> Vec<Mention> {
    let mut found = Vec::new();
    // Modules that are written out inside of the file: `super` leads back into it.
    let (mut depth, mut inline) = (0_usize, Vec::<usize>::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is_for_tests(tokens, at) {
            at = end_of_item(tokens, at);
            continue;
        }
        match &token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => {
                depth = depth.saturating_sub(1);
                if inline.last() == Some(&depth) {
                    inline.pop();
                }
            }
            Kind::Word(word) if word == "use" => {
                let mut tree = UseTree { tokens, at: at + 1, found: Vec::new() };
                tree.read(&[]);
                at = tree.at;
                found.extend(tree.found.into_iter().filter_map(|mention| outside(mention, inline.len())));
                continue;
            }
            Kind::Word(word) if word == "mod" && opens(tokens, at + 2) => {
                inline.push(depth);
                at += 2;
                continue;
            }
            Kind::Word(_) => {
                let (path, end) = path_at(tokens, at);
                if path.len() > 1 {
                    found.extend(outside(Mention { path, alias: None, line: token.line }, inline.len()));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The same path as the file says it, where it stands in a module that is `depth` deep inside of the file.
fn outside(mut mention: Mention, depth: usize) -> Option<Mention> {
    for _ in 0..depth {
        match mention.path.first().map(String::as_str) {
            Some("super") => _ = mention.path.remove(0),
            Some("crate") => {}
            _ => return None,
        }
    }
    if depth > 0 && mention.path.first().is_some_and(|first| first != "crate" && first != "super") {
        mention.path.insert(0, "self".to_owned());
    }
    Some(mention)
}

/// `a::b::c`, and where it ends.
fn path_at(tokens: &[Token], start: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    let mut at = start;
    while let Some(Kind::Word(word)) = tokens.get(at).map(|token| &token.kind) {
        path.push(word.clone());
        at += 1;
        if !is_separator(tokens, at) {
            break;
        }
        at += 2;
    }
    (path, at)
}

fn is_separator(tokens: &[Token], at: usize) -> bool {
    [at, at + 1].iter().all(|at| tokens.get(*at).is_some_and(|token| token.is(&Kind::Mark(':'))))
}

fn opens(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is(&Kind::Open('{')))
}

/// Whether `#[cfg(test)]` stands here.
fn is_for_tests(tokens: &[Token], at: usize) -> bool {
    let attribute = [
        Kind::Mark('#'),
        Kind::Open('['),
        Kind::Word("cfg".to_owned()),
        Kind::Open('('),
        Kind::Word("test".to_owned()),
        Kind::Close(')'),
        Kind::Close(']'),
    ];
    tokens
        .get(at..at + attribute.len())
        .is_some_and(|tokens| tokens.iter().zip(&attribute).all(|(token, kind)| token.is(kind)))
}

/// Behind the item with this attribute: its `;`, or its braces.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(close) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && close == '}' {
                    return at + 1;
                }
            }
            Kind::Mark(';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// What stands behind `use`, up to its `;`.
struct UseTree<'a> {
    tokens: &'a [Token],
    at: usize,
    found: Vec<Mention>,
}

impl UseTree<'_> {
    fn read(&mut self, prefix: &[String]) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        let (path, end) = path_at(self.tokens, self.at);
        self.at = end;
        let mut path = [prefix, &path].concat();
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(Kind::Open('{')) => {
                self.at += 1;
                while self.tokens.get(self.at).is_some_and(|token| !token.is(&Kind::Close('}'))) {
                    self.read(&path);
                    if self.tokens.get(self.at).is_some_and(|token| token.is(&Kind::Mark(','))) {
                        self.at += 1;
                    }
                }
                self.at += 1;
            }
            // What it brings has no names here.
            Some(Kind::Mark('*')) => {
                self.at += 1;
                self.found.push(Mention { path, alias: Some("*".to_owned()), line });
            }
            next => {
                // `a::{self}` is `a`.
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let mut alias = path.last().cloned();
                if matches!(next, Some(Kind::Word(word)) if word == "as") {
                    if let Some(Kind::Word(word)) = self.tokens.get(self.at + 1).map(|token| &token.kind) {
                        alias = Some(word.clone());
                    }
                    self.at += 2;
                }
                self.found.push(Mention { path, alias, line });
                // Whatever else stands here is no path, such as `use<'a>` of a type.
                if !self.tokens.get(self.at).is_some_and(|token| {
                    [Kind::Mark(','), Kind::Mark(';'), Kind::Close('}')].contains(&token.kind)
                }) {
                    self.found.pop();
                    self.at += 1;
                }
            }
        }
    }
}
