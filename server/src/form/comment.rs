//! Comments and replies.

use axum::response::Response;
use domain::comment;
use protocol::{PostId, comment::NewComment};

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
            let new = NewComment { post, answers, body: posted.value("body") };
            comment::write(&posted.host.cx, &posted.scope, new).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(comment) => see(&format!("{page}#c-{}", comment.id)),
        // The form of a reply stands on the page where it was asked for.
        Err(error) => match posted.value("answers") {
            answered if answered.is_empty() => posted.again(&page, error).await,
            answered => posted.again(&format!("{page}?reply={}", encoded(&answered)), error).await,
        },
    }
}
