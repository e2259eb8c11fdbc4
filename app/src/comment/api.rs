use leptos::prelude::*;
use protocol::{
    CommentId, Page, PostId,
    comment::{CommentView, NewComment, ThreadView},
};
use server_fn::codec::Json;

use crate::error::AppError;

/// Comments on a post, or replies to a comment.
#[server(input = Json)]
pub async fn write(new: NewComment) -> Result<CommentView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::write(&cx, &scope, new).await?)
}

/// A page of the comments on a post, after the comment `after`.
#[server(input = Json)]
pub async fn load(post: PostId, after: Option<CommentId>) -> Result<Page<ThreadView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::page(&cx, &scope, post, after).await?)
}
