//! The frame of the settings: what concerns one's own account, one page beside the other.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::page::{Page, PageHead};

/// The pages in the order in which they stand, each with its label.
const PAGES: &[(&str, &str)] = &[
    ("/settings/profile", "Profile"),
    ("/settings/account", "Account"),
    ("/settings/security", "Security"),
    ("/settings/notifications", "Notifications"),
    ("/settings/blocked", "Blocked"),
];

/// One page of the settings, below the links to the others.
#[component]
pub fn SettingsPage(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let links = PAGES.iter().map(move |&(href, label)| {
        let is_here = move || path.with(|path| path.trim_end_matches('/') == href);
        view! { <a href=href aria-current=move || is_here().then_some("page")>{label}</a> }
    });
    view! {
        <Page title wide=true>
            <PageHead text="Settings" />
            <div class="settings">
                <nav class="settings-nav" aria-label="Settings">{links.collect_view()}</nav>
                <div class="settings-body">{children()}</div>
            </div>
        </Page>
    }
}

/// One block of a page of the settings.
#[component]
pub fn Setting(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="setting">
            <div class="setting-head">
                <h2>{title}</h2>
                {text.map(|text| view! { <p>{text}</p> })}
            </div>
            {children()}
        </section>
    }
}
