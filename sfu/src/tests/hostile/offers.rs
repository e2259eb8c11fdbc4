use super::{assert_unharmed, mutate};
use crate::config::MAX_OFFER_BYTES;
use crate::output::Transport;
use crate::refusal::Refusal;
use crate::source::Role;
use crate::tests::client::Client;
use crate::tests::network::{BEN, CAROL, Network, ROOM, SECOND};
use crate::tests::rng::Rng;

#[test]
fn mutated_offers_are_refused_or_answered() {
    let mut network = Network::of_two();
    network.sfu.join(ROOM, CAROL, Role::Participant, network.now).unwrap();
    let mut client = Client::new(CAROL, Network::address(CAROL), Transport::Udp, network.now);
    let offer = client.offer(2, &["l", "m", "h"]).into_bytes();
    let mut rng = Rng(4);
    let mut refused = 0;
    for _ in 0..1_500 {
        let mut mutated = offer.clone();
        mutate(&mut mutated, &mut rng);
        let text = String::from_utf8_lossy(&mutated);
        refused += usize::from(network.sfu.connect(CAROL, &text, network.now).is_err());
        network.settle();
    }
    assert!((100..1_500).contains(&refused), "{refused} were refused");
    assert_unharmed(&mut network);
}

#[test]
fn mutated_later_offers_cost_at_most_their_own_connection() {
    let mut network = Network::of_two();
    network.join(CAROL);
    network.run(SECOND);
    let offer = network.client(CAROL).offer_ice_restart().into_bytes();
    let mut rng = Rng(5);
    for _ in 0..500 {
        let mut mutated = offer.clone();
        mutate(&mut mutated, &mut rng);
        let _ = network.sfu.renegotiate(CAROL, &String::from_utf8_lossy(&mutated), network.now);
        network.settle();
    }
    network.clients.remove(&CAROL);
    assert_unharmed(&mut network);
}

#[test]
fn offers_that_are_garbage_are_refused() {
    let mut network = Network::of_two();
    network.sfu.join(ROOM, CAROL, Role::Participant, network.now).unwrap();
    let line = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\na=mid:";
    let thousand: String = (0..1_000).map(|mid| format!("{line}{mid}\r\n")).collect();
    let attributes = "v=0\r\n".to_owned() + &"a=x\r\n".repeat(1_000);
    for garbage in ["", "\0", "v=0", "v=0\r\n", "🦀", "m=", "m=video", &thousand, &attributes] {
        let refusal = network.sfu.connect(CAROL, garbage, network.now);
        assert!(matches!(refusal, Err(Refusal::BadOffer(_))), "{garbage:.20}: {refusal:?}");
    }
    let huge = "a".repeat(MAX_OFFER_BYTES + 1);
    assert_eq!(network.sfu.connect(CAROL, &huge, network.now), Err(Refusal::OfferTooLarge));
    assert_unharmed(&mut network);
}

#[test]
fn a_bad_offer_leaves_the_connection_that_there_is() {
    let mut network = Network::of_two();
    assert!(network.sfu.connect(BEN, "v=0\r\n", network.now).is_err());
    assert!(network.sfu.renegotiate(BEN, "v=0\r\n", network.now).is_err());
    assert_unharmed(&mut network);
}
