//! Posts and likes.

use axum::response::Response;
use domain::{Error, like, post};
use protocol::{PostId, post::NewPost};
use uuid::Uuid;

use super::{
    FormRequest, PathParam,
    multipart::{MultipartForm, discard},
};

pub(crate) async fn publish(multipart: MultipartForm) -> Response {
    // A form without one is published each time that it is sent.
    let client_id = multipart.form.client_id();
    let before = post::published(&multipart.form.state.cx, &multipart.form.scope, client_id).await;
    let (form, done) = match before {
        Ok(None) => {
            let (form, stored) = multipart.store_pictures().await;
            let done = match stored {
                Ok(()) => store(&form, client_id).await,
                Err(error) => Err(error),
            };
            (form, done)
        }
        // Its pictures are there, whatever has become of limits and quotas since.
        Ok(Some(_)) => (multipart.form, Ok(())),
        Err(error) => (multipart.form, Err(error)),
    };
    let back = form.back("/");
    form.answer(done, "/", &back).await
}

async fn store(form: &FormRequest, client_id: Option<Uuid>) -> Result<(), Error> {
    let pictures = form.pictures()?;
    let ids: Vec<_> = pictures.iter().map(|picture| picture.id).collect();
    let new = NewPost { client_id, body: form.value("body"), pictures };
    let published = post::publish(&form.state.cx, &form.scope, new).await;
    // When the same was published at this moment, the pictures that came now are the same once more.
    let unused = published.as_ref().map(|post| {
        let shown: Vec<_> = post.pictures.iter().map(|picture| picture.id).collect();
        ids.into_iter().filter(move |id| !shown.contains(id))
    });
    discard(form, unused.into_iter().flatten()).await;
    published.map(drop)
}

pub(crate) async fn like(post: PathParam, form: FormRequest) -> Response {
    let like = async |form: &FormRequest| {
        let post: PostId = post.id()?;
        like::like(&form.state.cx, &form.scope, post).await.map(|_| post)
    };
    form.submit(like, place).await
}

pub(crate) async fn unlike(post: PathParam, form: FormRequest) -> Response {
    let unlike = async |form: &FormRequest| {
        let post: PostId = post.id()?;
        like::unlike(&form.state.cx, &form.scope, post).await.map(|_| post)
    };
    form.submit(unlike, place).await
}

/// The page that the button stands on, at the post.
fn place(form: &FormRequest, post: PostId) -> String {
    format!("{}#p-{post}", form.back("/"))
}
