use leptos::prelude::*;
use protocol::{AccountId, CommentId, PostId, comment::ThreadPage};

use super::{
    discussion::Discussion,
    form::CommentForm,
    further::{Further, FurtherLink},
    options::RemovalDialog,
    place,
    run::{Entry, Run},
    thread::{PendingComments, Thread},
    threads,
};

/// The comments on a post.
#[component]
pub fn Comments(
    post: PostId,
    /// Who wrote the post.
    author: AccountId,
    page: ThreadPage,
) -> impl IntoView {
    let discussion = Discussion::new(post, author, page);
    place::follow(discussion);
    let ids = move |choose: fn(&Run<threads::Thread>) -> Vec<CommentId>| {
        discussion.threads.with(|threads| choose(threads.run()))
    };
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title" tabindex="-1">"Comments"</h2>
            <FurtherLink discussion further=Further::Earlier />
            <ol class="comment-list">
                <For each=move || ids(|run| run.whole().map(Entry::id).collect()) key=|id| *id let(id)>
                    <Thread id discussion />
                </For>
                <li class="comment-gap"><FurtherLink discussion further=Further::Later /></li>
                <For each=move || ids(|run| run.beyond().map(Entry::id).collect()) key=|id| *id let(id)>
                    <Thread id discussion />
                </For>
                <PendingComments discussion thread=None />
            </ol>
            <CommentForm discussion />
            <RemovalDialog discussion />
        </section>
    }
}
