use leptos::prelude::*;
use leptos_meta::{Title, TitleProps};

use crate::{browser, community::community, effect::effect, platform::ON_HOST};

/// Says on the tab which page this is. The host has leptos_meta write it into the head; in the browser that would take
/// as much code as a page.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let community = community().name;
    let title = if text.is_empty() { community } else { format!("{text} · {community}") };
    if ON_HOST {
        // Registers it. leptos_meta writes it as it is, and names of people are in it.
        drop(Title(TitleProps::builder().text(escaped(&title)).build()));
    } else if browser::is_hydrated() {
        // Before, it is the host's, and what is hydrated in vain, such as a placeholder, has no say in it.
        effect(move || document().set_title(&title));
    }
}

fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}
