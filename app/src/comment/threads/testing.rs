//! Discussions for tests, each comment by a number.

use protocol::{Timestamp, account::PersonView};
use uuid::Uuid;

use super::*;

pub(crate) fn id(number: u128) -> CommentId {
    Uuid::from_u128(number).into()
}

pub(crate) fn comment(number: u128, thread: Option<u128>) -> CommentView {
    let person = PersonView {
        id: Uuid::from_u128(9).into(),
        username: "ana".into(),
        first_name: "Ana".into(),
        last_name: "Brandt".into(),
        picture: None,
    };
    CommentView {
        client_id: None,
        id: id(number),
        post: Uuid::from_u128(1).into(),
        thread: thread.map(id),
        answers: None,
        author: Some(person),
        body: "hello".into(),
        mentions: Vec::new(),
        written_at: Timestamp::from_micros(0),
        edited_at: None,
        version: 0,
    }
}

pub(crate) fn thread(number: u128, replies: &[u128], more: bool) -> ThreadView {
    let replies = replies.iter().map(|reply| comment(*reply, Some(number))).collect();
    ThreadView { comment: comment(number, None), replies, more }
}

pub(crate) fn page(threads: Vec<ThreadView>, earlier: bool, more: bool) -> ThreadPage {
    ThreadPage { threads, earlier, more }
}

/// Each thread with its replies.
pub(crate) fn shown(threads: &Threads) -> Vec<(u128, Vec<u128>)> {
    let number = |id: CommentId| Uuid::from(id).as_u128();
    let items = threads.list().items().iter();
    let replies = |thread: &Thread| thread.replies.items().iter().map(|reply| number(reply.id)).collect();
    items.map(|thread| (number(thread.comment.id), replies(thread))).collect()
}
