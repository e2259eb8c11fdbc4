//! Messages without a socket.

use axum::response::Response;
use domain::{Error, chat};
use protocol::{Problem, chat::NewMessage, live::Seen};

use super::{Named, Posted};
use crate::page::encoded;

pub(crate) async fn send(posted: Posted) -> Response {
    let page = posted.path();
    let done = match message(&posted) {
        Ok(new) => chat::send(&posted.state.cx, &posted.scope, new).await.map(drop),
        Err(error) => Err(error),
    };
    posted.answer(done, &page, &page).await
}

/// Notes how far a conversation was read. A page without a script cannot know it, so one says it.
pub(crate) async fn read(Named(username): Named, posted: Posted) -> Response {
    let read = async |form: &Posted| chat::read(&form.state.cx, &form.scope, seen(form)?).await;
    posted.press(read, |_, ()| format!("/chat/{}", encoded(&username))).await
}

fn seen(posted: &Posted) -> Result<Seen, Error> {
    Ok(Seen { conversation: posted.id("conversation")?, seq: posted.id("seq")? })
}

fn message(posted: &Posted) -> Result<NewMessage, Error> {
    let client_id = posted.client_id().ok_or(Problem::BadRequest)?;
    Ok(NewMessage { to: posted.id("to")?, client_id, body: posted.value("body") })
}
