use leptos::{ev::SubmitEvent, html, prelude::*};
use protocol::{
    CommentId, PostId,
    comment::{CommentBody, NewComment},
};

use super::{api, list::Threads};
use crate::{
    error::{self, AppError},
    form, session,
    ui::{Avatar, AvatarSize, Button, Textarea, Variant, toast},
};

/// What a form for a comment or reply holds.
#[derive(Debug, Clone, Copy)]
struct Draft {
    body: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Draft {
    /// Begins with what the server gave back, if that was for this form.
    fn new(post: PostId, answers: Option<CommentId>) -> Self {
        let start = form::start(&format!("/p/{post}/comments"));
        let mine = start.value("answers") == answers.map(|id| id.to_string()).unwrap_or_default();
        Self {
            body: RwSignal::new(if mine { start.value("body") } else { String::new() }),
            problem: RwSignal::new(start.sentence().filter(|_| mine)),
            busy: RwSignal::new(false),
        }
    }

    fn send(self, post: PostId, answers: Option<CommentId>, threads: Threads) {
        if self.busy.get_untracked() {
            return;
        }
        let toast = toast();
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let written = api::write(NewComment { post, answers, body: self.body.get_untracked() }).await;
            self.busy.try_set(false);
            match written {
                Ok(comment) => {
                    self.body.try_set(String::new());
                    self.problem.try_set(None);
                    threads.add(comment);
                    if answers.is_some() {
                        threads.answering.try_set(None);
                    }
                }
                Err(error @ AppError::Transport) => toast.fail(error.sentence()),
                Err(error) => _ = self.problem.try_set(Some(error::sentence(&error.problem()))),
            }
        });
    }
}

/// Writes a comment.
#[component]
pub(super) fn CommentForm(post: PostId, threads: Threads) -> impl IntoView {
    let draft = Draft::new(post, None);
    view! { <WritingForm draft post answers=None threads label="Write a comment" button="Comment" /> }
}

/// Writes a reply.
#[component]
pub(super) fn ReplyForm(post: PostId, answers: CommentId, threads: Threads) -> impl IntoView {
    let draft = Draft::new(post, Some(answers));
    view! { <WritingForm draft post answers=Some(answers) threads label="Write a reply" button="Reply" /> }
}

#[component]
fn WritingForm(
    draft: Draft,
    post: PostId,
    answers: Option<CommentId>,
    threads: Threads,
    label: &'static str,
    button: &'static str,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.send(post, answers, threads);
    };
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            draft.send(post, answers, threads);
        }
    };
    // A form that was asked for is where the next word goes.
    Effect::new(move || {
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
            {session::me().map(|me| view! { <Avatar person=me.person size=AvatarSize::Small /> })}
            {answers.map(|id| view! { <input type="hidden" name="answers" value=id.to_string() /> })}
            <Textarea
                label
                name="body"
                id=answers.map_or_else(|| "comment-body".to_owned(), |id| format!("reply-{id}"))
                bind=draft.body
                error=draft.problem
                limit=CommentBody::MAX
                placeholder=label
                hide_label=true
                node_ref=area
            />
            <Button kind="submit" variant=Variant::Primary busy=draft.busy>{button}</Button>
        </form>
    }
}
