//! What a socket hears of an event that it may hear of. What is the same for all is made once.

use std::sync::Arc;

use protocol::{account::PersonView, comment::CommentView, live::ServerMessage};

use super::{Event, Outgoing, SharedCounts, Socket, frame};

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
                // Under which id it was sent is for its author alone.
                let public = CommentView { client_id: None, ..comment.clone() };
                message(&ServerMessage::Commented { comment: public.into() })
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
                if is_author(socket, comment)
                    || comment.answers.iter().chain(mentioned).any(|person| relations.hide(person.id)) =>
            {
                let comment = tailored(comment, mentioned, socket);
                message(&ServerMessage::Commented { comment: comment.into() })
            }
            _ => self.shared.clone(),
        }
    }
}

fn is_author(socket: &Socket, comment: &CommentView) -> bool {
    comment.author.as_ref().is_some_and(|author| author.id == socket.account)
}

/// The comment as its author sees it, or somebody from whom people are hidden.
fn tailored(comment: &CommentView, mentioned: &[PersonView], socket: &Socket) -> CommentView {
    let relations = &socket.relations;
    let mut comment = comment.clone();
    if !is_author(socket, &comment) {
        comment.client_id = None;
    }
    comment.answers.take_if(|person| relations.hide(person.id));
    let unseen = |name: &String| mentioned.iter().any(|one| one.username == *name && relations.hide(one.id));
    comment.mentions.retain(|name| !unseen(name));
    comment
}

fn message(message: &ServerMessage) -> Option<Outgoing> {
    frame(message).inspect_err(crate::Error::log).ok().map(Outgoing::Frame)
}
