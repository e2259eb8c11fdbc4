use leptos::prelude::*;
use protocol::{CommentId, comment::CommentView};

use super::{
    discussion::Discussion,
    form::ReplyForm,
    item::Comment,
    load_more::{LoadMoreLink, Unloaded},
    partial_list::PartialList,
    pending::PendingComments,
};

/// A comment with its replies, and the form below them when one of them is being answered.
#[component]
pub(super) fn Thread(id: CommentId, discussion: Discussion) -> impl IntoView {
    let ids = move |choose: fn(&PartialList<CommentView>) -> Vec<CommentId>| {
        discussion
            .threads
            .with(|threads| threads.thread(id).map(|thread| choose(&thread.replies)).unwrap_or_default())
    };
    let answered = Memo::new(move |_| discussion.answering.get().filter(|answering| answering.thread == id));
    view! {
        <li>
            <Comment id discussion />
            <ol class="comment-replies">
                <For each=move || ids(|replies| replies.before_gap().map(|reply| reply.id).collect()) key=|id| *id let(reply)>
                    <li><Comment id=reply discussion /></li>
                </For>
                <li class="comment-gap"><LoadMoreLink discussion unloaded=Unloaded::Replies(id) /></li>
                <For each=move || ids(|replies| replies.after_gap().map(|reply| reply.id).collect()) key=|id| *id let(reply)>
                    <li><Comment id=reply discussion /></li>
                </For>
                <PendingComments discussion thread=Some(id) />
                {move || answered.get().map(|answers| view! { <li><ReplyForm discussion answers /></li> })}
            </ol>
        </li>
    }
}
