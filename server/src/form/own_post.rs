//! What authors do with their posts: edit, remove, bring back.

use axum::response::Response;
use domain::{Error, post};
use protocol::{PictureId, PostId, Problem, media::PlacedPicture, post::EditPost};

use super::{
    Named, Posted,
    multipart::{Sent, give_back},
};

pub(crate) async fn edit(post: Named, sent: Sent) -> Response {
    let (posted, added) = sent.take_in().await;
    let post: PostId = match post.id() {
        Ok(post) => post,
        Err(error) => return posted.refuse(error).await,
    };
    let done = match added {
        Ok(added) => edit_with(&posted, post, added).await,
        Err(error) => Err(error),
    };
    posted.answer(done, &format!("/p/{post}"), &format!("/p/{post}/edit")).await
}

async fn edit_with(posted: &Posted, post: PostId, added: Vec<PlacedPicture>) -> Result<(), Error> {
    let new: Vec<PictureId> = added.iter().map(|picture| picture.id).collect();
    let done = match (kept(posted), posted.id("version")) {
        (Ok(kept), Ok(version)) => {
            let pictures = kept.into_iter().chain(added).collect();
            let edit = EditPost { post, version, body: posted.value("body"), pictures };
            post::edit(&posted.host.cx, &posted.scope, edit).await.map(drop)
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    if done.is_err() {
        give_back(posted, new.into_iter()).await;
    }
    done
}

/// The pictures that stay, described as the form says.
fn kept(posted: &Posted) -> Result<Vec<PlacedPicture>, Error> {
    let gone: Vec<&str> = posted.all("remove").collect();
    let kept = posted.all("picture").filter(|picture| !gone.contains(picture)).map(|picture| {
        let id = picture.parse().map_err(|_| Problem::BadRequest)?;
        Ok(PlacedPicture { id, alt: posted.value(&format!("alt-{picture}")) })
    });
    kept.collect()
}

pub(crate) async fn remove(post: Named, posted: Posted) -> Response {
    let remove = async |form: &Posted| {
        let post: PostId = post.id()?;
        post::remove(&form.host.cx, &form.scope, post).await.map(|()| post)
    };
    posted.press(remove, |_, post| format!("/?removed={post}")).await
}

pub(crate) async fn restore(post: Named, posted: Posted) -> Response {
    let restore = async |form: &Posted| post::restore(&form.host.cx, &form.scope, post.id()?).await;
    posted.press(restore, |_, post| format!("/p/{}", post.id)).await
}
