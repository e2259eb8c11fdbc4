//! How often `app` may ask whether it is in the server or in the browser. Every such line is code that only one of two
//! compilations sees.

use anyhow::Result;

use super::Findings;
use super::tokens::{self, Kind, Token};
use crate::files;
use crate::workspace::Workspace;

const BUDGET: usize = 6;

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let mut places = Vec::new();
    for path in files::walk_extension(&workspace.root.join("app/src"), "rs")? {
        let name = path.strip_prefix(&workspace.root)?.display().to_string();
        places.extend(lines(&tokens::of_file(&path)?).into_iter().map(|line| format!("{name}:{line}")));
    }
    Ok(inspect(&places))
}

fn inspect(places: &[String]) -> Findings {
    if places.len() <= BUDGET {
        return Findings::new();
    }
    vec![format!(
        "{} lines of cfg with `ssr` or `hydrate`, {BUDGET} allowed; let app/src/platform.rs have the two faces: {}",
        places.len(),
        places.join(", ")
    )]
}

/// The lines with a `cfg(…)`, `cfg!(…)` or `cfg_attr(…)` that names one of the two features.
fn lines(tokens: &[Token]) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word("cfg") && !token.is_word("cfg_attr") {
            continue;
        }
        let is_macro = tokens.get(at + 1).is_some_and(|next| next.is(&Kind::Mark('!')));
        let open = at + 1 + usize::from(is_macro);
        if !tokens.get(open).is_some_and(|next| next.is(&Kind::Open('('))) {
            continue;
        }
        let asks = |token: &Token| matches!(token.text(), Some("ssr" | "hydrate"));
        if tokens::group(tokens, open).iter().any(asks) {
            found.push(token.line);
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        lines(&tokens::of_text(text).unwrap()).len()
    }

    #[test]
    fn each_way_to_ask_counts() {
        assert_eq!(count(r#"#[cfg(feature = "ssr")] mod a;"#), 1);
        assert_eq!(count(r#"#[cfg_attr(feature = "hydrate", derive(Debug))] struct A;"#), 1);
        assert_eq!(count(r#"fn f() -> bool { cfg!(feature = "ssr") }"#), 1);
        assert_eq!(count("#[cfg(\n    not(feature = \"ssr\")\n)]\nmod a;"), 1);
    }

    #[test]
    fn other_questions_do_not() {
        assert_eq!(count(r#"#[cfg(test)] mod a; // #[cfg(feature = "ssr")]"#), 0);
        assert_eq!(count(r#"#[cfg(debug_assertions)] fn ssr() {}"#), 0);
    }

    #[test]
    fn the_seventh_line_is_one_too_many() {
        let places: Vec<String> = (1..=7).map(|line| format!("app/src/lib.rs:{line}")).collect();
        assert!(inspect(&places[..6]).is_empty());
        assert!(inspect(&places)[0].contains("app/src/lib.rs:7"));
    }
}
