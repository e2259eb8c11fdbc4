use leptos::prelude::*;

use crate::{form::Start, ui::Field};

/// One line of an account form, with what was typed into it before and what was wrong with that. A password never comes
/// back.
#[component]
pub(crate) fn FormField(
    start: StoredValue<Start>,
    label: &'static str,
    name: &'static str,
    #[prop(default = "text")] kind: &'static str,
    autocomplete: &'static str,
    /// Defaults to the name; must be the only one on the page.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let (value, error) = start.with_value(|start| (start.value(name), start.error(name)));
    let id = id.unwrap_or_else(|| name.to_owned());
    view! { <Field label name kind id autocomplete value nostrip:hint=hint.map(str::to_owned) error /> }
}

/// Where one chooses a password.
#[component]
pub(super) fn NewPassword(start: StoredValue<Start>, label: &'static str) -> impl IntoView {
    view! {
        <FormField
            start
            label
            name="password"
            kind="password"
            autocomplete="new-password"
            hint="At least 10 characters. A few unusual words are easy to remember."
        />
    }
}

/// Where somebody who is signed in gives the password once more.
#[component]
pub(crate) fn CurrentPassword(
    start: StoredValue<Start>,
    /// Must be the only one on the page.
    #[prop(default = "current_password".to_owned(), into)]
    id: String,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    view! {
        <FormField
            start
            label="Current password"
            name="current_password"
            kind="password"
            id
            autocomplete="current-password"
            nostrip:hint
        />
    }
}
