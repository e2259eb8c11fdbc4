mod answers;
mod hearing;
mod hiding;
mod hub;

use protocol::{PostId, comment::CommentView, live::ServerMessage, post::Counts};

use crate::{Scope, testing::id};

fn published(post: PostId, author: &Scope, following: bool) -> ServerMessage {
    ServerMessage::Published { post, author: id(author), following }
}

fn counted(post: PostId, likes: u32, comments: u32, revision: i64) -> ServerMessage {
    ServerMessage::Counted { post, counts: Counts { likes, comments, revision } }
}

/// The comments among what was heard.
fn comments(heard: Vec<ServerMessage>) -> Vec<CommentView> {
    let comment = |message| match message {
        ServerMessage::Commented { comment } => Some(*comment),
        _ => None,
    };
    heard.into_iter().filter_map(comment).collect()
}
