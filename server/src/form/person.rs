//! What one does about other people: follow, block, and both back.

use axum::response::Response;
use domain::{block, follow};

use super::Posted;

pub(crate) async fn follow(posted: Posted) -> Response {
    posted.press(async |form| follow::follow(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

pub(crate) async fn unfollow(posted: Posted) -> Response {
    posted
        .press(async |form| follow::unfollow(&form.state.cx, &form.scope, form.id("whom")?).await, back)
        .await
}

pub(crate) async fn block(posted: Posted) -> Response {
    posted.press(async |form| block::block(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

pub(crate) async fn unblock(posted: Posted) -> Response {
    posted.press(async |form| block::unblock(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

fn back(form: &Posted, (): ()) -> String {
    form.back("/")
}
