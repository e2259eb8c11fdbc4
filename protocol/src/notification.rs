//! What people are told of others' doings.

use serde::{Deserialize, Serialize};

use crate::{CommentId, NotificationId, Page, PostId, Timestamp, account::PersonView, live::topic::Topic};

mod settings;

pub use settings::{NotificationKind, NotificationSettings, QuietTime};

/// Characters of an excerpt at most.
pub const EXCERPT_CHARS: usize = 160;

/// A notification, as the person whom it tells sees it. The likes of one post are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationView {
    /// That of the latest cause in it. Whoever reads or deletes it names this one: what comes after is not read yet.
    pub id: NotificationId,
    /// What happened.
    pub cause: Cause,
    /// Who did it: the latest, and before them one more who likes the same post.
    pub people: Vec<PersonView>,
    /// How many more like the same post.
    pub others: u32,
    /// How the text begins that it is about; empty without one.
    pub excerpt: String,
    /// When the latest of it happened.
    pub happened_at: Timestamp,
    /// Whether something of it is unread.
    pub is_unread: bool,
}

/// What happened, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Somebody likes an own post.
    Like(PostId),
    /// Somebody commented on an own post.
    Comment(PostId, CommentId),
    /// Somebody replied to an own comment, or in the thread below it.
    Reply(PostId, CommentId),
    /// Somebody mentioned the person: in a comment, or else in the post itself.
    Mention(PostId, Option<CommentId>),
    /// Somebody follows the person.
    Follow,
    /// Somebody wrote to the person.
    Message,
}

impl Cause {
    /// The kind of notification that it makes.
    pub const fn kind(self) -> NotificationKind {
        match self {
            Self::Like(_) => NotificationKind::Like,
            Self::Comment(..) => NotificationKind::Comment,
            Self::Reply(..) => NotificationKind::Reply,
            Self::Mention(..) => NotificationKind::Mention,
            Self::Follow => NotificationKind::Follow,
            Self::Message => NotificationKind::Message,
        }
    }
}

/// A part of somebody's notifications, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationList {
    /// They.
    pub page: Page<NotificationView>,
    /// Whoever reads or deletes all of them names this one: what comes after it was not on the page.
    pub through: NotificationId,
}

/// A notification that has just come, as far as its person wants to see it at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNotification {
    /// It.
    pub notification: NotificationView,
    /// When it is not to be shown at once; the browser knows what time it is where the person is.
    pub quiet: Option<QuietTime>,
}

/// About the notifications of this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationMessage {
    /// One has come.
    Added {
        /// Which.
        notification: NotificationId,
    },
    /// Some are others by now, or gone.
    Changed,
}

impl NotificationMessage {
    /// What it is about.
    pub(crate) const fn topic(&self) -> Topic {
        Topic::Notifications
    }
}

#[cfg(test)]
mod tests;
