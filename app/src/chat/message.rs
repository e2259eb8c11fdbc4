use leptos::prelude::*;
use protocol::Problem;
use uuid::Uuid;

use super::{
    rows::{Delivery, Key, Line},
    talk::Talk,
};
use crate::{
    error,
    outbox::can_retry,
    session,
    ui::{Button, Icon, IconSize, Time, Variant, VisuallyHidden, Wording},
};

/// Something that one of the two said. It is the same element from the moment it is sent, so that it is read aloud once.
#[component]
pub(super) fn Message(talk: Talk, mine: bool, id: Uuid) -> impl IntoView {
    let find = move || talk.rows.with(|rows| rows.line(Key::Line { mine, id }).cloned());
    let first = untrack(find)?;
    let line = Memo::new(move |before: Option<&Line>| {
        find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let body = Memo::new(move |_| line.with(|line| line.body.clone()));
    let said_at = Memo::new(move |_| line.with(|line| line.said_at.micros()));
    let delivery = Memo::new(move |_| line.with(|line| line.delivery.clone()));
    let author = if mine {
        session::me().map(|me| me.person.full_name())
    } else {
        Some(talk.with.with_value(|with| with.full_name()))
    };
    Some(view! {
        <article
            class="message"
            aria-label=author
            data-mine=mine
            data-follows=move || line.with(|line| line.follows)
            data-state=move || delivery.with(state)
        >
            <div class="message-bubble">
                <span class="message-body">{move || body.get()}</span>
                <span class="message-meta">
                    {move || view! { <Time micros=said_at.get() wording=Wording::Hour /> }}
                    {mine.then(|| view! { <Sign delivery /> })}
                </span>
            </div>
            {move || match delivery.get() {
                Delivery::Failed(problem) => Some(view! { <Failed talk id problem /> }),
                _ => None,
            }}
        </article>
    })
}

/// Where an own message is.
#[component]
fn Sign(delivery: Memo<Delivery>) -> impl IntoView {
    move || {
        let (name, words) = match delivery.get() {
            Delivery::Stored => ("check", None),
            Delivery::Sending => ("clock", Some("Sending")),
            Delivery::Failed(_) => ("warning", None),
        };
        view! {
            <Icon name />
            {words.map(|words| view! { <VisuallyHidden>" " {words}</VisuallyHidden> })}
        }
    }
}

#[component]
fn Failed(talk: Talk, id: Uuid, problem: Problem) -> impl IntoView {
    // The whole conversation says so already, and has no form any more.
    let is_gone = problem == Problem::NotFound;
    let sentence =
        if is_gone { "Not sent.".to_owned() } else { format!("Not sent. {}", error::sentence(&problem)) };
    let outbox = talk.chats.outbox;
    view! {
        <div class="message-failed" role="alert">
            <Icon name="warning" size=IconSize::Small />
            <p>{sentence}</p>
            {can_retry(&problem).then(|| view! {
                <Button variant=Variant::Plain small=true on:click=move |_| outbox.retry(id)>"Try again"</Button>
            })}
            {(!is_gone).then(|| view! {
                <Button variant=Variant::Plain small=true on:click=move |_| talk.edit(id)>"Edit"</Button>
            })}
            <Button variant=Variant::Plain small=true on:click=move |_| _ = outbox.discard(id)>"Discard"</Button>
        </div>
    }
}

fn state(delivery: &Delivery) -> Option<&'static str> {
    match delivery {
        Delivery::Stored => None,
        Delivery::Sending => Some("sending"),
        Delivery::Failed(_) => Some("failed"),
    }
}
