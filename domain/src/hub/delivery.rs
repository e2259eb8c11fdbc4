//! An announcement as the sockets get it: its frames are made once.

use bytes::Bytes;
use protocol::{
    AccountId,
    live::{ServerMessage, Topic},
};

use super::relations::{Relations, Verdict};
use crate::{
    Error,
    bus::{Announcement, Audience, Payload},
};

/// An announcement whose frames are made.
#[derive(Debug)]
pub struct Delivery {
    pub(super) audience: Audience,
    about: Vec<AccountId>,
    pub(super) content: Content,
    /// Whether sockets that resume are not told.
    pub(super) is_transient: bool,
}

#[derive(Debug)]
pub(super) enum Content {
    Frame { frame: Bytes, names: Vec<AccountId>, nameless: Bytes },
    PerReader(Topic),
}

impl Delivery {
    pub(super) fn new(announcement: Announcement) -> Result<Self, Error> {
        let Announcement { audience, about, payload } = announcement;
        let is_transient = matches!(payload, Payload::Transient(_));
        let content = match payload {
            Payload::Message(message) | Payload::Transient(message) => {
                Content::Frame { frame: frame(&message)?, names: Vec::new(), nameless: Bytes::new() }
            }
            Payload::Naming { names, message, nameless } => {
                Content::Frame { frame: frame(&message)?, names, nameless: frame(&nameless)? }
            }
            Payload::PerReader(topic) => Content::PerReader(topic),
        };
        Ok(Self { audience, about, content, is_transient })
    }

    /// What `reader` gets of it, as far as their relations are known.
    pub(super) fn frame_for(&self, reader: AccountId, relations: &Relations) -> Verdict<Bytes> {
        let Content::Frame { frame, names, nameless } = &self.content else { return Verdict::Hidden };
        let others = || self.about.iter().filter(|person| **person != reader);
        let followed = match &self.audience {
            Audience::Followers(person) if *person != reader => Some(person),
            _ => None,
        };
        if others().chain(names).chain(followed).any(|person| relations.are_uncertain_about(*person)) {
            Verdict::Uncertain
        } else if others().any(|person| relations.hide(*person))
            || followed.is_some_and(|person| !relations.follow(*person))
        {
            Verdict::Hidden
        } else if names.iter().any(|person| relations.hide(*person)) {
            Verdict::Visible(nameless.clone())
        } else {
            Verdict::Visible(frame.clone())
        }
    }

    /// Whether this person belongs to the audience, relations aside.
    pub(super) fn concerns(&self, person: AccountId) -> bool {
        match &self.audience {
            Audience::Everyone | Audience::Followers(_) => true,
            Audience::Account(one) => *one == person,
            Audience::Members(members) => members.contains(&person),
            Audience::Watchers(_) => false,
        }
    }

    /// Bytes that it takes to keep.
    pub(super) fn len(&self) -> usize {
        match &self.content {
            Content::Frame { frame, nameless, .. } => frame.len() + nameless.len(),
            Content::PerReader(_) => 0,
        }
    }
}

/// A message as it goes over the wire.
///
/// # Errors
/// None that can be caused from outside.
pub fn frame(message: &ServerMessage) -> Result<Bytes, Error> {
    serde_json::to_vec(message).map(Bytes::from).map_err(Error::internal)
}
