//! The names of all tests: functions in Rust's test files, and titles of end-to-end tests as words joined by `_`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::check::tokens::{self, Kind, Token};
use crate::files;

const CRATES: &[&str] = &["protocol", "domain", "app", "server"];

pub(crate) fn read(root: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for krate in CRATES {
        for path in files::walk_extension(&root.join(krate), "rs")? {
            if holds_tests(path.strip_prefix(root)?) {
                names.extend(functions(&tokens::of_file(&path)?));
            }
        }
    }
    for path in files::walk_extension(&root.join("end2end"), "ts")? {
        if path.to_string_lossy().ends_with(".spec.ts") {
            names.extend(titles(&files::read_text(&path)?).iter().map(|title| slug(title)));
        }
    }
    Ok(names)
}

fn holds_tests(path: &Path) -> bool {
    path.with_extension("").iter().any(|part| part == "tests" || part.to_string_lossy().ends_with("_tests"))
}

/// Names after `fn`, also inside a macro that makes one test for each database.
fn functions(tokens: &[Token]) -> Vec<String> {
    tokens
        .windows(2)
        .filter_map(|pair| match &pair[1].kind {
            Kind::Word(name) if pair[0].is_word("fn") => Some(name.clone()),
            _ => None,
        })
        .collect()
}

/// The first argument of each `test(…)`.
fn titles(text: &str) -> Vec<String> {
    text.split("test(")
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|quote| ['\'', '"', '`'].contains(quote))?;
            rest[1..].split(quote).next().map(str::to_owned)
        })
        .collect()
}

fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_inside_a_macro_is_one() {
        let tokens = tokens::of_text("both! { async fn a_stranger_sees_it(cx: Cx) {} }").unwrap();
        assert_eq!(functions(&tokens), ["a_stranger_sees_it"]);
    }

    #[test]
    fn a_title_becomes_a_name() {
        let text = "test('R4.3 who is blocked meets an account that does not exist', async () => {});\n  test(`a ${x} b`, f);";
        let slugs: Vec<String> = titles(text).iter().map(|title| slug(title)).collect();
        assert_eq!(slugs, ["r4_3_who_is_blocked_meets_an_account_that_does_not_exist", "a_x_b"]);
    }

    #[test]
    fn only_files_of_tests_count() {
        assert!(
            holds_tests(Path::new("domain/src/post/tests.rs"))
                && holds_tests(Path::new("server/tests/it/http.rs"))
        );
        assert!(
            !holds_tests(Path::new("domain/src/post.rs"))
                && !holds_tests(Path::new("domain/src/testing/seed.rs"))
        );
    }
}
