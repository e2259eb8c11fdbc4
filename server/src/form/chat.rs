//! Messages without a socket.

use axum::response::Response;
use domain::{Error, chat};
use protocol::chat::NewMessage;

use super::Posted;

pub(crate) async fn send(posted: Posted) -> Response {
    let page = posted.path();
    let done = match message(&posted) {
        Ok(new) => chat::send(&posted.host.cx, &posted.scope, new).await.map(drop),
        Err(error) => Err(error),
    };
    posted.answer(done, &page, &page).await
}

fn message(posted: &Posted) -> Result<NewMessage, Error> {
    Ok(NewMessage { to: posted.id("to")?, client_id: posted.id("client_id")?, body: posted.value("body") })
}
