use std::time::Duration;

use super::network::{ANNA, BEN, CAROL, Network, ROOM, SECOND};
use crate::config::Config;
use crate::id::{PeerId, RoomId};
use crate::output::{Event, Transport};
use crate::source::{Content, Occupant, Role, Source, View};

/// Everybody speaks and films.
fn all_on(network: &mut Network, people: &[PeerId]) {
    for id in people {
        network.join(*id);
    }
    for id in people {
        network.speak(*id, -30);
        network.film(*id);
    }
}

#[test]
fn two_people_see_and_hear_each_other() {
    let mut network = Network::new();
    all_on(&mut network, &[ANNA, BEN]);
    network.run(3 * SECOND);
    for (me, other) in [(ANNA, BEN), (BEN, ANNA)] {
        let client = network.client(me);
        assert!(client.sounds(other) > 120, "{me:?} got {} packets of sound", client.sounds(other));
        let pictures = client.pictures(other, Content::Person);
        assert!(pictures.len() > 50, "{me:?} got {} pictures", pictures.len());
        assert!(pictures[0].picture.unwrap().keyframe);
        assert_eq!(client.sounds(me), 0);
    }
    assert_eq!(network.events_of(|event| matches!(event, Event::Connected { .. })).len(), 2);
}

#[test]
fn three_people_see_and_hear_both_others() {
    let mut network = Network::new();
    all_on(&mut network, &[ANNA, BEN, CAROL]);
    network.run(3 * SECOND);
    for me in [ANNA, BEN, CAROL] {
        for other in [ANNA, BEN, CAROL].into_iter().filter(|other| *other != me) {
            assert!(network.client(me).sounds(other) > 120);
            assert!(network.client(me).pictures(other, Content::Person).len() > 50);
        }
    }
}

#[test]
fn ten_people_see_all_others_and_hear_the_loudest_four() {
    let mut network = Network::new();
    let people: Vec<PeerId> = (1..=10).map(PeerId).collect();
    for id in &people {
        network.join_as(*id, ROOM, Role::Participant, 9);
    }
    for id in &people {
        network.speak(*id, if id.0 <= 4 { -25 } else { -60 });
        network.film(*id);
    }
    network.run(2 * SECOND);
    for me in &people {
        let before: Vec<usize> = people.iter().map(|other| network.client(*me).sounds(*other)).collect();
        network.run(Duration::from_millis(200));
        let client = network.client(*me);
        for other in people.iter().filter(|other| *other != me) {
            assert!(client.pictures(*other, Content::Person).len() > 20, "{me:?} sees {other:?}");
        }
        let heard = people.iter().zip(before).filter(|(other, before)| client.sounds(**other) > *before);
        let heard: Vec<u64> = heard.map(|(other, _)| other.0).collect();
        let loudest: Vec<u64> = (1..=4).filter(|id| *id != me.0).collect();
        assert!(loudest.iter().all(|id| heard.contains(id)), "{me:?} hears {heard:?}");
        assert_eq!(heard.len(), 4, "{me:?} hears {heard:?}");
    }
}

#[test]
fn rooms_do_not_hear_each_other() {
    let mut network = Network::new();
    network.join(ANNA);
    network.join_as(BEN, RoomId(2), Role::Participant, 4);
    network.speak(ANNA, -30);
    network.film(ANNA);
    network.run(2 * SECOND);
    assert!(network.client(BEN).received.is_empty());
    assert!(network.client(BEN).slots.iter().all(|slot| slot.occupant.is_none()));
}

#[test]
fn who_joins_and_shares_is_seen_without_another_offer() {
    let mut network = Network::new();
    all_on(&mut network, &[ANNA]);
    network.run(SECOND);
    all_on(&mut network, &[BEN]);
    network.share_screen(BEN);
    network.run(2 * SECOND);
    let anna = network.client(ANNA);
    assert!(anna.pictures(BEN, Content::Person).len() > 20);
    assert!(anna.pictures(BEN, Content::Screen).len() > 50);
    assert!(anna.pictures(BEN, Content::Screen).iter().all(|packet| packet.picture.unwrap().height == 1080));
}

#[test]
fn what_is_switched_off_reaches_nobody() {
    let mut network = Network::new();
    all_on(&mut network, &[ANNA, BEN]);
    network.run(2 * SECOND);
    network.sfu.set_sending(ANNA, Source::Microphone, false, network.now).unwrap();
    network.sfu.set_sending(ANNA, Source::Camera, false, network.now).unwrap();
    network.run(Duration::from_millis(200));
    let before = network.client(BEN).received.len();
    network.run(2 * SECOND);
    assert_eq!(network.client(BEN).received.len(), before);
    assert!(network.client(BEN).slot_of(ANNA, Content::Person).is_none());
}

