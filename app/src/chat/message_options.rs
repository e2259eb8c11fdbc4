use leptos::{ev::MouseEvent, prelude::*};
use uuid::Uuid;

use super::{conversation::Conversation, message_action::MessageForm};
use crate::{
    browser,
    ui::{Menu, MenuLink},
};

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
