use protocol::{
    ConversationId,
    live::{RESUMED_CONVERSATIONS, Seen},
};
use uuid::Uuid;

use super::*;

fn silent() -> Live {
    Live {
        status: RwSignal::new(Status::Off),
        unread: RwSignal::new(0),
        parts: StoredValue::new(Parts::default()),
    }
}

fn known(conversation: u128, seq: i64) -> Option<Seen> {
    Some(Seen { conversation: ConversationId::from(Uuid::from_u128(conversation)), seq })
}

/// Shows a conversation until the answer is cleaned up.
fn show(live: Live, seen: RwSignal<Option<Seen>>) -> Owner {
    let part = Owner::new();
    part.with(|| live.follow(seen.into()));
    part
}

#[test]
fn a_conversation_is_resumed_as_far_as_it_is_known_now() {
    let page = Owner::new();
    page.set();
    let (live, seen) = (silent(), RwSignal::new(None));
    let _part = show(live, seen);
    assert_eq!(live.seen(), [], "before the first message there is nothing to resume");
    seen.set(known(1, 7));
    assert_eq!(Some(live.seen()), known(1, 7).map(|seen| vec![seen]));
}

#[test]
fn a_conversation_that_is_shown_no_more_is_not_resumed() {
    let page = Owner::new();
    page.set();
    let (live, seen) = (silent(), RwSignal::new(known(1, 7)));
    // The next page is made before the old one is gone.
    let (before, after) = (show(live, seen), show(live, seen));
    before.cleanup();
    assert_eq!(live.seen().len(), 1);
    after.cleanup();
    assert_eq!(live.seen(), []);
}

#[test]
fn no_more_conversations_are_resumed_than_the_server_hears() {
    let page = Owner::new();
    page.set();
    let live = silent();
    let parts: Vec<Owner> = (1..=60).map(|id| show(live, RwSignal::new(known(id, 1)))).collect();
    let resumed = live.seen();
    assert_eq!((resumed.len(), parts.len()), (RESUMED_CONVERSATIONS, 60));
    assert_eq!(resumed.first().copied(), known(60, 1), "the latest first");
}
