//! What can be done with a message that is stored: answer it; edit or delete one's own. Each is a link to the same page with
//! the message in its address, so that it works without a script.

use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::params::ParamsMap;
use protocol::{AccountId, chat::QuotedMessage};
use uuid::Uuid;

use super::{conversation::Conversation, timeline::Timeline};
use crate::{
    browser,
    ui::{Menu, MenuLink},
};

/// What the address of the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedAction {
    Reply(i64),
    Edit(i64),
    Delete(i64),
}

/// What stands below the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageForm {
    /// A new message.
    Write,
    /// Another text for the message of this number.
    Edit(i64),
    /// The question whether it shall be deleted.
    Delete(i64),
}

impl AskedAction {
    pub(super) fn parse(query: &ParamsMap) -> Option<Self> {
        let number = |name: &str| query.get_str(name).and_then(|seq| seq.parse().ok());
        let (reply, edit) = (number("reply").map(Self::Reply), number("edit").map(Self::Edit));
        reply.or(edit).or_else(|| number("delete").map(Self::Delete))
    }

    /// The message that shall be answered, if it is here.
    pub(super) fn quoted(self, timeline: &Timeline) -> Option<QuotedMessage> {
        let Self::Reply(seq) = self else { return None };
        timeline.message(seq).filter(|message| !message.state.is_deleted()).map(|message| message.quoted())
    }
}

impl MessageForm {
    /// The form that is asked for. What is not here, not one's own, or gone, can neither be edited nor deleted.
    pub(super) fn of(asked: Option<AskedAction>, timeline: &Timeline, me: AccountId) -> Self {
        let is_own = |seq| {
            timeline.message(seq).is_some_and(|message| message.sender == me && !message.state.is_deleted())
        };
        match asked {
            Some(AskedAction::Edit(seq)) if is_own(seq) => Self::Edit(seq),
            Some(AskedAction::Delete(seq)) if is_own(seq) => Self::Delete(seq),
            _ => Self::Write,
        }
    }
}

/// The menu of a message.
#[component]
pub(super) fn MessageOptions(conversation: Conversation, mine: bool, id: Uuid, seq: i64) -> impl IntoView {
    let whose = if mine { "mine" } else { "theirs" };
    let path = conversation.path();
    let on = move |act: fn(Conversation, i64)| {
        move |event: MouseEvent| {
            event.prevent_default();
            act(conversation, seq);
        }
    };
    let own = mine.then(|| {
        view! {
            <MenuLink href=format!("{path}?edit={seq}") icon="edit" on:click=on(edit)>"Edit"</MenuLink>
            <MenuLink href=format!("{path}?delete={seq}") icon="trash" on:click=on(delete)>"Delete"</MenuLink>
        }
    });
    view! {
        <div class="message-options">
            <Menu id=format!("message-{whose}-{id}") label="Message options">
                <MenuLink href=format!("{path}?reply={seq}") icon="reply" on:click=on(reply)>"Reply"</MenuLink>
                {own}
            </Menu>
        </div>
    }
}

fn reply(conversation: Conversation, seq: i64) {
    conversation.reply_to.set(conversation.message(seq).map(|message| message.quoted()));
    conversation.form.set(MessageForm::Write);
    browser::focus("#message");
}

fn edit(conversation: Conversation, seq: i64) {
    conversation.form.set(MessageForm::Edit(seq));
}

fn delete(conversation: Conversation, seq: i64) {
    conversation.removing.set_value(Some(seq));
    conversation.confirming.set(true);
}
