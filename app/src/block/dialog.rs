use leptos::prelude::*;
use protocol::account::PersonView;

use super::{CONSEQUENCES, act, api};
use crate::{
    effect::effect,
    feed::feed_snapshots,
    follow::forget_follow,
    ui::{ConfirmDialog, toast},
};

/// Asks before a person is blocked, and offers the way back afterwards.
#[component]
pub(super) fn BlockDialog(
    person: PersonView,
    asking: RwSignal<bool>,
    on_change: Callback<bool>,
) -> impl IntoView {
    let (toast, feeds, forget_follow) = (toast(), feed_snapshots(), forget_follow(person.id));
    let (busy, open) = (RwSignal::new(false), RwSignal::new(true));
    let (whom, name) = (person.id, StoredValue::new(person.short_name().to_owned()));
    effect(move || {
        if !open.get() {
            asking.try_set(false);
        }
    });
    let block = move |()| {
        let name = name.get_value();
        busy.set(true);
        act(api::block(whom), toast, busy, move || {
            feeds.clear();
            forget_follow();
            let undo_name = name.clone();
            let undo = move || {
                let text = format!("{undo_name} is unblocked. You don’t follow each other any more.");
                act(api::unblock(whom), toast, busy, move || {
                    feeds.clear();
                    toast.notify(text);
                    // They may have gone elsewhere meanwhile.
                    _ = on_change.try_run(false);
                });
            };
            toast.notify_with(format!("You blocked {name}."), "Undo", undo);
            open.try_set(false);
            _ = on_change.try_run(true);
        });
    };
    let text = format!("{CONSEQUENCES} {} isn’t told.", person.short_name());
    view! {
        <ConfirmDialog
            id=format!("block-{whom}")
            title=format!("Block {}?", person.full_name())
            text
            confirm="Block"
            open
            busy
            on_confirm=Callback::new(block)
        />
    }
}
