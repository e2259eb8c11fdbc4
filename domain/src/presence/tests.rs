use std::time::Duration;

use protocol::{
    Timestamp,
    live::{ClientMessage, ServerMessage, Topic, Watched},
    presence::{Presence, PresenceMessage, PresenceRequest, PresenceView},
};

use super::{states, tell_due};
use crate::{
    Scope, chat, deletion,
    live::{self, Opening},
    profile, session,
    testing::{Seed, Socket, both, id},
};

/// Seconds until somebody who is gone is offline.
const SETTLING: i64 = crate::hub::SETTLING.as_secs() as i64;

/// How it is with `person`, as `reader` is told.
async fn state(seed: &Seed, reader: &Scope, person: &Scope) -> PresenceView {
    states(&seed.cx, reader, &[id(person)]).await.expect("an answer").remove(0).1
}

/// `reader` opens a socket that watches `person`.
async fn watching(seed: &Seed, reader: &Scope, person: &Scope) -> Socket {
    let socket = seed.connect(reader).await;
    socket.say(watch(person)).await;
    socket
}

fn watch(person: &Scope) -> ClientMessage {
    let watched = Watched { topic: Topic::Person(id(person)), since: 0 };
    ClientMessage::Watch { add: vec![watched], remove: Vec::new() }
}

/// What was heard of people's presence, with all that settles by then.
async fn heard(seed: &Seed, socket: &mut Socket) -> Vec<PresenceView> {
    tell_due(&seed.cx, Duration::ZERO).await;
    let heard = socket.received().await.into_iter();
    let presence = heard.filter_map(|message| match message {
        ServerMessage::Presence(PresenceMessage::State { presence, .. }) => Some(presence),
        _ => None,
    });
    presence.collect()
}

fn offline_since(last_seen: Timestamp) -> PresenceView {
    PresenceView { state: Presence::Offline, last_seen: Some(last_seen) }
}

#[tokio::test]
async fn whoever_has_a_page_open_is_online_and_then_was_last_seen() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let page = seed.connect(&ana).await;
        assert_eq!(state(&seed, &ben, &ana).await, Presence::Online.into());
        seed.clock.advance_seconds(60);
        drop(page);
        let gone = seed.cx.now();
        seed.clock.advance_seconds(SETTLING);
        tell_due(&seed.cx, Duration::ZERO).await;
        seed.clock.advance_seconds(600);
        assert_eq!(state(&seed, &ben, &ana).await, offline_since(gone));
    })
    .await;
}

#[tokio::test]
async fn whoever_reloads_a_page_is_not_gone() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let page = seed.connect(&ana).await;
        let mut reader = watching(&seed, &ben, &ana).await;
        heard(&seed, &mut reader).await;
        drop(page);
        seed.clock.advance_seconds(SETTLING - 1);
        assert_eq!(heard(&seed, &mut reader).await, []);
        let _page = seed.connect(&ana).await;
        seed.clock.advance_seconds(SETTLING);
        assert_eq!(heard(&seed, &mut reader).await, []);
        assert_eq!(state(&seed, &ben, &ana).await, Presence::Online.into());
    })
    .await;
}

#[tokio::test]
async fn coming_and_going_are_told_to_whoever_watches() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut reader = watching(&seed, &ben, &ana).await;
        heard(&seed, &mut reader).await;
        let page = seed.connect(&ana).await;
        assert_eq!(heard(&seed, &mut reader).await, [Presence::Online.into()]);
        seed.clock.advance_seconds(60);
        drop(page);
        let gone = seed.cx.now();
        seed.clock.advance_seconds(SETTLING);
        assert_eq!(heard(&seed, &mut reader).await, [offline_since(gone)]);
    })
    .await;
}

#[tokio::test]
async fn somebody_is_away_when_all_their_pages_are_hidden() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (one, other) = (seed.connect(&ana).await, seed.connect(&ana).await);
        let mut reader = watching(&seed, &ben, &ana).await;
        heard(&seed, &mut reader).await;
        one.say(PresenceRequest::Away).await;
        seed.clock.advance_seconds(SETTLING);
        assert_eq!(heard(&seed, &mut reader).await, [], "the other page is still looked at");
        other.say(PresenceRequest::Away).await;
        seed.clock.advance_seconds(SETTLING);
        assert_eq!(heard(&seed, &mut reader).await, [Presence::Away.into()]);
        seed.clock.advance_seconds(1);
        one.say(PresenceRequest::Back).await;
        assert_eq!(heard(&seed, &mut reader).await, [Presence::Online.into()]);
    })
    .await;
}

#[tokio::test]
async fn a_hidden_page_that_comes_back_after_a_break_is_still_away() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let opening = Opening { is_away: true, ..seed.opening(&ana, None).await };
        let _page = live::connect(&seed.cx, &ana, opening).await.unwrap();
        assert_eq!(state(&seed, &ben, &ana).await, Presence::Away.into());
    })
    .await;
}

#[tokio::test]
async fn whoever_closes_their_account_goes_off_the_screens_that_watch_them() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let _page = seed.connect(&ana).await;
        let mut reader = watching(&seed, &ben, &ana).await;
        heard(&seed, &mut reader).await;
        deletion::close_account(&seed.cx, &ana, Seed::form("ana").password).await.unwrap();
        seed.clock.advance_seconds(SETTLING);
        assert_eq!(heard(&seed, &mut reader).await, [PresenceView::default()]);
    })
    .await;
}

#[tokio::test]
async fn whoever_logs_out_was_last_seen_then() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let _page = seed.connect(&ana).await;
        session::log_out(&seed.cx, &ana).await.unwrap();
        let gone = seed.cx.now();
        seed.clock.advance_seconds(SETTLING);
        tell_due(&seed.cx, Duration::ZERO).await;
        assert_eq!(state(&seed, &ben, &ana).await, offline_since(gone));
        assert!(seed.cx.hub.knows_nobody());
    })
    .await;
}

#[tokio::test]
async fn profile_and_chat_say_it() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ben, &ana, "hello").await;
        let _page = seed.connect(&ana).await;
        let profile = profile::view(&seed.cx, &ben, "ana", None).await.unwrap();
        let protocol::profile::ProfileView::Open(details) = profile else { panic!("{profile:?}") };
        assert_eq!(details.presence, Presence::Online.into());
        let chat = chat::open(&seed.cx, &ben, "ana").await.unwrap();
        assert_eq!(chat.presence, Presence::Online.into());
        let rows = chat::conversations(&seed.cx, &ben).await.unwrap();
        assert_eq!(rows[0].presence, Presence::Online);
        let carl = seed.person("carl").await;
        let partners = chat::partners::list(&seed.cx, &carl, Default::default()).await.unwrap();
        let shown: Vec<_> = partners.items.iter().map(|row| (&*row.person.username, row.presence)).collect();
        assert_eq!(shown, [("ben", Presence::Offline), ("ana", Presence::Online)]);
    })
    .await;
}
