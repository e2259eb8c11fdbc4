//! Comments below posts, and replies below comments. Threads are one level deep: a reply to a reply stands in the same
//! thread and names whom it answers.

use protocol::{
    CommentId, Page, PostId, Problem,
    comment::{CommentBody, CommentView, NewComment, ThreadView},
};
use sea_orm::{ActiveModelTrait, Set};

use crate::{
    Cx, Error, Scope, account,
    like::{Change, changed},
    live::Event,
    post,
};

pub(crate) mod entity;
mod store;
#[cfg(test)]
mod tests;

/// Comments on a post, or replies to a comment.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`; [`Problem::NotFound`] when the post or the answered comment is not there
/// for the asker; [`Problem::TooMany`].
pub async fn write(cx: &Cx, scope: &Scope, new: NewComment) -> Result<CommentView, Error> {
    let author = scope.member()?.clone();
    let body = CommentBody::parse(&new.body).map_err(|reason| Problem::field("body", reason))?;
    cx.limits.write.spend(&author.id)?;
    let (id, written_at) = (CommentId::from(cx.new_id()?), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let post_author = post::store::author(&**tx, author.id, new.post).await?;
            let place = match new.answers {
                Some(answered) => store::place_below(&**tx, author.id, new.post, answered).await?,
                None => store::Place::default(),
            };
            let row = entity::ActiveModel {
                id: Set(id.into()),
                post_id: Set(new.post.into()),
                thread_id: Set(place.thread.map(Into::into)),
                answered_id: Set(place.answered.map(Into::into)),
                author_id: Set(author.id.into()),
                body: Set(body.as_str().to_owned()),
                created_at: Set(written_at.micros()),
            };
            row.insert(&**tx).await?;
            changed(tx, new.post, post_author, Change { likes: 0, comments: 1 }).await?;
            let answers = match place.answered {
                Some(answered) => account::store::visible_member(&**tx, author.id, answered).await.ok(),
                None => None,
            };
            let by =
                [Some(author.id), Some(post_author), place.thread_author].into_iter().flatten().collect();
            let comment = CommentView {
                id,
                post: new.post,
                thread: place.thread,
                answers,
                author,
                body: body.into(),
                written_at,
            };
            tx.announce(Event::Commented { comment: comment.clone(), by });
            Ok(comment)
        })
    })
    .await
}

/// A page of the comments on a post with their replies, oldest first, after the comment `after`.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such post that the asker may see.
pub async fn page(
    cx: &Cx,
    scope: &Scope,
    post: PostId,
    after: Option<CommentId>,
) -> Result<Page<ThreadView>, Error> {
    let viewer = scope.account()?;
    post::store::author(cx.db.read(), viewer, post).await?;
    store::threads(cx.db.read(), viewer, post, after).await
}
