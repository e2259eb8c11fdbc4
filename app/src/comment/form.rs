use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};
use protocol::comment::CommentBody;

use super::{discussion::Discussion, reply_target::ReplyTarget};
use crate::{
    browser,
    effect::effect,
    form::{self, AccountField},
    session,
    ui::{Avatar, AvatarSize, Button, Textarea, Variant, pressed_key},
};

/// Writes a comment.
#[component]
pub(super) fn CommentForm(discussion: Discussion) -> impl IntoView {
    view! { <WritingForm discussion answers=None label="Write a comment" button="Comment" /> }
}

/// Writes a reply.
#[component]
pub(super) fn ReplyForm(discussion: Discussion, answers: ReplyTarget) -> impl IntoView {
    view! { <WritingForm discussion answers=Some(answers) label="Write a reply" button="Reply" /> }
}

#[component]
fn WritingForm(
    discussion: Discussion,
    answers: Option<ReplyTarget>,
    label: &'static str,
    button: &'static str,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let (to, post) = (answers.map(|answers| answers.to), discussion.post);
    let draft = discussion.draft(to);
    let (body, problem) = (RwSignal::from(draft.body.clone()), RwSignal::from(draft.problem.clone()));
    let send = move || {
        if discussion.send(answers) && answers.is_some() {
            focus_reply_button(answers);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let on_keydown = move |event: KeyboardEvent| match pressed_key(&event).as_deref() {
        Some("Enter") if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            send();
        }
        Some("Escape") if answers.is_some() => {
            discussion.answering.set(None);
            focus_reply_button(answers);
        }
        _ => {}
    };
    // A form that was asked for is where the next word goes.
    effect(move || {
        if let (Some(area), true) = (area.get(), answers.is_some()) {
            _ = area.focus();
        }
    });
    view! {
        <form
            class="comment-form"
            data-reply=answers.is_some()
            method="post"
            action=format!("/p/{post}/comments")
            on:submit=submit
            on:keydown=on_keydown
        >
            <AccountField />
            {session::me().map(|me| view! { <Avatar person=me.person size=AvatarSize::Small /> })}
            {to.map(|id| view! { <input type="hidden" name="answers" value=id.to_string() /> })}
            <input type="hidden" name="client_id" value=form::new_id() />
            <Textarea
                label
                name="body"
                id=to.map_or_else(|| "comment-body".to_owned(), |id| format!("reply-{id}"))
                bind=body
                error=problem
                limit=CommentBody::MAX
                placeholder=label
                hide_label=true
                node_ref=area
                on:input=move |_| {
                    problem.set(None);
                    draft.persist();
                }
            />
            <Button kind="submit" variant=Variant::Primary>{button}</Button>
        </form>
    }
}

/// Back to the button that opened the form.
fn focus_reply_button(answers: Option<ReplyTarget>) {
    if let Some(answers) = answers {
        browser::focus(&format!("[id='c-{}'] .comment-answer button", answers.to));
    }
}
