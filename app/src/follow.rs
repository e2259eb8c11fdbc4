//! Following a person.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::account::PersonView;

use crate::{
    frame::here,
    ui::{Button, Variant, toast},
};

pub mod api;

/// Follows a person, or does not any more. Without a script it is a plain form.
#[component]
pub fn FollowButton(
    person: PersonView,
    following: bool,
    reload: Callback<()>,
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
        busy.set(true);
        leptos::task::spawn_local(async move {
            let done = if following { api::unfollow(whom).await } else { api::follow(whom).await };
            busy.try_set(false);
            match done {
                Ok(()) => reload.run(()),
                Err(error) => toast.fail(error.sentence()),
            }
        });
    };
    let (action, label, variant) = if following {
        ("/unfollow", "Unfollow", Variant::Quiet)
    } else {
        ("/follow", "Follow", if in_list { Variant::Soft } else { Variant::Primary })
    };
    let name = in_list.then(|| format!("{label} {}", person.full_name()));
    view! {
        <form method="post" action=action on:submit=submit>
            <input type="hidden" name="whom" value=whom.to_string() />
            <input type="hidden" name="back" value=here() />
            <Button kind="submit" variant busy small=in_list label=name>{label}</Button>
        </form>
    }
}
