//! Takes over what pages of before 2026-11-29 left in the browser: lists and drafts under keys that tabs shared. Once there
//! is nobody left who has not been here since, this can go.

use protocol::{AccountId, Timestamp, media::PictureView};
use serde::Deserialize;
use uuid::Uuid;

use super::{Storage, draft_prefix, outbox_prefix};
use crate::{
    draft::{Content, Place, StoredDraft},
    outbox::{Entry, Payload},
};

/// All that such a text may have in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Old {
    client_id: Uuid,
    content: Content,
    to: Option<AccountId>,
    body: String,
    pictures: Vec<PictureView>,
    sent: Vec<Self>,
    text: String,
}

/// Gives each thing a key of its own. It belongs to no tab, so the next one that wants it claims it.
pub(crate) fn migrate(local: &dyn Storage, session: &dyn Storage, account: AccountId, now: Timestamp) {
    let posts = take_list(local, &format!("kith.unsent.{account}.post"));
    let posts = posts.into_iter().map(|old| (old.client_id, Payload::Post(old.content)));
    let messages = take_list(session, &format!("kith.outbox.{account}"));
    let messages = messages.into_iter().filter_map(|old| {
        let Old { client_id, to, body, .. } = old;
        Some((client_id, Payload::Message { to: to?, body }))
    });
    for (place, (client_id, payload)) in (0..).zip(posts.chain(messages)) {
        let key = format!("{}{}.{client_id}", outbox_prefix(account), payload.kind());
        let entry = Entry::new(client_id, payload, Timestamp::from_micros(now.micros() + place));
        local.set(&key, &serde_json::to_string(&entry).unwrap_or_default());
    }
    let prefix = format!("kith.draft.{account}.");
    for key in local.keys() {
        let Some((text, place)) =
            key.strip_prefix(&prefix).and_then(|place| take(local, &key).zip(Some(place)))
        else {
            continue;
        };
        if let Some((place, content)) = draft(place, text) {
            let key = format!("{}{}.{}", draft_prefix(account), place.key(), Uuid::nil());
            let draft = StoredDraft { saved_at: Timestamp::from_micros(0), content };
            local.set(&key, &serde_json::to_string(&draft).unwrap_or_default());
        }
    }
}

fn draft(place: &str, text: String) -> Option<(Place, Content)> {
    if let Ok(person) = place.parse() {
        return Some((Place::Message(person), Content { body: text, ..Content::default() }));
    }
    let Old { body, pictures, sent, .. } = serde_json::from_str(&text).ok()?;
    let mut parts = place.split('.');
    let (place, version) = match (parts.next()?, parts.next(), parts.next()) {
        ("post", None, None) => (Place::NewPost, None),
        ("comment", Some(post), Some("")) => (Place::Comment(post.parse().ok()?), None),
        ("comment", _, Some(answered)) => (Place::Reply(answered.parse().ok()?), None),
        ("edit", Some(post), Some(version)) => (Place::EditPost(post.parse().ok()?), version.parse().ok()),
        _ => return None,
    };
    // Whether a comment had arrived, nobody knew: it stood in its form again.
    let lost = sent.iter().map(|sent| sent.text.as_str()).filter(|text| !body.contains(text));
    let body: Vec<&str> = lost.chain([body.as_str()]).filter(|text| !text.is_empty()).collect();
    Some((place, Content { body: body.join("\n\n"), pictures, version }))
}

fn take(storage: &dyn Storage, key: &str) -> Option<String> {
    let text = storage.get(key)?;
    storage.remove(key);
    Some(text)
}

fn take_list(storage: &dyn Storage, key: &str) -> Vec<Old> {
    take(storage, key).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{draft::DraftStore, outbox::Queue, storage::memory::MemoryStorage, tab::Tabs};

    const ANA: &str = "00000000-0000-0000-0000-000000000001";
    const BEN: &str = "00000000-0000-0000-0000-000000000002";
    const ID: &str = "00000000-0000-0000-0000-000000000007";

    fn account() -> AccountId {
        ANA.parse().expect("an id")
    }

    #[test]
    fn what_older_pages_left_is_taken_over_once() {
        let local = MemoryStorage::with(&[
            (
                &format!("kith.unsent.{ANA}.post"),
                &format!(r#"[{{"client_id":"{ID}","content":{{"body":"unsent","pictures":[]}}}}]"#),
            ),
            (&format!("kith.draft.{ANA}.post"), r#"{"body":"new post","pictures":[]}"#),
            (&format!("kith.draft.{ANA}.edit.{ID}.4"), r#"{"body":"other text","pictures":[]}"#),
            (
                &format!("kith.draft.{ANA}.comment.{ID}."),
                &format!(r#"{{"body":"half","sent":[{{"client_id":"{ID}","text":"sent"}}]}}"#),
            ),
            (&format!("kith.draft.{ANA}.comment.{ID}.{BEN}"), r#"{"body":"reply","sent":[]}"#),
            (&format!("kith.draft.{ANA}.{BEN}"), "hello Ben"),
            (&format!("kith.draft.{BEN}.post"), r#"{"body":"not Ana's","pictures":[]}"#),
        ]);
        let pending = format!(
            r#"[{{"client_id":"{BEN}","to":"{BEN}","body":"on its way","written_at":5,"problem":null}}]"#
        );
        let session = MemoryStorage::with(&[(&format!("kith.outbox.{ANA}"), &pending)]);
        for _ in 0..2 {
            migrate(&*local, &*session, account(), Timestamp::from_micros(1));
        }

        let mut queue = Queue::new(Arc::<MemoryStorage>::clone(&local), account());
        queue.start(Uuid::from_u128(9), |_| false);
        let payloads: Vec<Payload> = queue.mine().map(|entry| entry.payload.clone()).collect();
        let post = Content { body: "unsent".to_owned(), ..Content::default() };
        let message = Payload::Message { to: BEN.parse().expect("an id"), body: "on its way".to_owned() };
        assert_eq!(payloads, [Payload::Post(post), message]);

        let tabs = Tabs { storage: Arc::<MemoryStorage>::clone(&local), me: Uuid::from_u128(9) };
        let store = DraftStore { tabs: &tabs, account: account() };
        let body = |place| {
            let content = store.restore(place, Timestamp::from_micros(2));
            content.map(|content| (content.body, content.version))
        };
        let id: Uuid = ID.parse().expect("an id");
        assert_eq!(body(Place::NewPost), Some(("new post".to_owned(), None)));
        assert_eq!(body(Place::EditPost(id.into())), Some(("other text".to_owned(), Some(4))));
        assert_eq!(body(Place::Comment(id.into())), Some(("sent\n\nhalf".to_owned(), None)));
        assert_eq!(body(Place::Reply(BEN.parse().expect("an id"))), Some(("reply".to_owned(), None)));
        assert_eq!(body(Place::Message(BEN.parse().expect("an id"))), Some(("hello Ben".to_owned(), None)));
        assert!(local.get(&format!("kith.draft.{BEN}.post")).is_some(), "it waits for its author");
    }
}
