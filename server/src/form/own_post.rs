//! What authors do with their posts: edit, remove, bring back.

use axum::response::Response;
use domain::{Error, post};
use protocol::{PostId, post::EditPost};

use super::{
    FormRequest, PathParam,
    multipart::{MultipartForm, discard},
};

pub(crate) async fn edit(post: PathParam, multipart: MultipartForm) -> Response {
    let post: PostId = match post.id() {
        Ok(post) => post,
        Err(error) => return multipart.form.reject(error).await,
    };
    let (form, stored) = multipart.store_pictures().await;
    let done = match stored {
        Ok(()) => save(&form, post).await,
        Err(error) => Err(error),
    };
    // Those that came with the form and were marked when it came back; the post's own go when it is saved.
    discard(&form, std::iter::empty()).await;
    form.answer(done, &format!("/p/{post}"), &format!("/p/{post}/edit")).await
}

async fn save(form: &FormRequest, post: PostId) -> Result<(), Error> {
    let (pictures, version) = (form.pictures()?, form.id("version")?);
    let edit = EditPost { post, version, body: form.value("body"), pictures };
    post::edit(&form.state.cx, &form.scope, edit).await.map(drop)
}

pub(crate) async fn remove(post: PathParam, form: FormRequest) -> Response {
    let remove = async |form: &FormRequest| {
        let post: PostId = post.id()?;
        post::remove(&form.state.cx, &form.scope, post).await.map(|()| post)
    };
    form.submit(remove, |_, post| format!("/?removed={post}")).await
}

pub(crate) async fn restore(post: PathParam, form: FormRequest) -> Response {
    let restore = async |form: &FormRequest| post::restore(&form.state.cx, &form.scope, post.id()?).await;
    form.submit(restore, |_, post| format!("/p/{}", post.id)).await
}
