//! What one does about other people: follow, block, both back, and not wanting to see a suggestion.

use axum::response::Response;
use domain::{block, follow, suggestion};

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

pub(crate) async fn dismiss(form: FormRequest) -> Response {
    let dismiss =
        async |form: &FormRequest| suggestion::dismiss(&form.state.cx, &form.scope, form.id("whom")?).await;
    form.submit(dismiss, |form, ()| form.back("/people")).await
}

fn back(form: &FormRequest, (): ()) -> String {
    form.back("/")
}