#[test]
fn nothing_is_forwarded_before_the_server_switches_it_on() {
    let mut network = Network::new();
    network.join(ANNA);
    network.join(BEN);
    let now = network.now;
    network.client(ANNA).microphone = Some(super::client::Microphone::new(-20, now));
    network.run(2 * SECOND);
    assert!(network.sfu.stats().received > 50);
    assert_eq!(network.sfu.stats().forwarded, 0);
}

#[test]
fn a_slot_that_was_left_continues_with_somebody_else() {
    let mut network = Network::new();
    network.join_as(ANNA, ROOM, Role::Participant, 1);
    for id in [BEN, CAROL] {
        network.join(id);
        network.speak(id, -30);
        network.film(id);
    }
    network.run(2 * SECOND);
    let slot = network.client(ANNA).slot_of(BEN, Content::Person).unwrap().clone();
    network.sfu.leave(BEN, network.now);
    network.run(2 * SECOND);
    let anna = network.client(ANNA);
    assert_eq!(anna.slot_of(CAROL, Content::Person).unwrap().video_mid, slot.video_mid);
    for mid in [&slot.video_mid, &slot.audio_mid] {
        let line = anna.line(mid);
        assert!(
            line.iter().any(|packet| packet.sender == BEN)
                && line.iter().any(|packet| packet.sender == CAROL)
        );
        for pair in line.windows(2) {
            assert_eq!(pair[1].seq, pair[0].seq + 1, "{pair:?}");
            assert!(pair[1].time.wrapping_sub(pair[0].time) < 90_000, "{pair:?}");
        }
    }
}

#[test]
fn a_client_gets_no_video_of_whom_it_does_not_show() {
    let mut network = Network::new();
    all_on(&mut network, &[ANNA, BEN]);
    network.run(SECOND);
    let occupant = Occupant { peer: BEN, content: Content::Person };
    let hidden = View { occupant, height: 0, pinned: false };
    network.sfu.set_views(ANNA, vec![hidden], network.now).unwrap();
    network.run(Duration::from_millis(200));
    let (pictures, sounds) =
        (network.client(ANNA).pictures(BEN, Content::Person).len(), network.client(ANNA).sounds(BEN));
    network.run(2 * SECOND);
    assert_eq!(network.client(ANNA).pictures(BEN, Content::Person).len(), pictures);
    assert!(network.client(ANNA).sounds(BEN) > sounds + 90);
    network.sfu.set_views(ANNA, vec![View { height: 360, ..hidden }], network.now).unwrap();
    network.run(SECOND);
    let after = network.client(ANNA).pictures(BEN, Content::Person);
    assert!(after.len() > pictures + 15);
    assert!(after[pictures].picture.unwrap().keyframe);
}

#[test]
fn a_client_offers_more_slots_when_it_needs_them() {
    let mut network = Network::new();
    network.join_as(ANNA, ROOM, Role::Participant, 1);
    for id in [BEN, CAROL] {
        network.join(id);
        network.film(id);
    }
    network.run(SECOND);
    assert!(network.client(ANNA).slot_of(CAROL, Content::Person).is_none());
    let now = network.now;
    let offer = network.client(ANNA).offer_more_slots(1);
    let answer = network.sfu.renegotiate(ANNA, &offer, now).unwrap();
    network.client(ANNA).take_answer(&answer);
    network.run(SECOND);
    for id in [BEN, CAROL] {
        assert!(network.client(ANNA).pictures(id, Content::Person).len() > 15);
    }
}

#[test]
fn a_client_may_come_over_tcp() {
    let mut network = Network::new();
    network.join(ANNA);
    network.sfu.join(ROOM, BEN, Role::Participant, network.now).unwrap();
    network.links.insert(BEN, super::network::Link::GOOD);
    network.connect(BEN, 4, Transport::Tcp);
    network.speak(ANNA, -30);
    network.speak(BEN, -30);
    network.run(2 * SECOND);
    assert!(network.client(ANNA).sounds(BEN) > 50);
    assert!(network.client(BEN).sounds(ANNA) > 50);
    let to_ben = network.sent.iter().filter(|(_, transmit)| transmit.destination == Network::address(BEN));
    assert!(to_ben.clone().count() > 50);
    assert!(to_ben.clone().all(|(_, transmit)| transmit.transport == Transport::Tcp));
}

#[test]
fn the_default_limits_are_those_of_a_small_community() {
    let config = Config::default();
    assert_eq!((config.participants, config.listeners), (16, 50));
}
