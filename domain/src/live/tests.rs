mod answers;
mod hearing;
mod hiding;
mod hub;

use protocol::{PostId, comment::CommentView, live::ServerMessage, post::Counts};

fn published(post: PostId, following: bool, own: bool) -> ServerMessage {
    ServerMessage::Published { post, following, own }
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
