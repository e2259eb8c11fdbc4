//! Messages without a socket.

use axum::response::Response;
use domain::{Error, chat};
use protocol::{
    Problem,
    chat::{NewMessage, ReadPosition},
};

use super::{FormRequest, PathParam};
use crate::page::encoded;

pub(crate) async fn send(form: FormRequest) -> Response {
    let page = form.path();
    let done = match message(&form) {
        Ok(new) => chat::send(&form.state.cx, &form.scope, new).await.map(drop),
        Err(error) => Err(error),
    };
    form.answer(done, &page, &page).await
}

/// Notes how far a conversation was read. A page without a script cannot know it, so one says it.
pub(crate) async fn read(PathParam(username): PathParam, form: FormRequest) -> Response {
    let read = async |form: &FormRequest| chat::read(&form.state.cx, &form.scope, position(form)?).await;
    form.submit(read, |_, ()| format!("/chat/{}", encoded(&username))).await
}

fn position(form: &FormRequest) -> Result<ReadPosition, Error> {
    Ok(ReadPosition { conversation: form.id("conversation")?, seq: form.id("seq")? })
}

fn message(form: &FormRequest) -> Result<NewMessage, Error> {
    let client_id = form.client_id().ok_or(Problem::BadRequest)?;
    Ok(NewMessage { to: form.id("to")?, client_id, body: form.value("body") })
}
