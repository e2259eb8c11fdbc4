//! Logging out where something is written that is not sent: it is kept for its author, or deleted, but never in silence.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::AccountId;

use crate::{
    form::AccountField,
    outbox::Outbox,
    storage::{BrowserStorage, Storage, unsent_keys},
    ui::{Button, Dialog, Variant},
};

/// The question before a log-out. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct LogOut {
    account: AccountId,
    is_asking: RwSignal<bool>,
}

impl LogOut {
    pub(super) fn new(account: AccountId) -> Self {
        Self { account, is_asking: RwSignal::new(false) }
    }

    /// Lets a log-out through, unless its author has to be asked.
    pub(super) fn check(self, event: &SubmitEvent) {
        if !unsent_keys(&BrowserStorage::Local, self.account).is_empty() {
            event.prevent_default();
            self.is_asking.set(true);
        }
    }

    fn delete_unsent(self) {
        for key in unsent_keys(&BrowserStorage::Local, self.account) {
            BrowserStorage::Local.remove(&key);
        }
    }
}

/// Asks what shall become of it; once, in the frame.
#[component]
pub(super) fn LogOutDialog(log_out: LogOut) -> impl IntoView {
    let outbox = use_context::<Outbox>();
    let delete = move |_| {
        log_out.delete_unsent();
        // Nothing may write it back while the page goes.
        outbox.into_iter().for_each(Outbox::sync);
    };
    let foot = view! {
        <form class="button-row" method="post" action="/logout">
            <AccountField />
            <Button on:click=move |_| log_out.is_asking.set(false)>"Cancel"</Button>
            <Button kind="submit" variant=Variant::Danger on:click=delete>"Delete and log out"</Button>
            <Button kind="submit" variant=Variant::Primary>"Keep and log out"</Button>
        </form>
    };
    view! {
        <Dialog id="log-out" title="You have unsent drafts" open=log_out.is_asking foot=foot.into_any()>
            <p>"If you keep them, they’ll be here when you log in again. If others use this device, delete them."</p>
        </Dialog>
    }
}
