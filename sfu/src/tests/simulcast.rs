use std::collections::BTreeSet;
use std::time::Duration;

use super::network::{ANNA, BEN, CAROL, Link, Network, SECOND};
use crate::id::PeerId;
use crate::output::Event;
use crate::source::{Content, Occupant, Source, View};

/// Anna watches Ben, who films.
fn watching(height: u32) -> Network {
    let mut network = Network::new();
    network.join(ANNA);
    network.join(BEN);
    network.film(BEN);
    show(&mut network, ANNA, BEN, height);
    network
}

fn show(network: &mut Network, viewer: PeerId, sender: PeerId, height: u32) {
    let occupant = Occupant { peer: sender, content: Content::Person };
    network.sfu.set_views(viewer, vec![View { occupant, height, pinned: false }], network.now).unwrap();
    network.settle();
}

/// Heights that Anna gets from Ben in the next second.
fn heights(network: &mut Network) -> BTreeSet<u32> {
    let since = network.now;
    network.run(SECOND);
    network.client(ANNA).heights_since(BEN, since)
}

#[test]
fn a_small_tile_gets_the_small_layer() {
    let mut network = watching(180);
    network.run(SECOND);
    assert_eq!(heights(&mut network), BTreeSet::from([180]));
}

#[test]
fn a_large_tile_gets_the_large_layer() {
    let mut network = watching(720);
    network.run(5 * SECOND);
    assert_eq!(heights(&mut network), BTreeSet::from([720]));
}

#[test]
fn a_tile_that_shrinks_gets_the_small_layer_at_once() {
    let mut network = watching(720);
    network.run(5 * SECOND);
    show(&mut network, ANNA, BEN, 180);
    network.run(Duration::from_millis(200));
    assert_eq!(heights(&mut network), BTreeSet::from([180]));
}

#[test]
fn a_tile_that_grows_does_not_wait_when_the_connection_carries_it() {
    let mut network = watching(180);
    network.run(2 * SECOND);
    show(&mut network, ANNA, BEN, 360);
    network.run(Duration::from_millis(300));
    assert_eq!(heights(&mut network), BTreeSet::from([360]));
}

#[test]
fn a_narrow_link_gets_a_layer_that_fits_and_the_large_one_when_it_widens() {
    let mut network = watching(720);
    network.run(5 * SECOND);
    network.links.insert(ANNA, Link { bandwidth: Some(700_000), ..Link::GOOD });
    network.run(10 * SECOND);
    let narrow = heights(&mut network);
    assert!(!narrow.is_empty() && !narrow.contains(&720), "{narrow:?}");
    network.links.insert(ANNA, Link::GOOD);
    network.run(30 * SECOND);
    assert_eq!(heights(&mut network), BTreeSet::from([720]));
}

#[test]
fn the_smallest_layer_goes_on_however_narrow_the_link_is() {
    let mut network = watching(720);
    network.links.insert(ANNA, Link { bandwidth: Some(260_000), ..Link::GOOD });
    network.run(15 * SECOND);
    assert!(heights(&mut network).contains(&180));
}

#[test]
fn numbers_time_and_counters_continue_over_switches() {
    let mut network = watching(180);
    for height in [720, 180, 360, 180, 720] {
        show(&mut network, ANNA, BEN, height);
        network.run(3 * SECOND);
    }
    let anna = network.client(ANNA);
    let mid = anna.slot_of(BEN, Content::Person).unwrap().video_mid.clone();
    let line = anna.line(&mid);
    let heights: BTreeSet<u32> = line.iter().map(|packet| packet.picture.unwrap().height).collect();
    assert_eq!(heights, BTreeSet::from([180, 360, 720]));
    for pair in line.windows(2) {
        let [before, after] = [pair[0].picture.unwrap(), pair[1].picture.unwrap()];
        assert_eq!(pair[1].seq, pair[0].seq + 1);
        let passed = pair[1].time.wrapping_sub(pair[0].time);
        assert!(passed < 20_000, "{pair:?}");
        let same_frame = before.frame == after.frame && before.height == after.height;
        assert_eq!(passed == 0, same_frame, "{pair:?}");
        let step = u16::from(!same_frame);
        assert_eq!(after.picture_id, (before.picture_id + step) & 0x7fff, "{pair:?}");
        assert_eq!(after.tl0_pic_idx, before.tl0_pic_idx.wrapping_add(step as u8), "{pair:?}");
        if before.height != after.height {
            assert!(after.keyframe && after.first, "{pair:?}");
        }
    }
}

#[test]
fn layers_that_nobody_watches_are_paused_and_come_back() {
    let mut network = watching(180);
    network.run(7 * SECOND);
    let told = network.events_of(|event| matches!(event, Event::Layers { .. }));
    assert_eq!(told, [Event::Layers { peer: BEN, source: Source::Camera, rids: vec!["l".to_owned()] }]);
    obey(&mut network);
    network.run(3 * SECOND);
    show(&mut network, ANNA, BEN, 720);
    for _ in 0..30 {
        network.run(Duration::from_millis(100));
        obey(&mut network);
    }
    assert_eq!(heights(&mut network), BTreeSet::from([720]));
}

/// Ben's client sends the layers that it was last told to send.
fn obey(network: &mut Network) {
    let told = network.events_of(|event| matches!(event, Event::Layers { peer: BEN, .. }));
    let Some(Event::Layers { rids, .. }) = told.last() else { return };
    for layer in &mut network.client(BEN).camera.as_mut().unwrap().layers {
        layer.active = rids.iter().any(|rid| layer.rid.is_some_and(|own| *own == **rid));
    }
}

#[test]
fn a_layer_that_never_comes_is_not_waited_for() {
    let mut network = Network::new();
    network.join(ANNA);
    network.join(BEN);
    network.film(BEN);
    for layer in &mut network.client(BEN).camera.as_mut().unwrap().layers {
        layer.active = layer.height < 720;
    }
    show(&mut network, ANNA, BEN, 720);
    network.run(3 * SECOND);
    assert_eq!(heights(&mut network), BTreeSet::from([360]));
}

#[test]
fn a_layer_that_stops_is_replaced() {
    let mut network = watching(720);
    network.run(5 * SECOND);
    network.client(BEN).camera.as_mut().unwrap().layers[2].active = false;
    network.run(4 * SECOND);
    assert_eq!(heights(&mut network), BTreeSet::from([360]));
}

#[test]
fn many_viewers_cost_the_sender_few_keyframes() {
    let mut network = Network::new();
    network.join(BEN);
    network.film(BEN);
    network.run(SECOND);
    let before = network.client(BEN).keyframe_requests;
    for id in 3..=10 {
        network.join(PeerId(id));
    }
    network.run(2 * SECOND);
    for id in 3..=10 {
        assert!(network.client(PeerId(id)).pictures(BEN, Content::Person).len() > 20);
    }
    let asked = network.client(BEN).keyframe_requests - before;
    assert!((1..=4).contains(&asked), "{asked} requests");
}

#[test]
fn a_request_for_a_keyframe_that_is_lost_is_repeated() {
    let mut network = Network::new();
    network.join(BEN);
    network.film(BEN);
    network.run(SECOND);
    network.join(CAROL);
    network.run(Duration::from_millis(100));
    network.links.insert(BEN, Link::CUT);
    network.run(Duration::from_millis(300));
    network.links.insert(BEN, Link::GOOD);
    network.run(2 * SECOND);
    assert!(network.client(CAROL).pictures(BEN, Content::Person).len() > 15);
}
