//! Posts and likes.

use axum::{extract::Path, response::Response};
use domain::{like, post};
use protocol::{PostId, post::NewPost};

use super::{Posted, see};

pub(crate) async fn publish(posted: Posted) -> Response {
    let new = NewPost { body: posted.value("body") };
    let back = posted.back("/");
    let done = post::publish(&posted.host.cx, &posted.scope, new).await.map(drop);
    posted.answer(done, "/", &back).await
}

pub(crate) async fn like(Path(post): Path<PostId>, posted: Posted) -> Response {
    match like::like(&posted.host.cx, &posted.scope, post).await {
        Ok(_) => see(&place(&posted, post)),
        Err(error) => posted.again("/", error).await,
    }
}

pub(crate) async fn unlike(Path(post): Path<PostId>, posted: Posted) -> Response {
    match like::unlike(&posted.host.cx, &posted.scope, post).await {
        Ok(_) => see(&place(&posted, post)),
        Err(error) => posted.again("/", error).await,
    }
}

/// The page that the button stands on, at the post.
fn place(posted: &Posted, post: PostId) -> String {
    format!("{}#p-{post}", posted.back("/"))
}
