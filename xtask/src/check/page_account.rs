//! Requests that do not say for which account their page was made. The host refuses them from whoever is signed in.

use std::path::Path;

use anyhow::Result;

use super::Findings;
use super::tokens::{self, Kind, Token};
use crate::files;
use crate::workspace::Workspace;

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
        let before = at.checked_sub(1).map(|before| &tokens[before].kind);
        if token.is_word("form") && before == Some(&Kind::Mark('<')) {
            let form = until_closed(&tokens[at..]);
            if is_posted(form) && !form.iter().any(|token| token.is_word("AccountField")) {
                findings.push(format!("{shown}:{line}: a form that posts needs <AccountField /> inside"));
            }
        }
        if token.is_word("server") && before == Some(&Kind::Open('[')) {
            let arguments = tokens::group(tokens, at - 1);
            if !arguments.iter().any(|token| token.is_word("AccountClient")) {
                findings.push(format!("{shown}:{line}: a server function needs `client = AccountClient`"));
            }
        }
    }
    findings
}

/// From `form` to the `</form` behind it.
fn until_closed(tokens: &[Token]) -> &[Token] {
    let closes = |window: &[Token]| {
        window[0].is(&Kind::Mark('<')) && window[1].is(&Kind::Mark('/')) && window[2].is_word("form")
    };
    let end = tokens.windows(3).position(closes).unwrap_or(tokens.len());
    &tokens[..end]
}

fn is_posted(form: &[Token]) -> bool {
    form.windows(3).any(|window| {
        window[0].is_word("method") && window[1].is(&Kind::Mark('=')) && window[2].text() == Some("post")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> usize {
        inspect(Path::new("app/src/post.rs"), &tokens::of_text(text).unwrap()).len()
    }

    #[test]
    fn a_form_that_posts_without_the_field_is_found() {
        assert_eq!(findings("view! { <form method=\"post\" action=\"/x\"><button/></form> }"), 1);
        assert_eq!(
            findings("view! { <form method=\"post\"></form> <form method=\"post\"><AccountField /></form> }"),
            1
        );
    }

    #[test]
    fn one_with_the_field_and_one_that_only_asks_are_fine() {
        assert_eq!(findings("view! { <form method=\"post\"><AccountField /></form> }"), 0);
        assert_eq!(findings("view! { <form method=\"get\"><button/></form> }"), 0);
        assert_eq!(findings("fn form() { \"method=post\" }"), 0);
    }

    #[test]
    fn a_server_function_that_is_called_by_another_client_is_found() {
        assert_eq!(findings("#[server(input = Json)] async fn f() {}"), 1);
        assert_eq!(findings("#[server(input = Json, client = AccountClient)] async fn f() {}"), 0);
    }
}
