//! Markup that would reach the page as it was typed.

use std::path::Path;

use anyhow::Result;

use super::Findings;
use super::tokens::{self, Kind, Token};
use crate::files;
use crate::workspace::Workspace;

/// The one place that fills a textarea, with text that it escapes itself, because this leptos does not.
const TEXTAREA: &str = "app/src/ui/textarea.rs";

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let mut findings = Findings::new();
    for path in files::walk_extension(&workspace.root.join("app/src"), "rs")? {
        let name = path.strip_prefix(&workspace.root)?;
        findings.extend(inspect(name, &tokens::of_file(&path)?));
    }
    Ok(findings)
}

fn inspect(path: &Path, tokens: &[Token]) -> Findings {
    let shown = path.display();
    let mut findings = Findings::new();
    for (at, token) in tokens.iter().enumerate() {
        let line = token.line;
        if token.is_word("inner_html") && path != Path::new(TEXTAREA) {
            findings
                .push(format!("{shown}:{line}: inner_html prints what people typed as markup; use elements"));
        }
        if token.is_word("textarea") && path != Path::new(TEXTAREA) && opens_element(tokens, at) {
            findings.push(format!(
                "{shown}:{line}: this leptos does not escape the children of a textarea; use the component in {TEXTAREA}"
            ));
        }
    }
    findings
}

/// `<textarea` in a view, or `html::textarea()` outside of one.
fn opens_element(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let after = tokens.get(at + 1);
    before.is_some_and(|before| before.is(&Kind::Mark('<')))
        || before.is_some_and(|before| before.is(&Kind::Mark(':')))
            && after.is_some_and(|after| after.is(&Kind::Open('(')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        inspect(Path::new(path), &tokens::of_text(text).unwrap()).len()
    }

    #[test]
    fn raw_markup_is_found() {
        assert_eq!(findings("app/src/post.rs", "view! { <div inner_html=text/> }"), 1);
    }

    #[test]
    fn a_textarea_is_found_outside_its_component() {
        assert_eq!(findings("app/src/post.rs", "view! { <textarea>{text}</textarea> }"), 1);
        assert_eq!(findings("app/src/post.rs", "fn f() { leptos::html::textarea().child(text) }"), 1);
        assert_eq!(findings(TEXTAREA, "view! { <textarea inner_html=escaped></textarea> }"), 0);
    }

    #[test]
    fn talking_about_it_is_fine() {
        assert_eq!(findings("app/src/post.rs", "// <textarea inner_html>\nfn f() { find(\"textarea\") }"), 0);
        assert_eq!(findings("app/src/post.rs", "use crate::ui::textarea::Textarea;"), 0);
    }
}
