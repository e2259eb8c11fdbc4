use leptos::prelude::*;
use protocol::{
    ConversationId, Page,
    chat::{ChatView, ConversationView, MessageView},
};
use server_fn::codec::Json;

use crate::error::AppError;

/// The chat with one person.
#[server(input = Json)]
pub async fn open(username: String) -> Result<ChatView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::open(&cx, &scope, &username).await?)
}

/// The list of conversations.
#[server(input = Json)]
pub async fn conversations() -> Result<Vec<ConversationView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::conversations(&cx, &scope).await?)
}

/// Messages before the one numbered `before`.
#[server(input = Json)]
pub async fn earlier(conversation: ConversationId, before: i64) -> Result<Page<MessageView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::chat::earlier(&cx, &scope, conversation, before).await?)
}
