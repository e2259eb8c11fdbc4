use leptos::{
    ev::{KeyboardEvent, MouseEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::chat::{EditMessage, MessageBody};

use super::{api, composer::sends, conversation::Conversation, message_action::MessageForm};
use crate::{
    browser,
    draft::{DraftTarget, TextDraft},
    effect::effect,
    error::{self, AppError},
    form::{self, AccountField},
    ui::{Button, ButtonLink, Textarea, Variant, pressed_key},
};

/// A message whose text is being changed.
#[derive(Clone, Copy)]
struct Edit {
    conversation: Conversation,
    seq: i64,
    draft: StoredValue<TextDraft>,
    busy: RwSignal<bool>,
}

impl Edit {
    /// Begins with what the server gave back, with what was being written before, or with what the message says.
    fn new(conversation: Conversation, seq: i64) -> Option<Self> {
        let message = conversation.message(seq)?;
        let start = form::start(&format!("{}/edit", conversation.path()));
        let returned = start.problem().map(|_| start.value("body"));
        let target = DraftTarget::EditMessage(message.conversation, seq);
        let body = returned.unwrap_or_else(|| message.body.clone());
        let draft = TextDraft::new(target, body, message.body, None);
        draft.problem.set(start.sentence());
        Some(Self { conversation, seq, draft: StoredValue::new(draft), busy: RwSignal::new(false) })
    }

    fn save(self) {
        let draft = self.draft.get_value();
        let body = draft.body.get_untracked();
        if let Err(reason) = MessageBody::parse(&body) {
            draft.problem.set(Some(error::reason("body", reason)));
            return;
        }
        let Some(conversation) = self.conversation.conversation() else { return };
        if self.busy.try_update(|busy| std::mem::replace(busy, true)) != Some(false) {
            return;
        }
        let edit = EditMessage { conversation, seq: self.seq, body };
        leptos::task::spawn_local(async move {
            let edited = api::edit(edit).await;
            self.busy.try_set(false);
            match edited {
                Ok(message) => {
                    self.conversation.store.on_change(&message);
                    self.conversation.change(&message);
                    draft.discard();
                    self.close();
                }
                Err(error @ AppError::Transport) => self.conversation.toaster.report(&error),
                Err(error) => draft.problem.set(Some(error.sentence())),
            }
        });
    }

    fn cancel(self) {
        self.draft.with_value(TextDraft::clear);
        self.close();
    }

    fn close(self) {
        self.conversation.form.try_set(MessageForm::Write);
        browser::focus("#message");
    }
}

/// Changes an own message, in the place where one writes.
#[component]
pub(super) fn EditMessageForm(conversation: Conversation, seq: i64) -> impl IntoView {
    let edit = Edit::new(conversation, seq)?;
    let draft = edit.draft.get_value();
    let (body, problem) = (RwSignal::from(draft.body.clone()), RwSignal::from(draft.problem.clone()));
    let id = conversation.conversation()?;
    let area = NodeRef::<html::Textarea>::new();
    effect(move || area.get().into_iter().for_each(|area| _ = area.focus()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        edit.save();
    };
    let on_keydown = move |event: KeyboardEvent| match pressed_key(&event).as_deref() {
        Some("Escape") => edit.cancel(),
        _ if sends(&event) => {
            event.prevent_default();
            edit.save();
        }
        _ => {}
    };
    let cancel = move |event: MouseEvent| {
        event.prevent_default();
        edit.cancel();
    };
    Some(view! {
        <form class="chat-edit" method="post" action=format!("{}/edit", conversation.path()) on:submit=submit>
            <AccountField />
            <input type="hidden" name="conversation" value=id.to_string() />
            <input type="hidden" name="seq" value=seq.to_string() />
            <Textarea
                label="Edit message"
                name="body"
                id="edit-message"
                bind=body
                error=problem
                limit=MessageBody::MAX
                node_ref=area
                on:keydown=on_keydown
                on:input=move |_| {
                    problem.set(None);
                    draft.persist();
                }
            />
            <div class="button-row">
                <ButtonLink href=conversation.path() small=true on:click=cancel>"Cancel"</ButtonLink>
                <Button kind="submit" variant=Variant::Primary small=true busy=edit.busy>"Save"</Button>
            </div>
        </form>
    })
}
