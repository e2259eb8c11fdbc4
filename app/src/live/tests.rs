use protocol::{
    ConversationId,
    chat::{KnownPosition, RESUMED_CONVERSATIONS},
    post::{Counts, PostMessage},
};
use uuid::Uuid;

use super::*;

fn silent() -> Live {
    Live {
        status: RwSignal::new(Status::Off),
        badges: RwSignal::new(Badges::default()),
        other_account: RwSignal::new(None),
        parts: StoredValue::new(Parts::default()),
    }
}

fn known(conversation: u128, seq: i64) -> Option<KnownPosition> {
    Some(KnownPosition {
        conversation: ConversationId::from(Uuid::from_u128(conversation)),
        seq,
        revision: 0,
    })
}

/// Shows a conversation until the answer is cleaned up.
fn show(live: Live, seen: RwSignal<Option<KnownPosition>>) -> Owner {
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
    assert_eq!(live.followed_positions(), [], "before the first message there is nothing to resume");
    seen.set(known(1, 7));
    assert_eq!(Some(live.followed_positions()), known(1, 7).map(|seen| vec![seen]));
}

#[test]
fn a_conversation_that_is_shown_no_more_is_not_resumed() {
    let page = Owner::new();
    page.set();
    let (live, seen) = (silent(), RwSignal::new(known(1, 7)));
    // The next page is made before the old one is gone.
    let (before, after) = (show(live, seen), show(live, seen));
    before.cleanup();
    assert_eq!(live.followed_positions().len(), 1);
    after.cleanup();
    assert_eq!(live.followed_positions(), []);
}

#[test]
fn no_more_conversations_are_resumed_than_the_server_hears() {
    let page = Owner::new();
    page.set();
    let live = silent();
    let parts: Vec<Owner> = (1..=60).map(|id| show(live, RwSignal::new(known(id, 1)))).collect();
    let resumed = live.followed_positions();
    assert_eq!((resumed.len(), parts.len()), (RESUMED_CONVERSATIONS, 60));
    assert_eq!(resumed.first().copied(), known(60, 1), "the latest first");
}

fn post(number: u128) -> PostId {
    Uuid::from_u128(number).into()
}

fn counted(number: u128) -> ServerMessage {
    PostMessage::CountsChanged { post: post(number), counts: Counts::default() }.into()
}

#[test]
fn a_card_hears_of_its_own_post_alone_and_as_long_as_it_is_there() {
    let page = Owner::new();
    page.set();
    let live = silent();
    let heard = StoredValue::new(Vec::new());
    let cards: Vec<Owner> = (1..=3)
        .map(|number| {
            let card = Owner::new();
            card.with(|| {
                live.subscribe(Topic::Post(post(number)), move |_| {
                    heard.update_value(|heard| heard.push(number))
                })
            });
            card
        })
        .collect();
    live.received(&counted(2));
    live.received(&PostMessage::Removed { post: post(3) }.into());
    live.received(&counted(4));
    live.received(&Badges::NONE.chats(1).into());
    assert_eq!(heard.get_value(), [2, 3]);
    for card in cards {
        card.cleanup();
    }
    live.received(&counted(2));
    assert_eq!(heard.get_value(), [2, 3]);
    assert!(live.parts.with_value(|parts| parts.subscribers.is_empty()), "nothing is left behind");
}

#[test]
fn every_new_socket_is_told_what_is_near_the_screen() {
    let page = Owner::new();
    page.set();
    let live = silent();
    live.parts
        .update_value(|parts| (1..=3).for_each(|number| parts.watch_set.add(Topic::Post(post(number)), 1)));
    let welcome = Welcome { version: protocol::live::VERSION, resync: false }.into();
    for _ in 0..2 {
        let (queue, mut said) = futures::channel::mpsc::unbounded();
        live.opened(queue);
        live.received(&welcome);
        let Ok(ClientMessage::Watch { add, remove }) = said.try_recv() else { panic!("nothing is said") };
        assert_eq!((add.len(), remove.len()), (3, 0));
        assert!(said.try_recv().is_err(), "and nothing else");
        live.lost();
    }
}

#[test]
fn the_next_socket_says_up_to_where_everything_had_come() {
    let page = Owner::new();
    page.set();
    let live = silent();
    live.received(&Welcome { version: protocol::live::VERSION, resync: false }.into());
    assert_eq!(live.received_revision(), 0, "what came before the greeting is still on its way");
    live.received(&ServerMessage::Heartbeat { revision: 12 });
    assert_eq!(live.received_revision(), 12);
}
