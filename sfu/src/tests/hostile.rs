//! Whoever means harm, and whoever is broken.

mod offers;
mod packets;

use super::network::{ANNA, BEN, Network, SECOND};
use super::rng::Rng;
use crate::id::PeerId;
use crate::output::Event;

const STRANGER: PeerId = PeerId(66);

/// Both still hear and see each other, and nobody was disconnected.
fn assert_unharmed(network: &mut Network) {
    let before = [ANNA, BEN].map(|id| network.client(id).received.len());
    network.run(SECOND);
    for (id, before) in [ANNA, BEN].into_iter().zip(before) {
        let more = network.client(id).received.len() - before;
        assert!(more > 70, "{id:?} got {more} packets");
    }
    let lost = network.events_of(|event| matches!(event, Event::Disconnected { .. } | Event::Removed { .. }));
    assert!(lost.is_empty(), "{lost:?}");
}

/// Changes a few bytes, and now and then the length.
fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..=rng.below(4) {
        let at = rng.below(bytes.len());
        match rng.below(5) {
            0 => bytes[at] = rng.next() as u8,
            1 => bytes[at] ^= 1 << rng.below(8),
            2 => bytes.truncate(at.max(1)),
            3 => bytes.insert(at, rng.next() as u8),
            _ => {
                let part = bytes[at..].to_vec();
                bytes.extend(part);
            }
        }
    }
}
