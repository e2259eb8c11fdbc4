use leptos::prelude::*;
use protocol::{AccountId, CommentId, PostId, comment::ThreadPage};

use super::{
    deep_link,
    discussion::Discussion,
    form::CommentForm,
    load_more::{LoadMoreLink, Unloaded},
    options::RemovalDialog,
    partial_list::{ListItem, PartialList},
    pending::PendingComments,
    thread::Thread,
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
    deep_link::follow(discussion);
    let ids = move |choose: fn(&PartialList<threads::Thread>) -> Vec<CommentId>| {
        discussion.threads.with(|threads| choose(threads.list()))
    };
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title" tabindex="-1">"Comments"</h2>
            <LoadMoreLink discussion unloaded=Unloaded::Earlier />
            <ol class="comment-list">
                <For each=move || ids(|list| list.before_gap().map(ListItem::id).collect()) key=|id| *id let(id)>
                    <Thread id discussion />
                </For>
                <li class="comment-gap"><LoadMoreLink discussion unloaded=Unloaded::Later /></li>
                <For each=move || ids(|list| list.after_gap().map(ListItem::id).collect()) key=|id| *id let(id)>
                    <Thread id discussion />
                </For>
                <PendingComments discussion thread=None />
            </ol>
            <CommentForm discussion />
            <RemovalDialog discussion />
        </section>
    }
}
