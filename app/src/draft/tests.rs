use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::storage::{memory::MemoryStorage, unsent_keys};

fn ana() -> AccountId {
    Uuid::from_u128(1).into()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000)
}

/// One load of a page, alive from `seconds` on.
fn open(storage: &Arc<MemoryStorage>, id: u128, seconds: i64) -> Tabs {
    let storage: Arc<MemoryStorage> = Arc::clone(storage);
    let tabs = Tabs { storage, me: Uuid::from_u128(id) };
    tabs.heartbeat(at(seconds));
    tabs
}

fn drafts_of(tabs: &Tabs) -> DraftStore<'_> {
    DraftStore { tabs, account: ana() }
}

fn type_into(tabs: &Tabs, target: DraftTarget, body: &str, seconds: i64) {
    let content = Content { body: body.to_owned(), ..Content::default() };
    drafts_of(tabs).save(target, content, at(seconds));
}

fn restored(tabs: &Tabs, target: DraftTarget, seconds: i64) -> Option<String> {
    drafts_of(tabs).restore(target, at(seconds)).map(|content| content.body)
}

#[test]
fn a_letter_that_another_tab_types_and_deletes_erases_nothing() {
    let storage = MemoryStorage::new();
    let (one, two) = (open(&storage, 1, 0), open(&storage, 2, 0));
    type_into(&one, DraftTarget::NewPost, "a long thought", 1);
    type_into(&two, DraftTarget::NewPost, "x", 2);
    type_into(&two, DraftTarget::NewPost, "", 3);
    one.close();
    assert_eq!(restored(&open(&storage, 3, 4), DraftTarget::NewPost, 4).as_deref(), Some("a long thought"));
}

#[test]
fn a_reload_finds_what_its_own_tab_wrote_and_not_what_stands_in_another() {
    let storage = MemoryStorage::new();
    let (one, two) = (open(&storage, 1, 0), open(&storage, 2, 0));
    type_into(&one, DraftTarget::NewPost, "mine", 1);
    type_into(&two, DraftTarget::NewPost, "newer, elsewhere", 2);
    one.close();
    let reloaded = open(&storage, 3, 3);
    assert_eq!(restored(&reloaded, DraftTarget::NewPost, 3).as_deref(), Some("mine"));
    two.close();
    assert_eq!(restored(&open(&storage, 4, 4), DraftTarget::NewPost, 4).as_deref(), Some("newer, elsewhere"));
}

#[test]
fn of_several_drafts_that_tabs_left_the_newest_comes_first_and_none_is_lost() {
    let storage = MemoryStorage::new();
    for (id, text) in [(1, "older"), (2, "newer")] {
        let tab = open(&storage, id, 0);
        type_into(&tab, DraftTarget::NewPost, text, i64::try_from(id).expect("small"));
        tab.close();
    }
    let next = open(&storage, 3, 5);
    assert_eq!(restored(&next, DraftTarget::NewPost, 5).as_deref(), Some("newer"));
    type_into(&next, DraftTarget::NewPost, "", 6);
    assert_eq!(restored(&next, DraftTarget::NewPost, 7).as_deref(), Some("older"), "once the newer is sent");
}

#[test]
fn the_draft_of_a_tab_that_crashed_is_free_after_its_heartbeat() {
    let storage = MemoryStorage::new();
    type_into(&open(&storage, 1, 0), DraftTarget::NewPost, "about to", 1);
    let next = open(&storage, 2, 10);
    assert_eq!(restored(&next, DraftTarget::NewPost, 10), None, "it may only be slow");
    assert_eq!(restored(&next, DraftTarget::NewPost, 90).as_deref(), Some("about to"));
}

#[test]
fn each_place_has_its_own_draft() {
    let storage = MemoryStorage::new();
    let tab = open(&storage, 1, 0);
    let id = Uuid::from_u128(7);
    let targets = [
        DraftTarget::NewPost,
        DraftTarget::EditPost(id.into()),
        DraftTarget::Comment(id.into()),
        DraftTarget::Reply(id.into()),
        DraftTarget::EditComment(id.into()),
        DraftTarget::Message(id.into()),
    ];
    for (target, text) in targets.into_iter().zip(["a", "b", "c", "d", "e", "f"]) {
        type_into(&tab, target, text, 1);
    }
    let found = targets.map(|target| restored(&tab, target, 2).unwrap_or_default());
    assert_eq!(found, ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(unsent_keys(&*storage, ana()).len(), 6);
}

#[test]
fn an_edit_keeps_the_version_that_it_is_made_of() {
    let storage = MemoryStorage::new();
    let (tab, target) = (open(&storage, 1, 0), DraftTarget::EditPost(Uuid::from_u128(7).into()));
    let content = Content { body: "better".to_owned(), version: Some(3), ..Content::default() };
    drafts_of(&tab).save(target, content.clone(), at(1));
    tab.close();
    let next = open(&storage, 2, 2);
    assert!(drafts_of(&next).has(target, at(2)));
    assert_eq!(drafts_of(&next).restore(target, at(2)), Some(content));
}

#[test]
fn a_draft_is_its_authors_alone() {
    let storage = MemoryStorage::new();
    let tab = open(&storage, 1, 0);
    type_into(&tab, DraftTarget::NewPost, "for nobody else", 1);
    tab.close();
    let next = open(&storage, 2, 2);
    let ben = DraftStore { tabs: &next, account: Uuid::from_u128(2).into() };
    assert_eq!(ben.restore(DraftTarget::NewPost, at(2)), None);
    assert_eq!(
        restored(&next, DraftTarget::NewPost, 3).as_deref(),
        Some("for nobody else"),
        "signed in again"
    );
}

#[test]
fn a_storage_that_takes_nothing_is_no_harm() {
    let storage = MemoryStorage::full();
    let tab = open(&storage, 1, 0);
    type_into(&tab, DraftTarget::NewPost, "typed", 1);
    assert_eq!(restored(&tab, DraftTarget::NewPost, 2), None);
}
