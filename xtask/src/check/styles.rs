//! Every stylesheet is imported, by what every page loads or by what the pages of a part do. stylelint, which looks at one file at a time, checks the rest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Findings;
use crate::files;
use crate::workspace::Workspace;

const MAIN: &str = "main.css";
const PARTS: &str = "part";

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let folder = workspace.root.join("style");
    let mut sheets = Vec::new();
    for path in files::walk_extension(&folder, "css")? {
        sheets.push((path.strip_prefix(&folder)?.to_owned(), files::read_text(&path)?));
    }
    Ok(unimported(&sheets))
}

/// The sheets that neither main.css nor that of a part imports, directly or through another one.
fn unimported(sheets: &[(PathBuf, String)]) -> Findings {
    let is_loaded = |name: &Path| name == Path::new(MAIN) || name.starts_with(PARTS);
    let mut ahead: Vec<PathBuf> =
        sheets.iter().map(|(name, _)| name.clone()).filter(|name| is_loaded(name)).collect();
    let mut reached: BTreeSet<PathBuf> = ahead.iter().cloned().collect();
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
            format!(
                "style/{}: nobody imports it; do so in style/{MAIN} or in style/{PARTS}/, or remove it",
                name.display()
            )
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

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
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
    fn what_a_part_imports_counts() {
        let all = [("main.css", ""), ("part/chat.css", "@import \"../chat.css\";"), ("chat.css", "")];
        assert!(unimported(&sheets(&all)).is_empty());
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
}
