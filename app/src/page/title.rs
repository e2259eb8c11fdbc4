use leptos::prelude::*;
use leptos_meta::{Title, TitleProps};

use crate::{browser, community::community, effect::effect, live::live, platform::ON_HOST, ui::capped};

/// The title of the page without the count in front of it, once the browser has rendered one.
#[derive(Debug, Clone, Copy)]
struct ShownTitle(RwSignal<Option<String>>);

/// Keeps the count of unread notifications in front of the title; once, at the root.
pub(crate) fn provide_title() {
    let (shown, badges) = (RwSignal::new(None), live().badges());
    provide_context(ShownTitle(shown));
    let at_first = mark(badges.get_untracked().notifications);
    let mut from_host = None;
    effect(move || {
        let from_host = from_host.get_or_insert_with(|| {
            let title = document().title();
            title.strip_prefix(&at_first).map(str::to_owned).unwrap_or(title)
        });
        let title = shown.get().unwrap_or_else(|| from_host.clone());
        document().set_title(&format!("{}{title}", mark(badges.get().notifications)));
    });
}

/// "(2) "
fn mark(unread: u32) -> String {
    if unread == 0 { String::new() } else { format!("({}) ", capped(unread)) }
}

/// Says on the tab which page this is, behind the count of unread notifications. The host has leptos_meta write it into the
/// head; in the browser that would take as much code as a page.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let community = community().name;
    let title = if text.is_empty() { community } else { format!("{text} · {community}") };
    if ON_HOST {
        let title = format!("{}{title}", mark(live().badges().get_untracked().notifications));
        // Registers it. leptos_meta writes it as it is, and names of people are in it.
        drop(Title(TitleProps::builder().text(escaped(&title)).build()));
    } else if browser::is_hydrated()
        && let Some(ShownTitle(shown)) = use_context()
    {
        // Before, it is the host's, and what is hydrated in vain, such as a placeholder, has no say in it.
        effect(move || shown.set(Some(title.clone())));
    }
}

fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}
