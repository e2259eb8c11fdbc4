//! People whom the reader may want to follow.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::suggestion::{Suggestion, SuggestionReason};

use crate::{
    follow::{FollowButton, FollowMark, follow_state},
    form::AccountField,
    page::here,
    profile::PersonRow,
    ui::{Button, Variant, toast},
};

pub mod api;
mod first_people;
mod side_panel;

pub use first_people::FirstPeople;
pub use side_panel::SidePanel;

/// Suggestions in rows.
#[component]
pub fn SuggestionList(suggestions: Vec<Suggestion>) -> impl IntoView {
    let rows = suggestions.into_iter().map(|suggestion| view! { <SuggestionRow suggestion /> });
    view! { <ul class="person-list card">{rows.collect_view()}</ul> }
}

/// A suggestion that one can follow, or does not want to see.
#[component]
pub fn SuggestionRow(suggestion: Suggestion) -> impl IntoView {
    let Suggestion { person, relation, reason } = suggestion;
    let (dismissed, toast) = (RwSignal::new(false), toast());
    let state = follow_state(person.id, relation);
    let whom = person.id;
    let dismiss = move |event: SubmitEvent| {
        event.prevent_default();
        dismissed.set(true);
        leptos::task::spawn_local(async move {
            if let Err(error) = api::dismiss(whom).await {
                dismissed.try_set(false);
                toast.report(&error);
            }
        });
    };
    let label = format!("Dismiss {}", person.full_name());
    let note = sentence(&reason).map(|text| view! { <bdi>{text}</bdi> }.into_any());
    let mark = view! { <FollowMark relation state=state.clone() /> }.into_any();
    view! {
        <PersonRow person=person.clone() mark=Some(mark) note hidden=dismissed>
            <FollowButton person state in_list=true />
            <form method="post" action="/suggestions/dismiss" on:submit=dismiss>
                <AccountField />
                <input type="hidden" name="whom" value=whom.to_string() />
                <input type="hidden" name="back" value=here() />
                <Button kind="submit" variant=Variant::Plain small=true icon="close" label />
            </form>
        </PersonRow>
    }
}

fn sentence(reason: &SuggestionReason) -> Option<String> {
    match reason {
        SuggestionReason::FollowedBy { name, others: 0 } => Some(format!("Followed by {name}")),
        SuggestionReason::FollowedBy { name, others: 1 } => Some(format!("Followed by {name} and 1 other")),
        SuggestionReason::FollowedBy { name, others } => {
            Some(format!("Followed by {name} and {others} others"))
        }
        SuggestionReason::SharedLikes { posts: 1 } => Some("You both liked a post".to_owned()),
        SuggestionReason::SharedLikes { posts } => Some(format!("You both liked {posts} posts")),
        SuggestionReason::Newcomer => Some("New on Kith".to_owned()),
        SuggestionReason::Member => None,
    }
}
