//! Posts and likes.

use axum::response::Response;
use domain::{Error, like, post};
use protocol::{PostId, media::PlacedPicture, post::NewPost};

use super::{
    Named, Posted,
    multipart::{Sent, give_back},
};

pub(crate) async fn publish(sent: Sent) -> Response {
    let (posted, pictures) = sent.take_in().await;
    let done = match pictures {
        Ok(pictures) => publish_with(&posted, pictures).await,
        Err(error) => Err(error),
    };
    let back = posted.back("/");
    posted.answer(done, "/", &back).await
}

async fn publish_with(posted: &Posted, pictures: Vec<PlacedPicture>) -> Result<(), Error> {
    let ids: Vec<_> = pictures.iter().map(|picture| picture.id).collect();
    // A form without one is published each time that it is sent.
    let client_id = posted.client_id();
    let new = NewPost { client_id, body: posted.value("body"), pictures };
    let published = post::publish(&posted.host.cx, &posted.scope, new).await;
    let shown = published.as_ref().map(|post| post.pictures.as_slice()).unwrap_or_default();
    // When it was published already, the pictures that came now are the same once more.
    let unused = ids.into_iter().filter(|id| shown.iter().all(|picture| picture.id != *id));
    give_back(posted, unused).await;
    published.map(drop)
}

pub(crate) async fn like(post: Named, posted: Posted) -> Response {
    let like = async |form: &Posted| {
        let post: PostId = post.id()?;
        like::like(&form.host.cx, &form.scope, post).await.map(|_| post)
    };
    posted.press(like, place).await
}

pub(crate) async fn unlike(post: Named, posted: Posted) -> Response {
    let unlike = async |form: &Posted| {
        let post: PostId = post.id()?;
        like::unlike(&form.host.cx, &form.scope, post).await.map(|_| post)
    };
    posted.press(unlike, place).await
}

/// The page that the button stands on, at the post.
fn place(form: &Posted, post: PostId) -> String {
    format!("{}#p-{post}", form.back("/"))
}
