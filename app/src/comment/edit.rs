use leptos::{
    ev::{KeyboardEvent, MouseEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::{
    CommentId, Problem,
    comment::{CommentBody, CommentView, EditComment},
};

use super::{api, discussion::Discussion};
use crate::{
    browser,
    draft::{DraftTarget, TextDraft},
    effect::effect,
    error::{self, AppError},
    form::{self, AccountField},
    ui::{Button, ButtonLink, Textarea, Variant, pressed_key},
};

/// A text that is being changed.
#[derive(Clone, Copy)]
struct Edit {
    id: CommentId,
    discussion: Discussion,
    editing: RwSignal<bool>,
    draft: StoredValue<TextDraft>,
    /// The version that is written over, once its author has been told of it.
    base_version: StoredValue<Option<u32>>,
    busy: RwSignal<bool>,
}

impl Edit {
    /// Begins with what the server gave back, with what was being written before, or with what the comment says.
    fn new(comment: CommentView, discussion: Discussion, editing: RwSignal<bool>) -> Self {
        let start = form::start(&format!("/c/{}/edit", comment.id));
        let returned = start.problem().map(|_| start.value("body"));
        let body = returned.unwrap_or_else(|| comment.body.clone());
        let draft =
            TextDraft::new(DraftTarget::EditComment(comment.id), body, comment.body, Some(comment.version));
        draft.problem.set(start.sentence());
        Self {
            id: comment.id,
            discussion,
            editing,
            draft: StoredValue::new(draft),
            base_version: StoredValue::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        let draft = self.draft.get_value();
        let body = draft.body.get_untracked();
        if let Err(reason) = CommentBody::parse(&body) {
            draft.problem.set(Some(error::reason("body", reason)));
            return;
        }
        self.busy.set(true);
        let version = self.base_version.get_value().or(draft.version.get_untracked()).unwrap_or_default();
        let edit = EditComment { comment: self.id, version, body };
        leptos::task::spawn_local(async move {
            let edited = api::edit(edit).await;
            // Only then can it be saved again: before, the answer would be the same.
            if matches!(&edited, Err(error) if error.problem() == Problem::Changed) {
                self.refresh().await;
            }
            self.busy.try_set(false);
            match edited {
                Ok(comment) => {
                    self.discussion.upsert(comment, false);
                    draft.discard();
                    self.close();
                }
                Err(error @ AppError::Transport) => self.discussion.toast.report(&error),
                Err(error) => draft.problem.set(Some(error.sentence())),
            }
        });
    }

    /// What the comment says now stands above the form; whoever saves again has read it.
    async fn refresh(self) {
        self.discussion.refresh_comment(self.id).await;
        if let Some(comment) = self.discussion.get_untracked(self.id) {
            self.base_version.try_set_value(Some(comment.version));
        }
    }

    fn close(self) {
        if self.editing.try_set(false).is_none() {
            browser::focus(&format!("[popovertarget='c-{}-menu']", self.id));
        }
    }

    /// Throws away what was written.
    fn discard(self) {
        self.draft.with_value(TextDraft::clear);
        self.close();
    }

    /// What was typed does not go with a comment that somebody else removes.
    fn save_typed(self) {
        let typed = self.draft.try_get_value().filter(TextDraft::is_changed);
        if let (true, Some(draft)) = (self.discussion.has_lost(self.id), typed) {
            self.discussion.save(&draft.body.get_untracked());
            draft.discard();
        }
    }
}

/// Changes an own comment, in its place. Whoever leaves without saving finds the text again.
#[component]
pub(super) fn EditForm(
    /// As it is when the form is opened.
    first: CommentView,
    comment: Memo<Option<CommentView>>,
    discussion: Discussion,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (id, post, version) = (first.id, first.post, first.version);
    let edit = Edit::new(first, discussion, editing);
    let draft = edit.draft.get_value();
    let (body, problem) = (RwSignal::from(draft.body.clone()), RwSignal::from(draft.problem.clone()));
    let area = NodeRef::<html::Textarea>::new();
    on_cleanup(move || edit.save_typed());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        edit.save();
    };
    let on_keydown = move |event: KeyboardEvent| match pressed_key(&event).as_deref() {
        Some("Enter") if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            edit.save();
        }
        Some("Escape") => edit.close(),
        _ => {}
    };
    effect(move || area.get().into_iter().for_each(|area| _ = area.focus()));
    view! {
        <CurrentText comment draft />
        <form
            class="comment-edit"
            method="post"
            action=format!("/c/{id}/edit")
            on:submit=submit
            on:keydown=on_keydown
        >
            <AccountField />
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="back" value=format!("/p/{post}?edit={id}") />
            <Textarea
                label="Edit your comment"
                name="body"
                id=format!("edit-{id}")
                bind=body
                error=problem
                limit=CommentBody::MAX
                hide_label=true
                node_ref=area
                on:input=move |_| edit.draft.with_value(TextDraft::persist)
            />
            <div class="button-row">
                <CancelLink edit href=format!("/p/{post}#c-{id}") />
                <Button kind="submit" variant=Variant::Primary small=true busy=edit.busy>"Save"</Button>
            </div>
        </form>
    }
}

/// Leaves the form; what was written goes only when that is what it says.
#[component]
fn CancelLink(edit: Edit, href: String) -> impl IntoView {
    let draft = edit.draft.get_value();
    let is_changed = Memo::new(move |_| draft.is_changed());
    let cancel = move |event: MouseEvent| {
        event.prevent_default();
        edit.discard();
    };
    view! {
        <ButtonLink href small=true on:click=cancel>
            {move || if is_changed.get() { "Discard changes" } else { "Cancel" }}
        </ButtonLink>
    }
}

/// What the comment says, if that has changed since the text below was begun.
#[component]
fn CurrentText(comment: Memo<Option<CommentView>>, draft: TextDraft) -> impl IntoView {
    let current = Memo::new(move |_| {
        let version = draft.version.get();
        comment
            .with(|now| now.as_ref().filter(|now| Some(now.version) != version).map(|now| now.body.clone()))
    });
    move || {
        current.get().map(|text| view! { <blockquote class="comment-current" dir="auto">{text}</blockquote> })
    }
}
