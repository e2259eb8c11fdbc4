//! Following a person.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{AccountId, account::PersonView};

use crate::{
    error::AppError,
    form::AccountField,
    page::here,
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
    let (toast, in_flight) = (toast(), ArcStoredValue::new(false));
    // Known to the task as well that tells the server, which may outlive the page.
    let wanted = ArcStoredValue::new(following.get_untracked());
    let whom = person.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        following.update(|following| *following = !*following);
        wanted.set_value(following.get_untracked());
        // While the server is being told, a press only changes what is wanted.
        if in_flight.try_update_value(|in_flight| std::mem::replace(in_flight, true)) == Some(false) {
            let (wanted, in_flight) = (wanted.clone(), in_flight.clone());
            leptos::task::spawn_local(async move {
                if let Err(error) = send(whom, &wanted).await {
                    following.try_set(wanted.get_value());
                    toast.report(&error);
                }
                in_flight.set_value(false);
            });
        }
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
            <AccountField />
            <input type="hidden" name="whom" value=whom.to_string() />
            <input type="hidden" name="back" value=here() />
            <Button kind="submit" variant small=in_list label=name>{label}</Button>
        </form>
    }
}

/// Sends what is wanted until the server has the latest state. After a failure, the state before is wanted again.
async fn send(whom: AccountId, wanted: &ArcStoredValue<bool>) -> Result<(), AppError> {
    loop {
        let follows = wanted.get_value();
        let answer = if follows { api::follow(whom).await } else { api::unfollow(whom).await };
        let unchanged = wanted.get_value() == follows;
        if answer.is_err() && unchanged {
            wanted.set_value(!follows);
        }
        if answer.is_err() || unchanged {
            return answer;
        }
    }
}
