use leptos::{
    ev::{KeyboardEvent, MouseEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::chat::{MessageBody, QuotedMessage};
use uuid::Uuid;

use super::{conversation::Conversation, quote::Quote};
use crate::{
    browser,
    draft::TextDraft,
    error,
    form::AccountField,
    ui::{Button, ButtonLink, Icon, IconSize, Textarea, Variant, pressed_key},
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
    let path = StoredValue::new(action.clone());
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
    let tell_typing = move || {
        if let (Some(place), false) = (conversation.conversation(), text.with_untracked(String::is_empty)) {
            conversation.typing.tell(place);
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
        } else if pressed_key(&event).as_deref() == Some("Escape") {
            conversation.reply_to.set(None);
        }
    };
    let reply_to = move || conversation.reply_to.try_get().flatten();
    view! {
        {move || reply_to().map(|quoted| view! { <ReplyHead conversation quoted path=path.get_value() /> })}
        <form class="chat-form" method="post" action=action on:submit=submit>
            <AccountField />
            <input type="hidden" name="to" value=to.to_string() />
            <input type="hidden" name="client_id" value=form_id.to_string() />
            {move || reply_to().map(|quoted| view! {
                <input type="hidden" name="reply_to" value=quoted.seq.to_string() />
            })}
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
                    tell_typing();
                }
            />
            // A press must not take the focus from the field: a keyboard on the screen would go down and up again.
            <Button kind="submit" variant=Variant::Primary icon="send" label="Send" on:mousedown=|event| event.prevent_default() />
        </form>
    }
}

/// Which message is being answered, and the way to write without answering one.
#[component]
fn ReplyHead(conversation: Conversation, quoted: QuotedMessage, path: String) -> impl IntoView {
    let name = conversation.name_of(quoted.sender);
    let cancel = move |event: MouseEvent| {
        event.prevent_default();
        conversation.reply_to.set(None);
        browser::focus("#message");
    };
    view! {
        <div class="chat-reply">
            <Icon name="reply" size=IconSize::Small />
            <Quote name text=quoted.body />
            <ButtonLink href=path variant=Variant::Plain small=true icon="close" label="Cancel reply" on:click=cancel />
        </div>
    }
}

/// Whether a key sends the message.
pub(super) fn sends(event: &KeyboardEvent) -> bool {
    pressed_key(event).as_deref() == Some("Enter") && !event.shift_key() && !browser::has_screen_keyboard()
}
