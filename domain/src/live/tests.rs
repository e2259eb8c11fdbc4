mod answers;
mod hearing;
mod hiding;
mod hub;
mod relations;
mod secrecy;

use protocol::{PostId, comment::CommentView, live::ServerMessage, post::Counts};

use crate::{Scope, testing::id};

fn published(post: PostId, author: &Scope, following: bool) -> ServerMessage {
    ServerMessage::Published { post, author: id(author), following }
}

fn counted(post: PostId, likes: u32, comments: u32) -> ServerMessage {
    ServerMessage::Counted { post, counts: Counts { likes, comments, revision: 0 } }
}

/// The same without revisions, which say when something was read.
fn unrevised(mut heard: Vec<ServerMessage>) -> Vec<ServerMessage> {
    for message in &mut heard {
        if let ServerMessage::Counted { counts, .. } | ServerMessage::Watched { counts, .. } = message {
            counts.revision = 0;
        }
    }
    heard
}

/// The comments among what was heard.
fn comments(heard: Vec<ServerMessage>) -> Vec<CommentView> {
    let comment = |message| match message {
        ServerMessage::Commented { comment } => Some(*comment),
        _ => None,
    };
    heard.into_iter().filter_map(comment).collect()
}
