use leptos::prelude::*;
use protocol::{Problem, chat::MessageState};
use uuid::Uuid;

use super::{
    conversation::Conversation,
    layout::{Delivery, Key, Line, Text},
    message_options::MessageOptions,
    quote::QuoteLink,
};
use crate::{
    error,
    outbox::can_retry,
    rich::RichText,
    session,
    ui::{Button, Icon, IconSize, Time, Variant, VisuallyHidden, Wording},
};

/// Something that one of the two said. It is the same element from the moment it is sent, so that it is read aloud once.
#[component]
pub(super) fn Message(conversation: Conversation, mine: bool, id: Uuid) -> impl IntoView {
    let find = move || conversation.rows.with(|rows| rows.line(Key::Line { mine, id }).cloned());
    let first = untrack(find)?;
    let line = Memo::new(move |before: Option<&Line>| {
        find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let delivery = Memo::new(move |_| line.with(|line| line.delivery.clone()));
    let is_deleted = Memo::new(move |_| line.with(|line| line.text.state.is_deleted()));
    let seq = Memo::new(move |_| line.with(|line| line.seq));
    let author = if mine {
        session::me().map(|me| me.person.full_name())
    } else {
        Some(conversation.with.with_value(|with| with.full_name()))
    };
    // What is on its way changes when this is gone already, and its view not yet.
    let options = move || {
        let seq = seq.try_get().flatten()?;
        (is_deleted.try_get() == Some(false) && !conversation.is_unavailable()).then_some(seq)
    };
    Some(view! {
        <article
            class="message"
            id=move || seq.get().map(|seq| format!("m-{seq}"))
            tabindex="-1"
            aria-label=author
            data-mine=mine
            data-continues=move || line.with(|line| line.continues)
            data-state=move || delivery.with(delivery_state)
            data-deleted=move || is_deleted.get()
        >
            <div class="message-row">
                <Bubble conversation mine line delivery />
                {move || options().map(|seq| view! { <MessageOptions conversation mine id seq /> })}
            </div>
            {move || match delivery.get() {
                Delivery::Failed(problem) => Some(view! { <FailedMessage conversation id problem /> }),
                _ => None,
            }}
        </article>
    })
}

/// The words, when they were said, and what became of them.
#[component]
fn Bubble(
    conversation: Conversation,
    mine: bool,
    line: Memo<Line>,
    delivery: Memo<Delivery>,
) -> impl IntoView {
    let quoted = Memo::new(move |_| line.with(|line| line.quoted.clone()));
    let text = Memo::new(move |_| line.with(|line| line.text.clone()));
    let sent_at = Memo::new(move |_| line.with(|line| line.sent_at.micros()));
    let seq = Memo::new(move |_| line.with(|line| line.seq));
    let is_edited = Memo::new(move |_| text.with(|text| text.state == MessageState::Edited));
    view! {
        <div class="message-bubble">
            {move || quoted.get().map(|quoted| view! { <QuoteLink conversation quoted /> })}
            <span class="message-body">
                {move || {
                    let Text { body, mentions, state } = text.get();
                    if state.is_deleted() {
                        "Message deleted".into_any()
                    } else {
                        view! { <RichText text=body mentions /> }.into_any()
                    }
                }}
            </span>
            <span class="message-meta">
                {move || is_edited.get().then_some("edited")}
                {move || view! { <Time micros=sent_at.get() wording=Wording::Hour /> }}
                {mine.then(|| view! { <DeliveryIcon conversation delivery seq /> })}
            </span>
        </div>
    }
}

/// Where an own message is. The last one that was read says so in a word, those before it by their sign alone.
#[component]
fn DeliveryIcon(
    conversation: Conversation,
    delivery: Memo<Delivery>,
    seq: Memo<Option<i64>>,
) -> impl IntoView {
    let last_read = move || conversation.last_read.try_get().flatten();
    let is_read = Memo::new(move |_| seq.get().is_some_and(|seq| last_read() >= Some(seq)));
    let is_last_read = Memo::new(move |_| is_read.get() && last_read() == seq.get());
    move || {
        let (name, words) = match delivery.get() {
            Delivery::Stored if is_last_read.get() => {
                return view! { <span class="message-read">"Read"</span> <Icon name="check-double" /> }
                    .into_any();
            }
            Delivery::Stored if is_read.get() => ("check-double", None),
            Delivery::Stored => ("check", None),
            Delivery::Sending => ("clock", Some("Sending")),
            Delivery::Failed(_) => ("warning", None),
        };
        view! {
            <Icon name />
            {words.map(|words| view! { <VisuallyHidden>" " {words}</VisuallyHidden> })}
        }
        .into_any()
    }
}

#[component]
fn FailedMessage(conversation: Conversation, id: Uuid, problem: Problem) -> impl IntoView {
    // The whole conversation says so already, and has no form any more.
    let is_gone = problem == Problem::NotFound;
    let sentence =
        if is_gone { "Not sent.".to_owned() } else { format!("Not sent. {}", error::sentence(&problem)) };
    let outbox = conversation.store.outbox;
    view! {
        <div class="message-failed" role="alert">
            <Icon name="warning" size=IconSize::Small />
            <p>{sentence}</p>
            {can_retry(&problem).then(|| view! {
                <Button variant=Variant::Plain small=true on:click=move |_| outbox.retry(id)>"Try again"</Button>
            })}
            {(!is_gone).then(|| view! {
                <Button variant=Variant::Plain small=true on:click=move |_| conversation.edit(id)>"Edit"</Button>
            })}
            <Button variant=Variant::Plain small=true on:click=move |_| _ = outbox.discard(id)>"Discard"</Button>
        </div>
    }
}

fn delivery_state(delivery: &Delivery) -> Option<&'static str> {
    match delivery {
        Delivery::Stored => None,
        Delivery::Sending => Some("sending"),
        Delivery::Failed(_) => Some("failed"),
    }
}
