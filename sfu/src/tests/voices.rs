use std::time::Duration;

use super::client::Microphone;
use super::network::{ANNA, BEN, CAROL, Network, ROOM, SECOND};
use crate::id::PeerId;
use crate::output::Event;
use crate::source::Source;

fn talking(levels: &[(PeerId, i8)]) -> Network {
    let mut network = Network::with(|config| config.audible = 2);
    for (id, level) in levels {
        network.join(*id);
        network.speak(*id, *level);
    }
    network.run(2 * SECOND);
    network
}

fn say(network: &mut Network, id: PeerId, level: i8) {
    network.client(id).microphone.as_mut().unwrap().level = level;
}

#[test]
fn the_speaker_is_who_is_loud() {
    let network = talking(&[(ANNA, -60), (BEN, -25), (CAROL, -70)]);
    assert_eq!(network.sfu.speaker(ROOM), Some(BEN));
    let told = network.events_of(|event| matches!(event, Event::Speaker { .. }));
    assert_eq!(told, [Event::Speaker { room: ROOM, peer: Some(BEN) }]);
}

#[test]
fn a_cough_makes_nobody_the_speaker() {
    let mut network = talking(&[(ANNA, -25), (BEN, -80)]);
    say(&mut network, BEN, -10);
    network.run(Duration::from_millis(150));
    say(&mut network, BEN, -80);
    network.run(SECOND);
    assert_eq!(network.sfu.speaker(ROOM), Some(ANNA));
    assert_eq!(network.events_of(|event| matches!(event, Event::Speaker { .. })).len(), 1);
}

#[test]
fn who_answers_is_the_speaker_within_two_seconds() {
    let mut network = talking(&[(ANNA, -25), (BEN, -80)]);
    say(&mut network, ANNA, -80);
    say(&mut network, BEN, -25);
    network.run(2 * SECOND);
    assert_eq!(network.sfu.speaker(ROOM), Some(BEN));
}

#[test]
fn who_leaves_is_no_speaker() {
    let mut network = talking(&[(ANNA, -25), (BEN, -80)]);
    network.sfu.leave(ANNA, network.now);
    network.settle();
    assert_eq!(network.sfu.speaker(ROOM), None);
}

#[test]
fn each_hears_the_loudest_of_the_others() {
    let mut network = talking(&[(ANNA, -25), (BEN, -35), (CAROL, -60), (PeerId(4), -45)]);
    let heard_by = |network: &mut Network, me: PeerId| -> Vec<u64> {
        let people = [ANNA, BEN, CAROL, PeerId(4)];
        let before = people.map(|other| network.client(me).sounds(other));
        network.run(Duration::from_millis(200));
        let client = network.client(me);
        let heard = people.into_iter().zip(before).filter(|(other, before)| client.sounds(*other) > *before);
        heard.map(|(other, _)| other.0).collect()
    };
    assert_eq!(heard_by(&mut network, ANNA), [BEN.0, 4]);
    assert_eq!(heard_by(&mut network, CAROL), [ANNA.0, BEN.0]);
    say(&mut network, CAROL, -10);
    network.run(SECOND);
    assert_eq!(heard_by(&mut network, ANNA), [BEN.0, CAROL.0]);
}

#[test]
fn a_voice_that_comes_back_continues_its_line() {
    let mut network = talking(&[(ANNA, -25), (BEN, -35)]);
    network.sfu.set_sending(BEN, Source::Microphone, false, network.now).unwrap();
    network.run(SECOND);
    network.speak(BEN, -35);
    let now = network.now;
    network.client(BEN).microphone = Some(Microphone::new(-35, now));
    network.run(SECOND);
    let anna = network.client(ANNA);
    let mid = anna.slots.iter().find(|slot| slot.occupant.is_some()).unwrap().audio_mid.clone();
    let line = anna.line(&mid);
    assert!(line.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1));
    assert!(
        line.windows(2).any(|pair| pair[1].time.wrapping_sub(pair[0].time) > 40_000),
        "the pause is in its time"
    );
}
