//! What a socket hears of an event that it may hear of. What is the same for all is made once.

use std::sync::Arc;

use protocol::{account::PersonView, comment::CommentView, live::ServerMessage};

use super::{Event, Outgoing, Relations, SharedCounts, Socket, frame};

/// The frames of an event that are the same for many sockets.
pub(super) struct Frames {
    shared: Option<Outgoing>,
    /// For whom the author of a post belongs to the feed "Following".
    following: Option<Outgoing>,
}

impl Frames {
    pub(super) fn of(event: &Event) -> Self {
        let published = |following| match event {
            Event::Published { post, author } => {
                message(&ServerMessage::Published { post: *post, author: *author, following })
            }
            _ => None,
        };
        let shared = match event {
            Event::Published { .. } => published(false),
            Event::Counted { post, .. } => Some(Outgoing::Counts(Arc::new(SharedCounts::new(*post)))),
            Event::Edited { post, .. } => message(&ServerMessage::Edited { post: *post }),
            Event::Removed { post, .. } => message(&ServerMessage::Removed { post: *post }),
            Event::Commented { comment, .. } => {
                message(&ServerMessage::Commented { comment: comment.clone().into() })
            }
            Event::Uncommented { post, comment, .. } => {
                message(&ServerMessage::Uncommented { post: *post, comment: *comment })
            }
            Event::Message { message: said, .. } => {
                message(&ServerMessage::Message { message: said.clone() })
            }
            Event::Read { .. } | Event::RelationsChanged { .. } | Event::SignedOut { .. } => None,
        };
        Self { shared, following: published(true) }
    }

    /// What is to be sent to a socket.
    pub(super) fn of_socket(&self, event: &Event, socket: &Socket) -> Vec<Outgoing> {
        let unread = matches!(event, Event::Message { .. }).then_some(Outgoing::Unread);
        self.frame(event, socket).into_iter().chain(unread).collect()
    }

    fn frame(&self, event: &Event, socket: &Socket) -> Option<Outgoing> {
        let relations = &socket.relations;
        match event {
            Event::Published { author, .. } if socket.account == *author || relations.follow(*author) => {
                self.following.clone()
            }
            Event::Counted { post, .. } if !relations.hide_nobody() => Some(Outgoing::Recount(*post)),
            Event::Commented { comment, mentioned, .. }
                if comment.answers.iter().chain(mentioned).any(|person| relations.hide(person.id)) =>
            {
                let comment = without(comment, mentioned, relations);
                message(&ServerMessage::Commented { comment: comment.into() })
            }
            _ => self.shared.clone(),
        }
    }
}

/// The comment as somebody sees it from whom people are hidden.
fn without(comment: &CommentView, mentioned: &[PersonView], relations: &Relations) -> CommentView {
    let mut comment = comment.clone();
    comment.answers.take_if(|person| relations.hide(person.id));
    let unseen = |name: &String| mentioned.iter().any(|one| one.username == *name && relations.hide(one.id));
    comment.mentions.retain(|name| !unseen(name));
    comment
}

fn message(message: &ServerMessage) -> Option<Outgoing> {
    frame(message).inspect_err(crate::Error::log).ok().map(Outgoing::Frame)
}
