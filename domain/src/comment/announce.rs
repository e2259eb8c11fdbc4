//! Who is told of comments.

use protocol::{
    AccountId, CommentId, PostId,
    account::PersonView,
    comment::{CommentMessage, CommentView},
    live::Topic,
};

use crate::bus::{Announcement, Audience, Payload};

/// A comment or reply is there or has changed. `by` are those whom a reader must be able to see in order to see it.
pub(super) fn changed(comment: &CommentView, by: Vec<AccountId>, mentioned: &[PersonView]) -> Announcement {
    // Under which id it was sent is for its author alone.
    let public = CommentView { client_id: None, ..comment.clone() };
    let nameless = CommentView { answers: None, mentions: Vec::new(), ..public.clone() };
    let names = public.answers.iter().chain(mentioned).map(|person| person.id).collect();
    let [message, nameless] =
        [public, nameless].map(|comment| CommentMessage::Changed { comment: comment.into() }.into());
    Announcement {
        audience: Audience::Watchers(Topic::Post(comment.post)),
        about: by,
        payload: Payload::Naming { names, message, nameless: Box::new(nameless) },
    }
}

/// A comment or reply is stored: its author's windows are told under which id it was sent.
pub(super) fn stored(author: AccountId, comment: &CommentView) -> Announcement {
    let message = CommentMessage::Stored { comment: comment.clone().into() };
    Announcement::new(Audience::Account(author), [], message)
}

/// A comment or reply is gone.
pub(super) fn removed(post: PostId, comment: CommentId, by: Vec<AccountId>) -> Announcement {
    Announcement::new(Audience::Watchers(Topic::Post(post)), by, CommentMessage::Removed { post, comment })
}
