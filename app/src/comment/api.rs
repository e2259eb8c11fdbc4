use leptos::prelude::*;
use protocol::{
    CommentId, Page, PostId,
    comment::{CommentView, EditComment, NewComment, PageRequest, ThreadPage},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// Comments on a post, or replies to a comment.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn write(new: NewComment) -> Result<CommentView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::write(&cx, &scope, new).await?)
}

/// Changes an own comment.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn edit(edit: EditComment) -> Result<CommentView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::edit(&cx, &scope, edit).await?)
}

/// Removes an own comment, or any below an own post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn remove(comment: CommentId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::remove(&cx, &scope, comment).await?)
}

/// A piece of the comments on a post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn load(post: PostId, piece: PageRequest) -> Result<ThreadPage, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::page(&cx, &scope, post, piece).await?)
}

/// The replies below a comment, after the reply `after`.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn replies(thread: CommentId, after: CommentId) -> Result<Page<CommentView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::comment::replies(&cx, &scope, thread, after).await?)
}
