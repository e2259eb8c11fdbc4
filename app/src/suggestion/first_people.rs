use leptos::prelude::*;
use protocol::suggestion::SidePanel;

use super::{SuggestionRow, api};
use crate::ui::{Await, Shape, Skeleton};

/// Three people to begin with, for a new member.
#[component]
pub fn FirstPeople() -> impl IntoView {
    let panel = Resource::new(|| (), |()| api::panel());
    let view = move || async move {
        let suggestions = panel.await.map(|SidePanel { suggestions, .. }| suggestions).unwrap_or_default();
        let rows = suggestions.into_iter().map(|suggestion| view! { <SuggestionRow suggestion /> });
        view! { <ul class="person-list">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}
