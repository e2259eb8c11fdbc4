//! Stylesheets: every one is imported, and colours have names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Findings;
use crate::files;
use crate::workspace::Workspace;

const MAIN: &str = "main.css";
const TOKENS: &str = "tokens.css";

/// What begins a colour that is written out. `oklch(from …)` mixes one that has a name.
const COLOUR_FUNCTIONS: &[&str] =
    &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let folder = workspace.root.join("style");
    let mut sheets = Vec::new();
    for path in files::walk_extension(&folder, "css")? {
        sheets.push((path.strip_prefix(&folder)?.to_owned(), files::read_text(&path)?));
    }
    let mut findings = unimported(&sheets);
    for (name, text) in sheets.iter().filter(|(name, _)| name != Path::new(TOKENS)) {
        findings.extend(colours(text).into_iter().map(|(line, colour)| {
            format!("style/{}:{line}: `{colour}` has no name; give it one in style/{TOKENS}", name.display())
        }));
    }
    Ok(findings)
}

/// The sheets that main.css does not import, directly or through another one.
fn unimported(sheets: &[(PathBuf, String)]) -> Findings {
    let mut reached = BTreeSet::from([PathBuf::from(MAIN)]);
    let mut ahead = vec![PathBuf::from(MAIN)];
    while let Some(name) = ahead.pop() {
        let Some((_, text)) = sheets.iter().find(|(other, _)| *other == name) else { continue };
        for import in imports(text) {
            let path = normal(&name.parent().unwrap_or(Path::new("")).join(import));
            if reached.insert(path.clone()) {
                ahead.push(path);
            }
        }
    }
    let missed = sheets.iter().filter(|(name, _)| !reached.contains(name));
    missed
        .map(|(name, _)| {
            format!("style/{}: nobody imports it; do so in style/{MAIN}, or remove it", name.display())
        })
        .collect()
}

/// The paths in `@import "…"` and `@import url("…")`.
fn imports(text: &str) -> Vec<String> {
    let text = without_comments(text);
    text.split("@import")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '\'']).nth(1).map(str::to_owned))
        .collect()
}

/// Resolves `./` and `../`.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
    for part in path {
        if part == ".." {
            parts.pop();
        } else if part != "." {
            parts.push(part);
        }
    }
    parts.iter().collect()
}

/// Colours written out in declarations, with their lines. What stands before a `{` is a selector, where `#name` is an id.
fn colours(text: &str) -> Vec<(usize, String)> {
    let text = without_comments(text);
    let mut found = Vec::new();
    let mut line = 1;
    for piece in text.split_inclusive(['{', '}', ';']) {
        if !piece.ends_with('{') {
            found.extend(
                colour(piece).map(|(offset, colour)| (line + piece[..offset].matches('\n').count(), colour)),
            );
        }
        line += piece.matches('\n').count();
    }
    found
}

/// The first colour in a declaration and where it begins.
fn colour(declaration: &str) -> Option<(usize, String)> {
    let lower = declaration.to_ascii_lowercase();
    // Addresses and texts are none.
    let value_at = lower.find(':')?;
    let value = &lower[value_at..];
    if value.contains("url(") {
        return None;
    }
    let function = COLOUR_FUNCTIONS.iter().find_map(|function| {
        let (at, _) = value.match_indices(function).find(|(at, _)| {
            let inside_a_word =
                value[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '-');
            !inside_a_word && !value[at + function.len()..].trim_start().starts_with("from ")
        })?;
        Some((at, value[at..].split_inclusive(')').next().unwrap_or_default()))
    });
    let hex = value.match_indices('#').find_map(|(at, _)| {
        let digits = value[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
        let is_colour =
            [3, 4, 6, 8].contains(&digits.len()) && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        is_colour.then(|| (at, &value[at..at + 1 + digits.len()]))
    });
    let (at, colour) = function.or(hex)?;
    Some((value_at + at, colour.to_owned()))
}

/// The same lines with the comments blanked out.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(pairs: &[(&str, &str)]) -> Vec<(PathBuf, String)> {
        pairs.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect()
    }

    #[test]
    fn a_sheet_that_nobody_imports_is_found() {
        let found = unimported(&sheets(&[
            ("main.css", "@import \"./post.css\" layer(slice);"),
            ("post.css", ""),
            ("chat.css", ""),
        ]));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("style/chat.css"));
    }

    #[test]
    fn an_import_of_an_import_counts() {
        let all = [
            ("main.css", "@import url('ui/all.css');"),
            ("ui/all.css", "@import \"button.css\";"),
            ("ui/button.css", ""),
        ];
        assert!(unimported(&sheets(&all)).is_empty());
        assert_eq!(unimported(&sheets(&[("main.css", "/* @import \"a.css\"; */"), ("a.css", "")])).len(), 1);
    }

    #[test]
    fn a_colour_written_out_is_found_at_its_line() {
        assert_eq!(colours("a {\n  color: #fff;\n}"), [(2, "#fff".to_owned())]);
        assert_eq!(colours("a { background: oklch(0.7 0.1 30); }").len(), 1);
        assert_eq!(colours("a { border: 1px solid rgb(0 0 0 / 10%) }").len(), 1);
        assert_eq!(colours("a { --mine: hsl(0 0% 0%); }").len(), 1);
    }

    #[test]
    fn a_colour_with_a_name_is_fine() {
        for text in [
            "#face { color: var(--ink); }",
            "a { color: color-mix(in oklch, var(--ink), transparent); }",
            "a { color: oklch(from var(--ink) l c h / 50%); }",
            "a { &:hover #fed { margin: 0 } }",
            "/* #fff */ a { mask: url(#abc); }",
        ] {
            assert!(colours(text).is_empty(), "{text}");
        }
    }
}
