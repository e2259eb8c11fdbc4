mod answers;
mod blocks;
mod delivery;
mod readers;
mod side_channels;

use protocol::{
    PostId,
    comment::{CommentMessage, CommentView},
    feed::{FeedMessage, Published},
    live::{ServerMessage, Topic},
    post::{Counts, PostMessage},
};

use crate::{Scope, testing::id};

/// What is heard of a post by everybody, and besides by those who follow its author.
fn published(post: PostId, author: &Scope, follows: bool) -> Vec<ServerMessage> {
    let published = Published { post, author: id(author) };
    let followed = follows.then_some(FeedMessage::Followed(published).into());
    [FeedMessage::Published(published).into()].into_iter().chain(followed).collect()
}

fn counted(post: PostId, likes: u32, comments: u32) -> ServerMessage {
    ServerMessage::Post(PostMessage::CountsChanged { post, counts: Counts { likes, comments, revision: 0 } })
}

/// The same without revisions, which say when something was read.
fn unrevised(mut heard: Vec<ServerMessage>) -> Vec<ServerMessage> {
    for message in &mut heard {
        if let ServerMessage::Post(PostMessage::CountsChanged { counts, .. })
        | ServerMessage::Post(PostMessage::State { counts, .. }) = message
        {
            counts.revision = 0;
        }
    }
    heard
}

/// What was heard of posts.
fn about_posts(heard: Vec<ServerMessage>) -> Vec<ServerMessage> {
    heard.into_iter().filter(|message| matches!(message.topic(), Topic::Post(_))).collect()
}

/// What was heard but for notifications, which have tests of their own.
fn without_notifications(heard: Vec<ServerMessage>) -> Vec<ServerMessage> {
    heard.into_iter().filter(|message| message.topic() != Topic::Notifications).collect()
}

/// The comments among what was heard.
fn comments(heard: Vec<ServerMessage>) -> Vec<CommentView> {
    let comment = |message| match message {
        ServerMessage::Comment(CommentMessage::Changed { comment }) => Some(*comment),
        _ => None,
    };
    heard.into_iter().filter_map(comment).collect()
}
