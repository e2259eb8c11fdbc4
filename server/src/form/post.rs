//! Posts and likes.

use axum::response::Response;
use domain::{Error, like, post};
use protocol::{PostId, post::NewPost};

use super::{Named, Posted, see};

pub(crate) async fn publish(posted: Posted) -> Response {
    let new = NewPost { body: posted.value("body"), ..NewPost::default() };
    let back = posted.back("/");
    let done = post::publish(&posted.host.cx, &posted.scope, new).await.map(drop);
    posted.answer(done, "/", &back).await
}

pub(crate) async fn like(post: Named, posted: Posted) -> Response {
    let done = match post.id() {
        Ok(post) => like::like(&posted.host.cx, &posted.scope, post).await.map(|_| post),
        Err(error) => Err(error),
    };
    back(posted, done).await
}

pub(crate) async fn unlike(post: Named, posted: Posted) -> Response {
    let done = match post.id() {
        Ok(post) => like::unlike(&posted.host.cx, &posted.scope, post).await.map(|_| post),
        Err(error) => Err(error),
    };
    back(posted, done).await
}

async fn back(posted: Posted, done: Result<PostId, Error>) -> Response {
    match done {
        Ok(post) => see(&place(&posted, post)),
        Err(error) => posted.refuse(error).await,
    }
}

/// The page that the button stands on, at the post.
fn place(posted: &Posted, post: PostId) -> String {
    format!("{}#p-{post}", posted.back("/"))
}
