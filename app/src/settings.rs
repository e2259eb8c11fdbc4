//! The frame of the settings: what concerns one's own account, one page beside the other.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    page::{Page, PageHead},
    ui::{NavTab, NavTabs},
};

/// The pages in the order in which they stand, each with its label.
const PAGES: &[(&str, &str)] = &[];

/// One page of the settings, below the links to the others.
#[component]
pub fn SettingsPage(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let tabs = PAGES.iter().map(|&(href, label)| {
        let current = Signal::derive(move || path.with(|path| path.trim_end_matches('/') == href));
        view! { <NavTab href current>{label}</NavTab> }
    });
    view! {
        <Page title>
            <PageHead text="Settings" />
            <NavTabs label="Settings">{tabs.collect_view()}</NavTabs>
            <div class="settings">{children()}</div>
        </Page>
    }
}
