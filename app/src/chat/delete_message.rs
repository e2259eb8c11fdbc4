use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
};

use super::{api, conversation::Conversation, message_action::MessageForm};
use crate::{
    form::AccountField,
    ui::{Button, ButtonLink, ConfirmDialog, Variant},
};

const QUESTION: &str = "Delete this message?";
const CONSEQUENCE: &str = "It will be deleted for both of you.";

impl Conversation {
    /// Deletes an own message for both.
    fn remove(self, seq: i64) {
        let Some(conversation) = self.conversation() else { return };
        leptos::task::spawn_local(async move {
            match api::remove(conversation, seq).await {
                Ok(message) => {
                    self.store.on_change(&message);
                    self.change(&message);
                }
                Err(error) => self.toaster.report_with(&error, "Try again", move || self.remove(seq)),
            }
        });
    }
}

/// Asks once before a message goes; one dialog for all of them.
#[component]
pub(super) fn DeleteMessageDialog(conversation: Conversation) -> impl IntoView {
    let open = conversation.confirming;
    let confirm = move |()| {
        open.set(false);
        conversation.removing.get_value().into_iter().for_each(|seq| conversation.remove(seq));
    };
    view! {
        <ConfirmDialog
            id="delete-message"
            title=QUESTION
            text=CONSEQUENCE
            confirm="Delete"
            open
            on_confirm=Callback::new(confirm)
        />
    }
}

/// The same question on a page without a script.
#[component]
pub(super) fn DeleteMessageForm(conversation: Conversation, seq: i64) -> impl IntoView {
    let message = conversation.message(seq)?;
    let close = move || conversation.form.set(MessageForm::Write);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        conversation.remove(seq);
        close();
    };
    let cancel = move |event: MouseEvent| {
        event.prevent_default();
        close();
    };
    Some(view! {
        <form class="chat-edit" method="post" action=format!("{}/delete", conversation.path()) on:submit=submit>
            <AccountField />
            <input type="hidden" name="conversation" value=message.conversation.to_string() />
            <input type="hidden" name="seq" value=seq.to_string() />
            <p>{QUESTION} " " {CONSEQUENCE}</p>
            <blockquote class="chat-deleting" dir="auto">{message.body}</blockquote>
            <div class="button-row">
                <ButtonLink href=conversation.path() small=true on:click=cancel>"Cancel"</ButtonLink>
                <Button kind="submit" variant=Variant::Danger small=true>"Delete"</Button>
            </div>
        </form>
    })
}
