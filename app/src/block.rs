//! Blocking a person, and taking it back.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{AccountId, account::PersonView};

use crate::{
    error::AppError,
    feed::feed_snapshots,
    form::AccountField,
    page::here,
    ui::{Button, MenuButton, Toaster, toast},
};

pub mod api;

/// Blocks a person: an entry of a menu.
#[component]
pub fn BlockButton(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let (toast, feeds) = (toast(), feed_snapshots());
    let name = person.short_name().to_owned();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.clone();
        act(api::block(person.id), toast, move || {
            feeds.clear();
            toast.notify(format!("You blocked {name}."));
            // They may have gone elsewhere meanwhile.
            _ = reload.try_run(());
        });
    };
    view! {
        <form method="post" action="/block" on:submit=submit>
            <AccountField />
            <Hidden whom=person.id />
            <MenuButton kind="submit" icon="block" danger=true>"Block"</MenuButton>
        </form>
    }
}

/// Takes a block back.
#[component]
pub fn UnblockButton(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let (toast, feeds) = (toast(), feed_snapshots());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        act(api::unblock(person.id), toast, move || {
            feeds.clear();
            _ = reload.try_run(());
        });
    };
    view! {
        <form method="post" action="/unblock" on:submit=submit>
            <AccountField />
            <Hidden whom=person.id />
            <Button kind="submit">"Unblock"</Button>
        </form>
    }
}

#[component]
fn Hidden(whom: AccountId) -> impl IntoView {
    view! {
        <input type="hidden" name="whom" value=whom.to_string() />
        <input type="hidden" name="back" value=here() />
    }
}

fn act(
    work: impl Future<Output = Result<(), AppError>> + 'static,
    toast: Toaster,
    done: impl FnOnce() + 'static,
) {
    leptos::task::spawn_local(async move {
        match work.await {
            Ok(()) => done(),
            Err(error) => toast.report(&error),
        }
    });
}
