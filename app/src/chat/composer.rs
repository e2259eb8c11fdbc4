use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::chat::MessageBody;
use uuid::Uuid;

use super::conversation::Conversation;
use crate::{
    browser,
    draft::TextDraft,
    error,
    form::AccountField,
    ui::{Button, Textarea, Variant, pressed_key},
};

/// A place to write a message. Without a script it is a plain form.
#[component]
pub(super) fn Composer(
    conversation: Conversation,
    form_id: Uuid,
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let (to, action) = conversation.with.with_value(|with| (with.id, format!("/chat/{}", with.username)));
    let draft = conversation.draft.get_value();
    let (text, problem) = (RwSignal::from(draft.body.clone()), RwSignal::from(draft.problem.clone()));
    let send = move || {
        match MessageBody::parse(&text.get_untracked()) {
            Ok(body) => {
                conversation.send(body.into());
                conversation.draft.with_value(TextDraft::clear);
            }
            Err(reason) => problem.set(Some(error::reason("body", reason))),
        }
        if let Some(area) = area.get_untracked() {
            // Whoever cannot have the focus back can still press into the field.
            _ = area.focus();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let on_keydown = move |event: KeyboardEvent| {
        if sends(&event) {
            event.prevent_default();
            send();
        }
    };
    view! {
        <form class="chat-form" method="post" action=action on:submit=submit>
            <AccountField />
            <input type="hidden" name="to" value=to.to_string() />
            <input type="hidden" name="client_id" value=form_id.to_string() />
            <Textarea
                label="Message"
                name="body"
                id="message"
                bind=text
                error=problem
                limit=MessageBody::MAX
                placeholder="Message"
                hide_label=true
                node_ref=area
                on:keydown=on_keydown
                on:input=move |_| {
                    problem.set(None);
                    draft.persist();
                }
            />
            // A press must not take the focus from the field: a keyboard on the screen would go down and up again.
            <Button kind="submit" variant=Variant::Primary icon="send" label="Send" on:mousedown=|event| event.prevent_default() />
        </form>
    }
}

/// Whether a key sends the message.
fn sends(event: &KeyboardEvent) -> bool {
    pressed_key(event).as_deref() == Some("Enter") && !event.shift_key() && !browser::has_screen_keyboard()
}
