//! The socket, over a real line.

use domain::testing::{Seed, id};
use protocol::{
    Problem,
    chat::{ChatMessage, MessageView, NewMessage},
    live::ServerMessage,
};

use super::{Browser, Site};

mod budget;
mod chat;
mod closing;
mod frames;
mod hiding;
mod opening;
mod watching;

const PASSWORD: &str = "plum tiger stairs 9";

/// The browser of somebody whom the seed knows.
async fn browser(site: &Site, username: &str) -> Browser {
    let mut browser = site.visitor();
    browser.log_in(username, PASSWORD).await;
    browser
}

fn message(seed: &Seed, to: &domain::Scope, body: &str) -> NewMessage {
    NewMessage {
        to: id(to),
        client_id: seed.cx.new_id().expect("an id"),
        body: body.to_owned(),
        reply_to: None,
    }
}

fn sent(message: ServerMessage) -> Option<Result<MessageView, Problem>> {
    match message {
        ServerMessage::Chat(ChatMessage::Sent { message }) => Some(Ok(message)),
        ServerMessage::Chat(ChatMessage::Refused { problem, .. }) => Some(Err(problem)),
        _ => None,
    }
}

fn said(message: ServerMessage) -> Option<MessageView> {
    match message {
        ServerMessage::Chat(ChatMessage::Message { message }) => Some(message),
        _ => None,
    }
}
