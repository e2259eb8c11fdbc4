use leptos::prelude::*;
use protocol::{
    account::PersonView,
    profile::{AboutView, Relation},
};

use crate::{
    rich::RichText,
    ui::{ButtonLink, EmptyState},
};

/// What a person tells of themselves at length.
#[component]
pub(super) fn AboutTab(person: PersonView, about: AboutView, relation: Relation) -> impl IntoView {
    if about.about.is_empty() {
        return view! { <NothingTold person is_own={relation == Relation::Oneself} /> }.into_any();
    }
    view! {
        <section class="profile-about card" aria-label="About">
            <div class="profile-about-text" dir="auto"><RichText text=about.about mentions=Vec::new() /></div>
        </section>
    }
    .into_any()
}

#[component]
fn NothingTold(person: PersonView, is_own: bool) -> impl IntoView {
    if is_own {
        return view! {
            <EmptyState icon="user" title="Nothing here yet" text="Tell others who you are and what you like.">
                <ButtonLink href="/settings/profile">"Edit profile"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let text = format!("{} hasn’t written anything here.", person.short_name());
    view! { <EmptyState icon="user" title="Nothing here yet" text /> }.into_any()
}
