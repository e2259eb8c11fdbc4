use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{
    CommentId, PostId, Problem,
    comment::{PageRequest, ThreadPage},
};

use super::api;
use crate::error::AppError;

/// The query of a post's address about its comments. What cannot be parsed is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CommentQuery {
    piece: PageRequest,
    /// The reply after which more are wanted.
    replies: Option<CommentId>,
    /// The comment to begin at, if it is not in the piece.
    pub(super) comment: Option<CommentId>,
    /// The one that is to be answered.
    pub(super) reply: Option<CommentId>,
    /// The one that is to be changed.
    pub(super) edit: Option<CommentId>,
    /// The one that is to be removed.
    pub(super) delete: Option<CommentId>,
}

impl CommentQuery {
    /// Of the page that is shown.
    pub(super) fn here() -> Self {
        use_query_map().with_untracked(|params| {
            let id = |name| params.get_str(name).and_then(|id| id.parse().ok());
            let piece = match (id("after"), id("before")) {
                (Some(thread), _) => PageRequest::After(thread),
                (None, Some(thread)) => PageRequest::Before(thread),
                (None, None) => PageRequest::First,
            };
            Self {
                piece,
                replies: id("replies"),
                comment: id("comment"),
                reply: id("reply"),
                edit: id("edit"),
                delete: id("delete"),
            }
        })
    }

    async fn load(self, post: PostId) -> Result<ThreadPage, AppError> {
        if let Some(reply) = self.replies {
            return api::load(post, PageRequest::At(reply)).await;
        }
        let page = api::load(post, self.piece).await?;
        match self.comment.or(self.reply).or(self.edit).or(self.delete) {
            Some(wanted) if !contains(&page, wanted) => api::load(post, PageRequest::At(wanted)).await,
            _ => Ok(page),
        }
    }
}

/// Whether the comment or reply is in the page.
pub(super) fn contains(page: &ThreadPage, wanted: CommentId) -> bool {
    let mut comments =
        page.threads.iter().flat_map(|thread| std::iter::once(&thread.comment).chain(&thread.replies));
    comments.any(|comment| comment.id == wanted)
}

/// The comments on a post that its page begins with.
pub fn load_first(post: Memo<Option<PostId>>) -> Resource<Result<ThreadPage, AppError>> {
    // Only another post is another page: what else the address asks for, `deep_link::follow` does.
    Resource::new(move || (post.get(), CommentQuery::here()), |(post, query)| load(post, query))
}

async fn load(post: Option<PostId>, query: CommentQuery) -> Result<ThreadPage, AppError> {
    query.load(post.ok_or(Problem::NotFound)?).await
}
