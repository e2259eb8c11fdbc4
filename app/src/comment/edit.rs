use leptos::{
    ev::{KeyboardEvent, MouseEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::{
    CommentId, Problem,
    comment::{CommentBody, CommentView, EditComment},
};

use super::{api, discussion::Discussion, place};
use crate::{
    error,
    form::{self, AccountField},
    ui::{Button, ButtonLink, Textarea, Variant, pressed_key},
};

/// A text that is being changed.
#[derive(Debug, Clone, Copy)]
struct Edit {
    id: CommentId,
    discussion: Discussion,
    editing: RwSignal<bool>,
    body: RwSignal<String>,
    /// What is changed: the version that the author had before them.
    version: StoredValue<u32>,
    problem: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Edit {
    /// Begins with what the server gave back, or with what the comment says.
    fn new(comment: CommentView, discussion: Discussion, editing: RwSignal<bool>) -> Self {
        let start = form::start(&format!("/c/{}/edit", comment.id));
        let returned = start.problem().map(|_| start.value("body"));
        Self {
            id: comment.id,
            discussion,
            editing,
            body: RwSignal::new(returned.unwrap_or(comment.body)),
            version: StoredValue::new(comment.version),
            problem: RwSignal::new(start.sentence()),
            busy: RwSignal::new(false),
        }
    }

    fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        let body = self.body.get_untracked();
        if let Err(reason) = CommentBody::parse(&body) {
            self.problem.set(Some(error::reason("body", reason)));
            return;
        }
        self.busy.set(true);
        let edit = EditComment { comment: self.id, version: self.version.get_value(), body };
        leptos::task::spawn_local(async move {
            let edited = api::edit(edit).await;
            // Only then can it be saved again: before, the answer would be the same.
            if matches!(&edited, Err(error) if error.problem() == Problem::Changed) {
                self.read_again().await;
            }
            self.busy.try_set(false);
            match edited {
                Ok(comment) => {
                    self.discussion.put(comment, false);
                    self.close();
                }
                Err(error) => _ = self.problem.try_set(Some(error.sentence())),
            }
        });
    }

    /// What the comment says now stands above the form; whoever saves again has read it.
    async fn read_again(self) {
        self.discussion.look_up(self.id).await;
        if let Some(comment) = self.discussion.get_untracked(self.id) {
            self.version.try_set_value(comment.version);
        }
    }

    fn close(self) {
        if self.editing.try_set(false).is_none() {
            place::focus(&format!("[popovertarget='c-{}-menu']", self.id));
        }
    }

    /// What was typed does not go with a comment that somebody else removes.
    fn keep_typed(self, before: &str) {
        let typed = self.body.try_get_untracked().filter(|typed| typed != before);
        if let (true, Some(typed)) = (self.discussion.has_lost(self.id), typed) {
            self.discussion.save(&typed);
        }
    }
}

/// Changes an own comment, in its place.
#[component]
pub(super) fn EditForm(
    comment: CommentView,
    discussion: Discussion,
    editing: RwSignal<bool>,
    /// What the comment says, if that has changed since the form was opened.
    now: Signal<Option<String>>,
) -> impl IntoView {
    let (id, post, version) = (comment.id, comment.post, comment.version);
    let before = comment.body.clone();
    let edit = Edit::new(comment, discussion, editing);
    let area = NodeRef::<html::Textarea>::new();
    on_cleanup(move || edit.keep_typed(&before));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        edit.save();
    };
    let cancel = move |event: MouseEvent| {
        event.prevent_default();
        edit.close();
    };
    let on_keydown = move |event: KeyboardEvent| match pressed_key(&event).as_deref() {
        Some("Enter") if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            edit.save();
        }
        Some("Escape") => edit.close(),
        _ => {}
    };
    Effect::new(move || area.get().into_iter().for_each(|area| _ = area.focus()));
    view! {
        {move || now.get().map(|text| view! { <blockquote class="comment-now" dir="auto">{text}</blockquote> })}
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
                bind=edit.body
                error=edit.problem
                limit=CommentBody::MAX
                hide_label=true
                node_ref=area
            />
            <div class="button-row">
                <ButtonLink href=format!("/p/{post}#c-{id}") small=true on:click=cancel>"Cancel"</ButtonLink>
                <Button kind="submit" variant=Variant::Primary small=true busy=edit.busy>"Save"</Button>
            </div>
        </form>
    }
}
