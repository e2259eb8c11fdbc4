//! Comments and replies.

use axum::response::Response;
use domain::{Error, comment};
use protocol::{
    CommentId, PostId,
    comment::{CommentView, EditComment, NewComment},
};

use super::{FormRequest, PathParam, redirect};
use crate::page::encoded;

pub(crate) async fn write(post: PathParam, form: FormRequest) -> Response {
    let post: PostId = match post.id() {
        Ok(post) => post,
        Err(error) => return form.reject(error).await,
    };
    let page = format!("/p/{post}");
    let answers = form.value("answers");
    let answers = if answers.is_empty() { Ok(None) } else { form.id("answers").map(Some) };
    let written = match answers {
        Ok(answers) => {
            let new = NewComment { client_id: form.client_id(), post, answers, body: form.value("body") };
            comment::write(&form.state.cx, &form.scope, new).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(comment) => redirect(&place(&comment)),
        // The form of a reply stands on the page where it was asked for.
        Err(error) => match form.value("answers") {
            answered if answered.is_empty() => form.rerender(&page, error).await,
            answered => form.rerender(&format!("{page}?reply={}", encoded(&answered)), error).await,
        },
    }
}

pub(crate) async fn edit(comment: PathParam, form: FormRequest) -> Response {
    let changed = match comment.id() {
        Ok(comment) => change(comment, &form).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(comment) => redirect(&place(&comment)),
        Err(error) => {
            let page = form.back("/");
            form.rerender(&page, error).await
        }
    }
}

async fn change(comment: CommentId, form: &FormRequest) -> Result<CommentView, Error> {
    let edit = EditComment { comment, version: form.id("version")?, body: form.value("body") };
    comment::edit(&form.state.cx, &form.scope, edit).await
}

pub(crate) async fn delete(comment: PathParam, form: FormRequest) -> Response {
    let remove = async |form: &FormRequest| comment::remove(&form.state.cx, &form.scope, comment.id()?).await;
    form.submit(remove, |form, ()| format!("{}#comments", form.back("/"))).await
}

/// The comment on the page of its post, in whichever piece it is.
fn place(comment: &CommentView) -> String {
    format!("/p/{}?comment={1}#c-{1}", comment.post, comment.id)
}
