use std::time::Duration;

use super::{STRANGER, assert_unharmed, mutate};
use crate::config::MAX_DATAGRAM_BYTES;
use crate::output::{Event, Loss, Transport};
use crate::source::Role;
use crate::tests::client::Client;
use crate::tests::network::{ANNA, BEN, CAROL, Link, Network, ROOM, SECOND};
use crate::tests::rng::Rng;

#[test]
fn junk_of_a_stranger_is_dropped_without_an_answer() {
    let mut network = Network::of_two();
    let mut rng = Rng(1);
    let unrouted = network.sfu.stats().unrouted;
    for length in 0..2_000 {
        let junk: Vec<u8> = (0..length % 200).map(|_| rng.next() as u8).collect();
        network.inject(Network::address(STRANGER), &junk);
    }
    assert_eq!(network.sfu.stats().unrouted, unrouted + 2_000);
    assert!(network.sent.iter().all(|(_, sent)| sent.destination != Network::address(STRANGER)));
    assert_unharmed(&mut network);
}

#[test]
fn junk_with_a_participants_address_does_no_harm() {
    let mut network = Network::of_two();
    let mut rng = Rng(2);
    for first in 0..=255 {
        for length in [1, 2, 12, 13, 20, 60, 1_200, MAX_DATAGRAM_BYTES, MAX_DATAGRAM_BYTES + 1] {
            let mut junk: Vec<u8> = (0..length).map(|_| rng.next() as u8).collect();
            junk[0] = first;
            network.inject(Network::address(BEN), &junk);
        }
    }
    assert_unharmed(&mut network);
}

#[test]
fn packets_that_are_sent_again_are_not_forwarded_again() {
    let mut network = Network::of_two();
    let captured = network.hold_back(BEN);
    for payload in &captured {
        network.inject(Network::address(BEN), payload);
    }
    network.run(Duration::from_millis(100));
    let forwarded = network.sfu.stats().forwarded;
    assert!(captured.len() > 100);
    let media = |payload: &&Vec<u8>| (128..192).contains(&payload[0]) && !(192..224).contains(&payload[1]);
    for payload in captured.iter().filter(media) {
        network.inject(Network::address(BEN), payload);
    }
    assert_eq!(network.sfu.stats().forwarded, forwarded);
    assert_unharmed(&mut network);
}

#[test]
fn packets_from_another_address_are_not_forwarded() {
    let mut network = Network::of_two();
    let captured = network.hold_back(BEN);
    let received = network.sfu.stats().received;
    for payload in captured.iter().filter(|payload| payload[0] > 3) {
        network.inject(Network::address(STRANGER), payload);
    }
    assert_eq!(network.sfu.stats().received, received);
}

#[test]
fn packets_with_another_participants_address_are_not_forwarded() {
    let mut network = Network::of_two();
    let captured = network.hold_back(BEN);
    let received = network.sfu.stats().received;
    for payload in captured.iter().filter(|payload| (128..192).contains(&payload[0])) {
        network.inject(Network::address(ANNA), payload);
    }
    assert_eq!(network.sfu.stats().received, received);
    assert_unharmed(&mut network);
}

#[test]
fn a_forged_source_takes_no_stream_over() {
    let mut network = Network::of_two();
    let captured = network.hold_back(BEN);
    let pictures = captured.into_iter().filter(|payload| payload.len() > 500);
    for (index, mut forged) in pictures.enumerate() {
        forged[8..12].copy_from_slice(&[6, 6, 6, index as u8]);
        network.inject(Network::address(BEN), &forged);
    }
    assert_unharmed(&mut network);
}

#[test]
fn a_client_without_our_password_does_not_connect() {
    let mut network = Network::of_two();
    network.sfu.join(ROOM, CAROL, Role::Participant, network.now).unwrap();
    let mut stranger = Client::new(STRANGER, Network::address(STRANGER), Transport::Udp, network.now);
    let offer = stranger.offer(1, &[]);
    let answer = network.sfu.connect(CAROL, &offer, network.now).unwrap();
    let password = answer.lines().find_map(|line| line.strip_prefix("a=ice-pwd:")).unwrap();
    stranger.take_answer(&answer.replace(password, &"x".repeat(password.len())));
    network.links.insert(STRANGER, Link::GOOD);
    network.clients.insert(STRANGER, stranger);
    network.run(5 * SECOND);
    assert!(!network.client(STRANGER).connected);
    assert!(network.sent.iter().all(|(_, sent)| sent.destination != Network::address(STRANGER)));
}

#[test]
fn mutated_datagrams_do_no_harm() {
    let mut network = Network::of_two();
    let captured = network.hold_back(BEN);
    let mut rng = Rng(3);
    for round in 0..40 {
        for payload in &captured {
            let mut mutated = payload.clone();
            mutate(&mut mutated, &mut rng);
            let from = if round % 2 == 0 { BEN } else { STRANGER };
            network.inject(Network::address(from), &mutated);
        }
    }
    assert_unharmed(&mut network);
}

#[test]
fn a_panic_in_one_connection_costs_only_that_connection() {
    let mut network = Network::of_two();
    network.join(CAROL);
    network.run(SECOND);
    network.sfu.make_panic(CAROL);
    network.run(SECOND);
    let lost = network.events_of(|event| matches!(event, Event::Disconnected { .. }));
    assert_eq!(lost, [Event::Disconnected { peer: CAROL, loss: Loss::Failed }]);
    network.events.clear();
    assert_unharmed(&mut network);
    network.connect(CAROL, 8, Transport::Udp);
    network.run(2 * SECOND);
    assert!(network.client(CAROL).sounds(ANNA) > 50);
}

#[test]
fn who_sends_too_much_is_cut_to_the_limit() {
    let mut network = Network::with(|config| config.publish_bitrate = 300_000);
    network.join(ANNA);
    network.join(BEN);
    network.film(BEN);
    network.run(3 * SECOND);
    let stats = network.sfu.stats();
    assert!(stats.over_limit > 200, "{stats:?}");
    let passed = (stats.received - stats.over_limit) * 8 * 1_000;
    assert!(passed < 300_000 * 4, "{passed} bits in three seconds");
}

#[test]
fn packets_that_are_too_large_are_not_forwarded() {
    let mut network = Network::of_two();
    network.client(BEN).camera.as_mut().unwrap().packet_bytes = 1_450;
    network.run(SECOND);
    assert!(network.sfu.stats().over_limit > 100);
    network.client(BEN).camera.as_mut().unwrap().packet_bytes = 1_000;
    assert_unharmed(&mut network);
}
