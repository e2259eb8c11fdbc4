use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{
    CommentId, Page, PostId, Problem,
    comment::{CommentView, ThreadView},
    live::ServerMessage,
};

use super::{api, form::CommentForm, view::Thread};
use crate::{error::AppError, live::live, ui::toast};

/// The first page of the comments on a post.
pub async fn load_first(post: Option<PostId>) -> Result<Page<ThreadView>, AppError> {
    api::load(post.ok_or(Problem::NotFound)?, None).await
}

/// The threads of a post as they are known here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Threads {
    post: PostId,
    threads: RwSignal<Vec<ThreadView>>,
    more: RwSignal<bool>,
    /// The comment that is being answered.
    pub(super) answering: RwSignal<Option<CommentId>>,
}

impl Threads {
    fn new(post: PostId, first: Page<ThreadView>) -> Self {
        let asked =
            use_query_map().with_untracked(|query| query.get_str("reply").and_then(|id| id.parse().ok()));
        let threads = Self {
            post,
            threads: RwSignal::new(first.items),
            more: RwSignal::new(first.more),
            answering: RwSignal::new(asked),
        };
        live().listen(move |message| match message {
            ServerMessage::Commented { comment } if comment.post == post => threads.add(comment.clone()),
            ServerMessage::Welcome { .. } => leptos::task::spawn_local(threads.catch_up()),
            _ => {}
        });
        threads
    }

    /// Puts a comment in its place, once.
    pub(super) fn add(self, comment: CommentView) {
        let more = self.more.try_get_untracked() == Some(true);
        self.threads.try_update(|threads| insert(threads, comment, more));
    }

    async fn show_more(self) -> Result<(), AppError> {
        let after = self.threads.with_untracked(|threads| threads.last().map(|thread| thread.comment.id));
        let page = api::load(self.post, after).await?;
        self.more.try_set(page.more);
        self.threads.try_update(|threads| threads.extend(page.items));
        Ok(())
    }

    /// After a break: what was written meanwhile, as far as it belongs to what is shown.
    async fn catch_up(self) {
        if let Ok(page) = api::load(self.post, None).await {
            for thread in page.items {
                self.add(thread.comment);
                thread.replies.into_iter().for_each(|reply| self.add(reply));
            }
        }
    }
}

fn insert(threads: &mut Vec<ThreadView>, comment: CommentView, more: bool) {
    match comment.thread {
        None => {
            let known = threads.iter().any(|thread| thread.comment.id == comment.id);
            // Behind comments that are not loaded yet, it comes with them.
            if !known && !more {
                threads.push(ThreadView { comment, replies: Vec::new(), more: false });
                threads.sort_by_key(|thread| thread.comment.id);
            }
        }
        Some(id) => {
            let Some(thread) = threads.iter_mut().find(|thread| thread.comment.id == id) else { return };
            if thread.replies.iter().all(|reply| reply.id != comment.id) {
                thread.replies.push(comment);
                thread.replies.sort_by_key(|reply| reply.id);
            }
        }
    }
}

/// The comments on a post.
#[component]
pub fn Comments(post: PostId, threads: Page<ThreadView>) -> impl IntoView {
    let threads = Threads::new(post, threads);
    let toast = toast();
    let show_more = move |_| {
        leptos::task::spawn_local(async move {
            if let Err(error) = threads.show_more().await {
                toast.fail(error.sentence());
            }
        });
    };
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">"Comments"</h2>
            <ol class="comment-list">
                <For each=move || threads.threads.get() key=|thread| (thread.comment.id, thread.replies.len()) let(thread)>
                    <Thread thread threads />
                </For>
            </ol>
            <Show when=move || threads.more.get()>
                <button class="link comment-older" type="button" on:click=show_more>"Show more comments"</button>
            </Show>
            <CommentForm post threads />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Timestamp, account::PersonView};
    use uuid::Uuid;

    use super::*;

    fn comment(id: u128, thread: Option<u128>) -> CommentView {
        let person = PersonView {
            id: Uuid::from_u128(9).into(),
            username: "ana".into(),
            first_name: "Ana".into(),
            last_name: "Brandt".into(),
        };
        CommentView {
            id: Uuid::from_u128(id).into(),
            post: Uuid::from_u128(1).into(),
            thread: thread.map(|id| Uuid::from_u128(id).into()),
            answers: None,
            author: Some(person),
            body: "hello".into(),
            mentions: Vec::new(),
            written_at: Timestamp::from_micros(0),
            edited_at: None,
            version: 0,
        }
    }

    fn ids(threads: &[ThreadView]) -> Vec<(CommentId, usize)> {
        threads.iter().map(|thread| (thread.comment.id, thread.replies.len())).collect()
    }

    #[test]
    fn a_comment_that_comes_twice_stands_once_and_in_order() {
        let mut threads = Vec::new();
        for id in [5, 3, 5] {
            insert(&mut threads, comment(id, None), false);
        }
        insert(&mut threads, comment(7, Some(3)), false);
        insert(&mut threads, comment(7, Some(3)), false);
        assert_eq!(ids(&threads), [(Uuid::from_u128(3).into(), 1), (Uuid::from_u128(5).into(), 0)]);
    }

    #[test]
    fn a_comment_behind_what_is_not_loaded_waits() {
        let mut threads = Vec::new();
        insert(&mut threads, comment(5, None), true);
        insert(&mut threads, comment(7, Some(3)), false);
        assert!(threads.is_empty());
    }
}
