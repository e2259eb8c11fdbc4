//! Messages without a socket.

use axum::response::Response;
use domain::{Error, chat};
use protocol::{
    Problem,
    chat::{EditMessage, NewMessage, ReadPosition},
};

use super::{FormRequest, PathParam};
use crate::page::encoded;

pub(crate) async fn send(form: FormRequest) -> Response {
    let page = form.path();
    let answered = form.value("reply_to");
    let again =
        if answered.is_empty() { page.clone() } else { format!("{page}?reply={}", encoded(&answered)) };
    let done = match message(&form) {
        Ok(new) => chat::send(&form.state.cx, &form.scope, new).await.map(drop),
        Err(error) => Err(error),
    };
    form.answer(done, &page, &again).await
}

/// Writes another text for an own message.
pub(crate) async fn edit(PathParam(username): PathParam, form: FormRequest) -> Response {
    let page = format!("/chat/{}", encoded(&username));
    let again = format!("{page}?edit={}", encoded(&form.value("seq")));
    let done = match position(&form) {
        Ok(ReadPosition { conversation, seq }) => {
            let edit = EditMessage { conversation, seq, body: form.value("body") };
            chat::message::edit(&form.state.cx, &form.scope, edit).await.map(drop)
        }
        Err(error) => Err(error),
    };
    form.answer(done, &page, &again).await
}

/// Deletes an own message for both.
pub(crate) async fn remove(PathParam(username): PathParam, form: FormRequest) -> Response {
    let remove = async |form: &FormRequest| {
        let ReadPosition { conversation, seq } = position(form)?;
        chat::message::remove(&form.state.cx, &form.scope, conversation, seq).await
    };
    form.submit(remove, |_, _| format!("/chat/{}", encoded(&username))).await
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
    let answers = !form.value("reply_to").is_empty();
    let reply_to = if answers { Some(form.id("reply_to")?) } else { None };
    Ok(NewMessage { to: form.id("to")?, client_id, body: form.value("body"), reply_to })
}
