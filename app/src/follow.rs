//! Following a person.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{account::PersonView, profile::Relation};

use crate::{
    form::AccountField,
    page::here,
    ui::{Button, Variant, toast},
};

pub mod api;
mod cache;

pub(crate) use cache::forget_follow;
pub use cache::{FollowState, follow_state, provide};

/// Follows a person, or does not any more: at once on the screen, and back again if it fails. Without a script it is a
/// plain form.
#[component]
pub fn FollowButton(
    person: PersonView,
    state: FollowState,
    /// One of several: it is small, and says whom it is about to those who do not see that.
    #[prop(optional)]
    in_list: bool,
) -> impl IntoView {
    let (toast, pressed) = (toast(), state.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        pressed.submit(toast);
    };
    let following = Signal::derive(move || state.get());
    let whom = person.id;
    let action = move || if following.get() { "/unfollow" } else { "/follow" };
    let label = move || if following.get() { "Unfollow" } else { "Follow" };
    let variant = Signal::derive(move || match (following.get(), in_list) {
        (true, _) => Variant::Quiet,
        (false, true) => Variant::Soft,
        (false, false) => Variant::Primary,
    });
    let name = Signal::derive(move || in_list.then(|| format!("{} {}", label(), person.full_name())));
    view! {
        <form method="post" action=action on:submit=submit>
            <AccountField />
            <input type="hidden" name="whom" value=whom.to_string() />
            <input type="hidden" name="back" value=here() />
            <Button kind="submit" variant small=in_list label=name>{label}</Button>
        </form>
    }
}

/// Says that a person follows the reader, and whether each follows the other.
#[component]
pub fn FollowMark(relation: Relation, state: FollowState) -> impl IntoView {
    let text = move || if state.get() { "You follow each other" } else { "Follows you" };
    relation.follows_reader().then(|| view! { <span class="profile-tag">{text}</span> })
}
