//! Posts and likes.

use axum::response::Response;
use domain::{Error, like, post};
use protocol::{PostId, post::NewPost};
use uuid::Uuid;

use super::{
    Named, Posted,
    multipart::{Sent, discard},
};

pub(crate) async fn publish(sent: Sent) -> Response {
    // A form without one is published each time that it is sent.
    let client_id = sent.posted.client_id();
    let before = post::published(&sent.posted.state.cx, &sent.posted.scope, client_id).await;
    let (posted, done) = match before {
        Ok(None) => {
            let (posted, stored) = sent.store_pictures().await;
            let done = match stored {
                Ok(()) => store(&posted, client_id).await,
                Err(error) => Err(error),
            };
            (posted, done)
        }
        // Its pictures are there, whatever has become of limits and quotas since.
        Ok(Some(_)) => (sent.posted, Ok(())),
        Err(error) => (sent.posted, Err(error)),
    };
    let back = posted.back("/");
    posted.answer(done, "/", &back).await
}

async fn store(posted: &Posted, client_id: Option<Uuid>) -> Result<(), Error> {
    let pictures = posted.pictures()?;
    let ids: Vec<_> = pictures.iter().map(|picture| picture.id).collect();
    let new = NewPost { client_id, body: posted.value("body"), pictures };
    let published = post::publish(&posted.state.cx, &posted.scope, new).await;
    // When the same was published at this moment, the pictures that came now are the same once more.
    let unused = published.as_ref().map(|post| {
        let shown: Vec<_> = post.pictures.iter().map(|picture| picture.id).collect();
        ids.into_iter().filter(move |id| !shown.contains(id))
    });
    discard(posted, unused.into_iter().flatten()).await;
    published.map(drop)
}

pub(crate) async fn like(post: Named, posted: Posted) -> Response {
    let like = async |form: &Posted| {
        let post: PostId = post.id()?;
        like::like(&form.state.cx, &form.scope, post).await.map(|_| post)
    };
    posted.press(like, place).await
}

pub(crate) async fn unlike(post: Named, posted: Posted) -> Response {
    let unlike = async |form: &Posted| {
        let post: PostId = post.id()?;
        like::unlike(&form.state.cx, &form.scope, post).await.map(|_| post)
    };
    posted.press(unlike, place).await
}

/// The page that the button stands on, at the post.
fn place(form: &Posted, post: PostId) -> String {
    format!("{}#p-{post}", form.back("/"))
}
