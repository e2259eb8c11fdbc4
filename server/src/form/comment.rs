//! Comments and replies.

use axum::response::Response;
use domain::{Error, comment};
use protocol::{
    CommentId, PostId,
    comment::{CommentView, EditComment, NewComment},
};

use super::{Named, Posted, see};
use crate::page::encoded;

pub(crate) async fn write(post: Named, posted: Posted) -> Response {
    let post: PostId = match post.id() {
        Ok(post) => post,
        Err(error) => return posted.refuse(error).await,
    };
    let page = format!("/p/{post}");
    let answers = posted.value("answers");
    let answers = if answers.is_empty() { Ok(None) } else { posted.id("answers").map(Some) };
    let written = match answers {
        Ok(answers) => {
            let new = NewComment { client_id: posted.client_id(), post, answers, body: posted.value("body") };
            comment::write(&posted.state.cx, &posted.scope, new).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(comment) => see(&place(&comment)),
        // The form of a reply stands on the page where it was asked for.
        Err(error) => match posted.value("answers") {
            answered if answered.is_empty() => posted.again(&page, error).await,
            answered => posted.again(&format!("{page}?reply={}", encoded(&answered)), error).await,
        },
    }
}

pub(crate) async fn edit(comment: Named, posted: Posted) -> Response {
    let changed = match comment.id() {
        Ok(comment) => change(comment, &posted).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(comment) => see(&place(&comment)),
        Err(error) => {
            let page = posted.back("/");
            posted.again(&page, error).await
        }
    }
}

async fn change(comment: CommentId, posted: &Posted) -> Result<CommentView, Error> {
    let edit = EditComment { comment, version: posted.id("version")?, body: posted.value("body") };
    comment::edit(&posted.state.cx, &posted.scope, edit).await
}

pub(crate) async fn delete(comment: Named, posted: Posted) -> Response {
    let remove = async |form: &Posted| comment::remove(&form.state.cx, &form.scope, comment.id()?).await;
    posted.press(remove, |form, ()| format!("{}#comments", form.back("/"))).await
}

/// The comment on the page of its post, in whichever piece it is.
fn place(comment: &CommentView) -> String {
    format!("/p/{}?comment={1}#c-{1}", comment.post, comment.id)
}
