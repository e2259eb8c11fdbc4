use leptos::{ev::MouseEvent, prelude::*};
use protocol::chat::QuotedMessage;

use super::conversation::Conversation;
use crate::browser;

/// The beginning of a message, and who said it.
#[component]
pub(super) fn Quote(
    name: String,
    /// None when it was deleted.
    text: Option<String>,
) -> impl IntoView {
    let is_deleted = text.is_none();
    view! {
        <span class="quote" data-deleted=is_deleted>
            <bdi class="quote-name">{name}</bdi>
            <span class="quote-text" dir="auto">{text.unwrap_or_else(|| "Message deleted".to_owned())}</span>
        </span>
    }
}

/// The message that another one answers: a link to it, as far as it is on the page.
#[component]
pub(super) fn QuoteLink(conversation: Conversation, quoted: QuotedMessage) -> impl IntoView {
    let QuotedMessage { seq, sender, body } = quoted;
    let name = conversation.name_of(sender);
    let show = move |event: MouseEvent| {
        event.prevent_default();
        browser::scroll_to(&format!("#m-{seq}"));
    };
    view! {
        <a class="message-quote" href=format!("#m-{seq}") on:click=show><Quote name text=body /></a>
    }
}
