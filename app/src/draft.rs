//! What somebody is writing and has not sent: kept in the browser, for each place where one writes and each tab apart.
//!
//! A draft is stored under the place and the tab that it is written in, so no tab can erase what stands in another one. A
//! place that is opened takes over the newest draft of a tab that is gone ([`crate::tab`]); those of living tabs stay
//! theirs. The keys have the account's id in them: a draft waits in this browser until its author is signed in again.

use protocol::{AccountId, CommentId, ConversationId, PostId, Timestamp, media::PictureView};
use serde::{Deserialize, Serialize};

use crate::{
    browser,
    storage::draft_prefix,
    tab::{self, Tab, Tabs},
};

#[cfg(test)]
mod tests;
mod text;

pub(crate) use text::TextDraft;

/// A place where one writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DraftTarget {
    /// A new post.
    NewPost,
    /// Another text for a post.
    EditPost(PostId),
    /// A comment on a post.
    Comment(PostId),
    /// A reply to a comment.
    Reply(CommentId),
    /// Another text for a comment.
    EditComment(CommentId),
    /// A message.
    Message(AccountId),
    /// Another text for the message of this number.
    EditMessage(ConversationId, i64),
}

impl DraftTarget {
    pub(crate) fn name(self) -> String {
        match self {
            Self::NewPost => "post".to_owned(),
            Self::EditPost(post) => format!("edit-post.{post}"),
            Self::Comment(post) => format!("comment.{post}"),
            Self::Reply(comment) => format!("reply.{comment}"),
            Self::EditComment(comment) => format!("edit-comment.{comment}"),
            Self::Message(person) => format!("message.{person}"),
            Self::EditMessage(conversation, seq) => format!("edit-message.{conversation}.{seq}"),
        }
    }
}

/// What is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The text.
    pub body: String,
    /// The pictures that the host has.
    pub pictures: Vec<PictureView>,
    /// For another text of something: the version that it is made of.
    pub version: Option<u32>,
}

impl Content {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty() && self.pictures.is_empty()
    }
}

/// A draft as it is stored.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredDraft {
    pub(crate) saved_at: Timestamp,
    pub(crate) content: Content,
}

/// The drafts of one account, as one tab sees them.
pub(crate) struct DraftStore<'a> {
    pub(crate) tabs: &'a Tabs,
    pub(crate) account: AccountId,
}

impl DraftStore<'_> {
    /// Keeps what stands in a place of this tab; nothing, when nothing does.
    pub(crate) fn save(&self, target: DraftTarget, content: Content, now: Timestamp) {
        let key = self.key(target);
        if content.is_empty() {
            self.tabs.storage.remove(&key);
            return;
        }
        let text = serde_json::to_string(&StoredDraft { saved_at: now, content }).unwrap_or_default();
        // A full or forbidden storage keeps nothing; the page works on.
        _ = self.tabs.storage.set(&key, &text);
    }

    /// What was written for a target: in this tab, or else last in one that is gone.
    pub(crate) fn restore(&self, target: DraftTarget, now: Timestamp) -> Option<Content> {
        let own = self.key(target);
        if let Some(draft) = self.read(&own) {
            return Some(draft.content);
        }
        let (key, draft) = self.newest_orphan(target, now)?;
        let text = serde_json::to_string(&draft).unwrap_or_default();
        if self.tabs.storage.set(&own, &text) {
            self.tabs.storage.remove(&key);
        }
        Some(draft.content)
    }

    /// Whether [`Self::restore`] would find something.
    pub(crate) fn has(&self, target: DraftTarget, now: Timestamp) -> bool {
        self.read(&self.key(target)).is_some() || self.newest_orphan(target, now).is_some()
    }

    fn newest_orphan(&self, target: DraftTarget, now: Timestamp) -> Option<(String, StoredDraft)> {
        let prefix = self.prefix(target);
        let orphans = self.tabs.storage.keys().into_iter().filter_map(|key| {
            let tab = key.strip_prefix(&prefix)?.parse().ok()?;
            (!self.tabs.is_alive(tab, now)).then(|| Some((key.clone(), self.read(&key)?)))?
        });
        orphans.max_by_key(|(_, draft)| draft.saved_at)
    }

    fn read(&self, key: &str) -> Option<StoredDraft> {
        serde_json::from_str(&self.tabs.storage.get(key)?).ok()
    }

    fn prefix(&self, target: DraftTarget) -> String {
        format!("{}{}.", draft_prefix(self.account), target.name())
    }

    fn key(&self, target: DraftTarget) -> String {
        format!("{}{}", self.prefix(target), self.tabs.me)
    }
}

/// The drafts of whoever is signed in. Cheap to copy; for effects and events.
#[derive(Clone, Copy)]
pub(crate) struct Drafts {
    tab: Tab,
    account: Option<AccountId>,
}

/// The page's drafts.
pub(crate) fn drafts() -> Drafts {
    Drafts { tab: tab::tab(), account: crate::session::me().map(|me| me.person.id) }
}

impl Drafts {
    pub(crate) fn save(self, target: DraftTarget, content: Content) {
        self.with(|store| store.save(target, content, browser::now()));
    }

    pub(crate) fn restore(self, target: DraftTarget) -> Option<Content> {
        self.with(|store| store.restore(target, browser::now())).flatten()
    }

    pub(crate) fn has(self, target: DraftTarget) -> bool {
        self.with(|store| store.has(target, browser::now())) == Some(true)
    }

    pub(crate) fn discard(self, target: DraftTarget) {
        self.save(target, Content::default());
    }

    fn with<T>(self, read: impl FnOnce(&DraftStore<'_>) -> T) -> Option<T> {
        let account = self.account?;
        self.tab.with(|tabs| read(&DraftStore { tabs, account }))
    }
}
