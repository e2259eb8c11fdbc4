use super::network::{ANNA, BEN, Link, Network, ROOM, SECOND};
use crate::output::{Event, Loss, Transport};
use crate::source::Content;

/// Whether both get sound and pictures of the other from now on.
fn both_ways(network: &mut Network) -> bool {
    let since = network.now;
    network.run(2 * SECOND);
    [(ANNA, BEN), (BEN, ANNA)].into_iter().all(|(me, other)| {
        let recent: Vec<_> = network.client(me).received.iter().filter(|packet| packet.at > since).collect();
        let pictures =
            recent.iter().filter(|packet| packet.sender == other && packet.picture.is_some()).count();
        let sounds =
            recent.iter().filter(|packet| packet.sender == other && packet.picture.is_none()).count();
        pictures > 20 && sounds > 50
    })
}

#[test]
fn media_that_was_cut_for_ten_seconds_comes_back_by_itself() {
    let mut network = Network::of_two();
    network.links.insert(BEN, Link::CUT);
    network.run(10 * SECOND);
    network.links.insert(BEN, Link::GOOD);
    network.run(3 * SECOND);
    assert!(both_ways(&mut network));
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN]);
}

#[test]
fn an_ice_restart_keeps_the_participant() {
    let mut network = Network::of_two();
    let now = network.now;
    let offer = network.client(BEN).offer_ice_restart();
    let answer = network.sfu.renegotiate(BEN, &offer, now).unwrap();
    network.client(BEN).take_answer(&answer);
    network.run(2 * SECOND);
    assert!(both_ways(&mut network));
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN]);
    assert!(network.client(ANNA).slot_of(BEN, Content::Person).is_some());
}

#[test]
fn an_ice_restart_moves_to_another_address() {
    let mut network = Network::of_two();
    let now = network.now;
    let address = ([203, 0, 113, 77], 40_000).into();
    let ben = network.client(BEN);
    let old = str0m::Candidate::host(ben.address, "udp").unwrap();
    ben.rtc.direct_api().invalidate_candidate(&old);
    ben.rtc.add_local_candidate(str0m::Candidate::host(address, "udp").unwrap());
    ben.address = address;
    let offer = ben.offer_ice_restart();
    let answer = network.sfu.renegotiate(BEN, &offer, now).unwrap();
    network.client(BEN).take_answer(&answer);
    network.run(3 * SECOND);
    assert!(both_ways(&mut network));
}

#[test]
fn a_new_connection_keeps_the_participant() {
    let mut network = Network::of_two();
    network.connect(BEN, 8, Transport::Udp);
    network.run(2 * SECOND);
    assert!(both_ways(&mut network));
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN]);
    let gone = network.events_of(|event| matches!(event, Event::Removed { .. }));
    assert!(gone.is_empty());
}

#[test]
fn a_line_continues_when_its_sender_has_a_new_connection() {
    let mut network = Network::of_two();
    network.connect(BEN, 8, Transport::Udp);
    network.run(3 * SECOND);
    let anna = network.client(ANNA);
    let slot = anna.slot_of(BEN, Content::Person).unwrap().clone();
    for mid in [&slot.audio_mid, &slot.video_mid] {
        let line = anna.line(mid);
        assert!(line.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1), "{mid}");
        assert!(line.windows(2).all(|pair| pair[1].time.wrapping_sub(pair[0].time) < 200_000), "{mid}");
    }
}

#[test]
fn a_client_that_closes_its_connection_may_come_back() {
    let mut network = Network::of_two();
    network.client(BEN).rtc.close().unwrap();
    network.run(SECOND);
    let lost = network.events_of(|event| matches!(event, Event::Disconnected { .. }));
    assert_eq!(lost, [Event::Disconnected { peer: BEN, loss: Loss::Closed }]);
    assert_eq!(network.sfu.members(ROOM), [ANNA, BEN]);
    network.connect(BEN, 8, Transport::Udp);
    network.run(2 * SECOND);
    assert!(both_ways(&mut network));
}
