use leptos::prelude::*;
use protocol::comment::{CommentView, ThreadView};

use super::{form::ReplyForm, list::Threads};
use crate::ui::{Avatar, AvatarSize, Time};

/// A comment with its replies, and the form below the one that is being answered.
#[component]
pub(super) fn Thread(thread: ThreadView, threads: Threads) -> impl IntoView {
    let (id, post) = (thread.comment.id, thread.comment.post);
    let mut in_thread: Vec<_> = thread.replies.iter().map(|reply| reply.id).collect();
    in_thread.push(id);
    let answered = move || threads.answering.get().filter(|answered| in_thread.contains(answered));
    view! {
        <li>
            <Comment comment=thread.comment threads />
            <ol class="comment-replies">
                {thread.replies.into_iter().map(|comment| view! { <li><Comment comment threads /></li> }).collect_view()}
                {move || answered().map(|answers| view! { <li><ReplyForm post answers threads /></li> })}
            </ol>
        </li>
    }
}

#[component]
fn Comment(comment: CommentView, threads: Threads) -> impl IntoView {
    let (id, post) = (comment.id, comment.post);
    let (anchor, title_id) = (format!("c-{id}"), format!("c-{id}-by"));
    let Some(author) = comment.author else { return view! { <p class="comment">"Removed."</p> }.into_any() };
    let reply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        threads.answering.update(|answered| *answered = (*answered != Some(id)).then_some(id));
    };
    view! {
        <article class="comment" id=anchor aria-labelledby=title_id>
            <span class="comment-face"><Avatar person=author.clone() size=AvatarSize::Small /></span>
            <div class="comment-bubble">
                <div class="comment-head">
                    <a class="comment-author" id=title_id.clone() href=format!("/u/{}", author.username)><bdi>{author.full_name()}</bdi></a>
                    " "
                    <Time micros=comment.written_at.micros() />
                </div>
                <div class="comment-body" dir="auto">
                    {comment.answers.map(|person| view! {
                        <a class="link" href=format!("/u/{}", person.username)>"@" {person.username.clone()}</a>
                        " "
                    })}
                    {comment.body}
                </div>
            </div>
            // A form that asks for the same page with the reply form open: the button works without a script.
            <form class="comment-actions" method="get" action=format!("/p/{post}#c-{id}") on:submit=reply>
                <input type="hidden" name="reply" value=id.to_string() />
                <button class="act">"Reply"</button>
            </form>
        </article>
    }
    .into_any()
}
