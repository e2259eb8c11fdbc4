use leptos::prelude::*;
use protocol::Problem;
use uuid::Uuid;

use super::{Delay, Outbox, can_retry};
use crate::{
    error,
    ui::{Button, Icon, IconSize, Variant},
};

/// The state of a pending entry, and what can be done about it: one that waits is sent by itself; one that was refused can be
/// edited or discarded, and retried only where its content is not at fault.
#[component]
pub(crate) fn PendingStatus(
    outbox: Outbox,
    client_id: Uuid,
    problem: Option<Problem>,
    /// What is said while all goes well.
    busy: &'static str,
    /// Takes it back into its form, if it still has one.
    on_edit: Option<Callback<()>>,
) -> impl IntoView {
    let is_refused = problem.is_some();
    let can_retry = problem.as_ref().is_some_and(can_retry);
    let delay = Memo::new(move |_| outbox.with(|queue| queue.delay()));
    let sentence = move || match &problem {
        Some(problem) => format!("Not sent. {}", error::sentence(problem)),
        None => delay.get().map_or_else(|| busy.to_owned(), |delay| reason(&delay)),
    };
    view! {
        <div class="pending" data-state=if is_refused { "failed" } else { "sending" }>
            <p class="pending-state" role="status">
                {is_refused.then(|| view! { <Icon name="warning" size=IconSize::Small /> })}
                <span>{sentence}</span>
            </p>
            {move || (is_refused || delay.with(Option::is_some)).then(|| view! {
                <div class="button-row">
                    {can_retry.then(|| view! {
                        <Button small=true variant=Variant::Primary on:click=move |_| outbox.retry(client_id)>"Try again"</Button>
                    })}
                    {on_edit.map(|on_edit| view! {
                        <Button small=true on:click=move |_| on_edit.run(())>"Edit"</Button>
                    })}
                    <Button small=true on:click=move |_| _ = outbox.discard(client_id)>"Discard"</Button>
                </div>
            })}
        </div>
    }
}

fn reason(delay: &Delay) -> String {
    match delay {
        Delay::Offline => "Not sent yet. It will be sent when you’re back online.".to_owned(),
        Delay::TooMany => "Not sent yet. It will be sent in a moment.".to_owned(),
        Delay::SignedOut(problem) => format!("Not sent yet. {}", error::sentence(problem)),
    }
}
