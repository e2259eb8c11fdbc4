//! What one does about other people: follow, block, and both back.

use axum::response::Response;
use domain::{block, follow};

use super::FormRequest;

pub(crate) async fn follow(form: FormRequest) -> Response {
    form.submit(async |form| follow::follow(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

pub(crate) async fn unfollow(form: FormRequest) -> Response {
    form.submit(async |form| follow::unfollow(&form.state.cx, &form.scope, form.id("whom")?).await, back)
        .await
}

pub(crate) async fn block(form: FormRequest) -> Response {
    form.submit(async |form| block::block(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

pub(crate) async fn unblock(form: FormRequest) -> Response {
    form.submit(async |form| block::unblock(&form.state.cx, &form.scope, form.id("whom")?).await, back).await
}

fn back(form: &FormRequest, (): ()) -> String {
    form.back("/")
}
