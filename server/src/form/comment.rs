//! Comments and replies.

use axum::{extract::Path, response::Response};
use domain::comment;
use protocol::{PostId, comment::NewComment};

use super::{Posted, see};

pub(crate) async fn write(Path(post): Path<PostId>, posted: Posted) -> Response {
    let page = format!("/p/{post}");
    let answers = posted.value("answers");
    let answers = if answers.is_empty() { Ok(None) } else { posted.id("answers").map(Some) };
    let written = match answers {
        Ok(answers) => {
            let new = NewComment { post, answers, body: posted.value("body") };
            comment::write(&posted.host.cx, &posted.scope, new).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(comment) => see(&format!("{page}#c-{}", comment.id)),
        Err(error) => posted.again(&page, error).await,
    }
}
