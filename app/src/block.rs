//! Blocking a person, and taking it back.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{AccountId, account::PersonView};

use crate::{
    error::AppError,
    feed::feed_snapshots,
    form::AccountField,
    page::here,
    ui::{Button, Menu, MenuButton, Toaster, toast},
};

pub mod api;
mod confirm_page;
mod dialog;
mod list_page;

pub use confirm_page::BlockPage;
use dialog::BlockDialog;
pub use list_page::BlockedPage;

/// What ends with a block, before the name of who is not told of it.
const CONSEQUENCES: &str =
    "You won’t see each other anywhere on Kith. You stop following each other, and your chat is closed.";

/// A menu about a person, with "Block" at its end.
#[component]
pub fn PersonMenu(
    person: PersonView,
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// Whether the person is blocked now. Called again when the block is taken back.
    on_change: Callback<bool>,
    /// Further entries, before that one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    // The dialog is made when it is wanted: a list of people would carry twenty of them.
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        asking.set(true);
    };
    let action = format!("/u/{}/block", person.username);
    view! {
        <Menu id label>
            {children.map(|children| children())}
            <form method="get" action=action on:submit=ask>
                <MenuButton kind="submit" icon="block" danger=true>"Block"</MenuButton>
            </form>
        </Menu>
        <Show when=move || asking.get()>
            <BlockDialog person=person.clone() asking on_change />
        </Show>
    }
}

/// Takes a block back.
#[component]
pub fn UnblockButton(
    person: PersonView,
    reload: Callback<()>,
    /// One of several: it is small, and says whom it is about to those who do not see that.
    #[prop(optional)]
    in_list: bool,
) -> impl IntoView {
    let (toast, feeds) = (toast(), feed_snapshots());
    let busy = RwSignal::new(false);
    let label = in_list.then(|| format!("Unblock {}", person.full_name()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        act(api::unblock(person.id), toast, busy, move || {
            feeds.clear();
            _ = reload.try_run(());
        });
    };
    view! {
        <form method="post" action="/unblock" on:submit=submit>
            <AccountField />
            <Hidden whom=person.id back=here() />
            <Button kind="submit" small=in_list busy label>"Unblock"</Button>
        </form>
    }
}

#[component]
fn Hidden(whom: AccountId, back: String) -> impl IntoView {
    view! {
        <input type="hidden" name="whom" value=whom.to_string() />
        <input type="hidden" name="back" value=back />
    }
}

fn act(
    work: impl Future<Output = Result<(), AppError>> + 'static,
    toast: Toaster,
    busy: RwSignal<bool>,
    done: impl FnOnce() + 'static,
) {
    leptos::task::spawn_local(async move {
        let answer = work.await;
        busy.try_set(false);
        match answer {
            Ok(()) => done(),
            Err(error) => toast.report(&error),
        }
    });
}
