//! Posts: publishing and reading one. Lists of them are in [`crate::feed`].

use protocol::{
    PostId, Problem,
    post::{Counts, NewPost, PostBody, PostView},
};
use sea_orm::{ActiveModelTrait, Set};

use crate::{Cx, Error, Scope, live::Event};

pub(crate) mod entity;
pub(crate) mod store;
#[cfg(test)]
mod tests;

/// Publishes a post.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`, [`Problem::TooMany`].
pub async fn publish(cx: &Cx, scope: &Scope, new: NewPost) -> Result<PostView, Error> {
    let author = scope.member()?.clone();
    let body = PostBody::parse(&new.body).map_err(|reason| Problem::field("body", reason))?;
    cx.limits.write.spend(&author.id)?;
    let (id, published_at) = (PostId::from(cx.new_id()?), cx.now());
    let row = entity::ActiveModel {
        id: Set(id.into()),
        author_id: Set(author.id.into()),
        body: Set(body.as_str().to_owned()),
        created_at: Set(published_at.micros()),
        like_count: Set(0),
        comment_count: Set(0),
        revision: Set(0),
    };
    let view =
        PostView { id, author, body: body.into(), published_at, counts: Counts::default(), liked: false };
    cx.write(move |tx| {
        Box::pin(async move {
            row.insert(&**tx).await?;
            tx.announce(Event::Published { post: id, author: view.author.id });
            Ok(view)
        })
    })
    .await
}

/// One post.
///
/// # Errors
/// [`Problem::NotFound`] when there is none that the asker may see.
pub async fn view(cx: &Cx, scope: &Scope, post: PostId) -> Result<PostView, Error> {
    store::visible(cx.db.read(), scope.account()?, post).await
}
