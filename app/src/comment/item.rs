use leptos::prelude::*;
use protocol::{CommentId, account::PersonView, comment::CommentView};

use super::{
    discussion::Discussion,
    edit::EditForm,
    options::{OptionForm, Options, RemovalForm},
};
use crate::{
    draft::{self, drafts},
    effect::effect,
    rich::RichText,
    ui::{Avatar, AvatarSize, Time, Wording},
};

/// A comment or reply, or the place of one that was removed.
#[component]
pub(super) fn Comment(id: CommentId, discussion: Discussion) -> impl IntoView {
    let comment = Memo::new(move |_| discussion.get(id));
    let author =
        Memo::new(move |_| comment.with(|comment| comment.as_ref().and_then(|one| one.author.clone())));
    move || match (author.get(), comment.get_untracked()) {
        (Some(author), Some(first)) => {
            view! { <VisibleComment author first comment discussion /> }.into_any()
        }
        _ => view! { <RemovedComment id /> }.into_any(),
    }
}

#[component]
fn RemovedComment(id: CommentId) -> impl IntoView {
    view! {
        <article class="comment" id=format!("c-{id}") aria-label="Removed comment" tabindex="-1" data-state="removed">
            <span class="comment-avatar"><span class="comment-avatar-empty"></span></span>
            <div class="comment-bubble">"This comment was deleted."</div>
        </article>
    }
}

/// A comment whose text follows its author's edits.
#[component]
fn VisibleComment(
    author: PersonView,
    /// As it is at first.
    first: CommentView,
    comment: Memo<Option<CommentView>>,
    discussion: Discussion,
) -> impl IntoView {
    let id = first.id;
    let (anchor, title_id) = (format!("c-{id}"), format!("c-{id}-by"));
    let editing = RwSignal::new(discussion.query.edit == Some(id) && discussion.is_own(&first));
    let unsaved = discussion.is_own(&first).then(|| unsaved_changes(id, editing));
    let may_remove = discussion.is_own(&first) || discussion.is_host();
    let asks_to_remove = discussion.query.delete == Some(id) && may_remove;
    let reply = Callback::new(move |()| {
        comment.get_untracked().iter().for_each(|comment| discussion.toggle_reply(comment))
    });
    view! {
        <article
            class="comment"
            id=anchor
            aria-labelledby=title_id
            tabindex="-1"
            data-marked=move || discussion.marked.get() == Some(id)
        >
            <CommentAvatar person=author.clone() />
            <div class="comment-bubble" data-open=move || editing.get()>
                <CommentHead author title_id=title_id.clone() comment=first.clone() edited_at=Signal::derive(move || edited_at(comment)) />
                {move || match (editing.get(), comment.get_untracked()) {
                    (true, Some(first)) => view! { <EditForm first comment discussion editing /> }.into_any(),
                    _ => view! { <CommentBody comment /> }.into_any(),
                }}
            </div>
            {asks_to_remove.then(|| view! { <RemovalForm comment=first.clone() discussion /> })}
            <div class="comment-actions">
                <OptionForm class="comment-answer" post=first.post id name="reply" on_submit=reply>
                    <button class="act">"Reply"</button>
                </OptionForm>
                <Options comment=first discussion editing />
                {unsaved.map(|unsaved| view! { <UnsavedChanges unsaved editing /> })}
            </div>
        </article>
    }
}

/// The picture beside a comment.
#[component]
pub(super) fn CommentAvatar(person: PersonView) -> impl IntoView {
    view! { <span class="comment-avatar"><Avatar person size=AvatarSize::Small /></span> }
}

#[component]
fn CommentHead(
    author: PersonView,
    title_id: String,
    comment: CommentView,
    edited_at: Signal<Option<i64>>,
) -> impl IntoView {
    let (id, post) = (comment.id, comment.post);
    view! {
        <div class="comment-head">
            <a class="comment-author" id=title_id href=format!("/u/{}", author.username)><bdi>{author.full_name()}</bdi></a>
            " "
            <a class="comment-time" href=format!("/p/{post}#c-{id}")><Time micros=comment.written_at.micros() /></a>
            {move || edited_at.get().map(|micros| view! { <span class="comment-edited">" · "<Time micros wording=Wording::Edited /></span> })}
        </div>
    }
}

fn edited_at(comment: Memo<Option<CommentView>>) -> Option<i64> {
    comment.with(|comment| {
        comment.as_ref().and_then(|comment| comment.edited_at).map(protocol::Timestamp::micros)
    })
}

#[component]
fn CommentBody(comment: Memo<Option<CommentView>>) -> impl IntoView {
    view! {
        <div class="comment-body" dir="auto">
            {move || comment.get().map(|comment| view! {
                {comment.answers.map(|person| view! {
                    <a class="link" href=format!("/u/{}", person.username)>"@" {person.username.clone()}</a>
                    " "
                })}
                <RichText text=comment.body mentions=comment.mentions />
            })}
        </div>
    }
}

/// Whether an own comment has been changed here and not saved.
fn unsaved_changes(id: CommentId, editing: RwSignal<bool>) -> RwSignal<bool> {
    let (unsaved, drafts) = (RwSignal::new(false), drafts());
    effect(move || unsaved.set(!editing.get() && drafts.has(draft::DraftTarget::EditComment(id))));
    unsaved
}

/// The way back to them.
#[component]
fn UnsavedChanges(unsaved: RwSignal<bool>, editing: RwSignal<bool>) -> impl IntoView {
    view! {
        <Show when=move || unsaved.get()>
            <button class="act" type="button" on:click=move |_| editing.set(true)>"Unsaved changes"</button>
        </Show>
    }
}
