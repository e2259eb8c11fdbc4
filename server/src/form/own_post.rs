//! What authors do with their posts: edit, remove, bring back.

use axum::response::Response;
use domain::{Error, post};
use protocol::{PostId, post::EditPost};

use super::{
    Named, Posted,
    multipart::{Sent, discard},
};

pub(crate) async fn edit(post: Named, sent: Sent) -> Response {
    let post: PostId = match post.id() {
        Ok(post) => post,
        Err(error) => return sent.posted.refuse(error).await,
    };
    let (posted, stored) = sent.store_pictures().await;
    let done = match stored {
        Ok(()) => save(&posted, post).await,
        Err(error) => Err(error),
    };
    // Those that came with the form and were marked when it came back; the post's own go when it is saved.
    discard(&posted, std::iter::empty()).await;
    posted.answer(done, &format!("/p/{post}"), &format!("/p/{post}/edit")).await
}

async fn save(posted: &Posted, post: PostId) -> Result<(), Error> {
    let (pictures, version) = (posted.pictures()?, posted.id("version")?);
    let edit = EditPost { post, version, body: posted.value("body"), pictures };
    post::edit(&posted.state.cx, &posted.scope, edit).await.map(drop)
}

pub(crate) async fn remove(post: Named, posted: Posted) -> Response {
    let remove = async |form: &Posted| {
        let post: PostId = post.id()?;
        post::remove(&form.state.cx, &form.scope, post).await.map(|()| post)
    };
    posted.press(remove, |_, post| format!("/?removed={post}")).await
}

pub(crate) async fn restore(post: Named, posted: Posted) -> Response {
    let restore = async |form: &Posted| post::restore(&form.state.cx, &form.scope, post.id()?).await;
    posted.press(restore, |_, post| format!("/p/{}", post.id)).await
}
