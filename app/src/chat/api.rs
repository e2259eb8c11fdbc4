use leptos::prelude::*;
use protocol::{
    ConversationId, Page,
    chat::{ChatView, ConversationView, EditMessage, MessageView, Partner, PartnerQuery},
};
use uuid::Uuid;

use crate::{client::AccountClient, error::AppError, json::Json};

/// The chat with one person, and an id for the message that its plain form may send.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn open(username: String) -> Result<(ChatView, Uuid), AppError> {
    let (cx, scope) = crate::server::request()?;
    let chat = domain::chat::open(&cx, &scope, &username).await?;
    Ok((chat, cx.new_id()?))
}

/// The list of conversations.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn conversations() -> Result<Vec<ConversationView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::conversations(&cx, &scope).await?)
}

/// A part of the people whom one can write to.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn partners(query: PartnerQuery) -> Result<Page<Partner>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::partners::list(&cx, &scope, query).await?)
}

/// Writes another text for an own message.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn edit(edit: EditMessage) -> Result<MessageView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::message::edit(&cx, &scope, edit).await?)
}

/// Deletes an own message for both.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn remove(conversation: ConversationId, seq: i64) -> Result<MessageView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::message::remove(&cx, &scope, conversation, seq).await?)
}

/// Messages before the one numbered `before`.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn earlier(conversation: ConversationId, before: i64) -> Result<Page<MessageView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::earlier(&cx, &scope, conversation, before).await?)
}
