//! Following a person.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::account::PersonView;

use crate::{
    frame::here,
    ui::{Button, Variant, toast},
};

pub mod api;

/// Follows a person, or does not any more: at once on the screen, and back again if it fails. Without a script it is a
/// plain form.
#[component]
pub fn FollowButton(
    person: PersonView,
    following: RwSignal<bool>,
    /// One of several: it is small, and says whom it is about to those who do not see that.
    #[prop(optional)]
    in_list: bool,
) -> impl IntoView {
    let (toast, busy) = (toast(), RwSignal::new(false));
    let whom = person.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let wanted = !following.get_untracked();
        busy.set(true);
        following.set(wanted);
        leptos::task::spawn_local(async move {
            let done = if wanted { api::follow(whom).await } else { api::unfollow(whom).await };
            busy.try_set(false);
            if let Err(error) = done {
                following.try_set(!wanted);
                toast.fail(error.sentence());
            }
        });
    };
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
            <input type="hidden" name="whom" value=whom.to_string() />
            <input type="hidden" name="back" value=here() />
            <Button kind="submit" variant busy small=in_list label=name>{label}</Button>
        </form>
    }
}
