use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{CommentId, PostId, comment::CommentView};

use super::discussion::Discussion;
use crate::{
    form::AccountField,
    ui::{Button, ButtonLink, ConfirmDialog, Menu, MenuButton, Variant},
};

/// What one can do with a comment: the author may change it, the author and the post's author may remove it.
#[component]
pub(super) fn Options(
    comment: CommentView,
    discussion: Discussion,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (id, own) = (comment.id, discussion.is_own(&comment));
    if !own && !discussion.is_host() {
        return ().into_any();
    }
    view! {
        <Menu id=format!("c-{id}-menu") label="Comment options">
            {own.then(|| view! {
                <OptionForm post=comment.post id name="edit" on_submit=Callback::new(move |()| editing.set(true))>
                    <MenuButton kind="submit" icon="edit">"Edit"</MenuButton>
                </OptionForm>
            })}
            <OptionForm post=comment.post id name="delete" on_submit=Callback::new(move |()| discussion.confirm_removal(id))>
                <MenuButton kind="submit" icon="trash" danger=true>"Delete"</MenuButton>
            </OptionForm>
        </Menu>
    }
    .into_any()
}

/// A form that asks for the same page with something open at a comment: its button works without a script.
#[component]
pub(super) fn OptionForm(
    post: PostId,
    id: CommentId,
    name: &'static str,
    #[prop(optional)] class: &'static str,
    /// What a script does instead.
    on_submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class=class method="get" action=format!("/p/{post}#c-{id}") on:submit=submit>
            <input type="hidden" name=name value=id.to_string() />
            {children()}
        </form>
    }
}

/// Asks once before a comment goes; one dialog for all of them.
#[component]
pub(super) fn RemovalDialog(discussion: Discussion) -> impl IntoView {
    view! {
        <ConfirmDialog
            id="delete-comment"
            title="Delete this comment?"
            text="It will be deleted for everyone. Replies stay."
            confirm="Delete"
            open=discussion.confirming
            on_confirm=Callback::new(move |()| discussion.remove_confirmed())
        />
    }
}

/// The same question on a page without a script.
#[component]
pub(super) fn RemovalForm(comment: CommentView, discussion: Discussion) -> impl IntoView {
    let (id, post) = (comment.id, comment.post);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        discussion.remove(id);
    };
    view! {
        <form class="comment-removal" method="post" action=format!("/c/{id}/delete") on:submit=submit>
            <AccountField />
            <input type="hidden" name="back" value=format!("/p/{post}") />
            <p>"Delete this comment? It will be deleted for everyone. Replies stay."</p>
            <div class="button-row">
                <ButtonLink href=format!("/p/{post}?comment={id}#c-{id}") small=true>"Cancel"</ButtonLink>
                <Button kind="submit" variant=Variant::Danger small=true>"Delete"</Button>
            </div>
        </form>
    }
}
