use std::time::{Duration, Instant};

use super::network::{ANNA, BEN, CAROL, Link, Network, ROOM, SECOND};
use crate::id::{PeerId, RoomId};
use crate::output::{Event, Loss, Transmit};
use crate::refusal::Refusal;
use crate::sfu::Sfu;
use crate::source::{Role, Source};
use crate::testing::start;

#[test]
fn whoever_is_removed_gets_a_good_bye_and_nothing_else() {
    let mut network = Network::of_two();
    let (at, before) = (network.now, network.sent.len());
    network.sfu.leave(BEN, at);
    network.run(3 * SECOND);
    let to_ben = |sent: &&(Instant, Transmit)| sent.1.destination == Network::address(BEN);
    let after: Vec<_> = network.sent[before..].iter().filter(to_ben).collect();
    assert!(after.iter().all(|(sent, _)| *sent == at), "something was sent later");
    // RTCP (RFC 5761, section 4) and DTLS, but no media.
    let is_media = |payload: &[u8]| (128..192).contains(&payload[0]) && !(192..224).contains(&payload[1]);
    assert!(!after.is_empty() && !after.iter().any(|(_, sent)| is_media(&sent.payload)));
    assert_eq!(network.sfu.members(ROOM), [ANNA]);
}

#[test]
fn nothing_of_whoever_is_removed_is_forwarded() {
    let mut network = Network::of_two();
    let packets = network.hold_back(BEN);
    network.sfu.leave(BEN, network.now);
    network.run(Duration::from_millis(100));
    let before = (network.client(ANNA).received.len(), network.sfu.stats());
    for packet in &packets {
        network.inject(Network::address(BEN), packet);
    }
    network.run(SECOND);
    assert_eq!(network.client(ANNA).received.len(), before.0);
    assert_eq!(network.sfu.stats().forwarded, before.1.forwarded);
    assert!(network.sfu.stats().unrouted >= before.1.unrouted + packets.len() as u64);
    assert!(network.client(ANNA).slots.iter().all(|slot| slot.occupant.is_none()));
}

#[test]
fn whoever_vanishes_is_removed_after_the_grace_time_and_not_before() {
    let mut network = Network::of_two();
    network.links.insert(BEN, Link::CUT);
    network.run(Duration::from_secs(29));
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN]);
    network.run(2 * SECOND);
    assert_eq!(network.sfu.members(ROOM), [ANNA]);
    let removed = network.events_of(|event| matches!(event, Event::Removed { .. }));
    assert_eq!(removed, [Event::Removed { peer: BEN, room: ROOM }]);
    let lost = network.events_of(|event| matches!(event, Event::Disconnected { .. }));
    assert_eq!(lost, [Event::Disconnected { peer: BEN, loss: Loss::Silent }]);
}

#[test]
fn whoever_never_connects_is_removed_after_the_grace_time() {
    let mut network = Network::new();
    network.sfu.join(ROOM, ANNA, Role::Participant, network.now).unwrap();
    network.run(Duration::from_secs(29));
    assert_eq!(network.sfu.members(ROOM), [ANNA]);
    network.run(2 * SECOND);
    assert!(network.sfu.members(ROOM).is_empty());
}

#[test]
fn a_listener_who_says_nothing_stays() {
    let mut network = Network::of_two();
    network.join_as(CAROL, ROOM, Role::Listener, 4);
    network.run(Duration::from_secs(60));
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN, CAROL]);
    assert!(network.client(CAROL).sounds(ANNA) > 2_000);
}

#[test]
fn a_listener_sends_nothing() {
    let mut network = Network::new();
    network.join_as(ANNA, ROOM, Role::Listener, 4);
    let refused = network.sfu.set_sending(ANNA, Source::Microphone, true, network.now);
    assert_eq!(refused, Err(Refusal::ListenersOnlyReceive));
}

#[test]
fn a_room_has_limits_for_each_role() {
    let mut sfu = Network::with(|config| (config.participants, config.listeners) = (2, 1)).sfu;
    let mut join = |id: u64, role| sfu.join(ROOM, PeerId(id), role, start());
    assert_eq!(join(1, Role::Participant), Ok(()));
    assert_eq!(join(2, Role::Participant), Ok(()));
    assert_eq!(join(3, Role::Participant), Err(Refusal::RoomFull));
    assert_eq!(join(4, Role::Listener), Ok(()));
    assert_eq!(join(5, Role::Listener), Err(Refusal::RoomFull));
    assert_eq!(join(1, Role::Participant), Err(Refusal::AlreadyJoined));
}

#[test]
fn there_are_only_so_many_rooms_and_empty_ones_are_none() {
    let mut sfu: Sfu = Network::with(|config| config.rooms = 1).sfu;
    let now = start();
    assert_eq!(sfu.join(RoomId(1), ANNA, Role::Participant, now), Ok(()));
    assert_eq!(sfu.join(RoomId(2), BEN, Role::Participant, now), Err(Refusal::TooManyRooms));
    sfu.leave(ANNA, now);
    assert_eq!(sfu.join(RoomId(2), BEN, Role::Participant, now), Ok(()));
}

#[test]
fn nothing_can_be_done_for_whoever_is_not_there() {
    let mut sfu = Network::new().sfu;
    let now = start();
    sfu.leave(ANNA, now);
    assert_eq!(sfu.connect(ANNA, "", now), Err(Refusal::UnknownPeer));
    assert_eq!(sfu.renegotiate(ANNA, "", now), Err(Refusal::UnknownPeer));
    assert_eq!(sfu.set_sending(ANNA, Source::Camera, true, now), Err(Refusal::UnknownPeer));
    assert_eq!(sfu.set_views(ANNA, Vec::new(), now), Err(Refusal::UnknownPeer));
    sfu.join(ROOM, ANNA, Role::Participant, now).unwrap();
    assert_eq!(sfu.renegotiate(ANNA, "", now), Err(Refusal::NotConnected));
}
