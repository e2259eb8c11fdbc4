//! The offer of a real browser: Chromium 156, four lines that send, the camera with three layers, and two slots.

use super::network::{ANNA, Network, ROOM};
use crate::source::Role;

const OFFER: &str = include_str!("chromium.sdp");

fn answer(offer: &str) -> String {
    let mut network = Network::new();
    network.sfu.join(ROOM, ANNA, Role::Participant, network.now).unwrap();
    network.sfu.connect(ANNA, offer, network.now).unwrap()
}

/// The lines of the media line with this tag.
fn section<'a>(answer: &'a str, mid: &str) -> &'a str {
    let tag = format!("a=mid:{mid}\r\n");
    answer.split("m=").find(|section| section.contains(&tag)).unwrap()
}

#[test]
fn each_line_is_answered_for_what_it_is() {
    let answer = answer(OFFER);
    assert!(answer.contains("a=ice-lite\r\n"), "{answer}");
    assert!(answer.contains("a=group:BUNDLE 0 1 2 3 4 5 6 7\r\n"), "{answer}");
    for mid in ["0", "1", "2", "3"] {
        assert!(section(&answer, mid).contains("a=recvonly\r\n"), "{answer}");
    }
    for mid in ["4", "5", "6", "7"] {
        assert!(section(&answer, mid).contains("a=sendonly\r\n"), "{answer}");
    }
}

#[test]
fn all_layers_of_the_camera_are_accepted() {
    let answer = answer(OFFER);
    let camera = section(&answer, "1");
    assert!(camera.contains("a=simulcast:recv l;m;h\r\n"), "{camera}");
    assert!(camera.contains("b=TIAS:4000000\r\n"), "{camera}");
}

#[test]
fn lost_packets_keyframes_and_bandwidth_are_talked_about() {
    let answer = answer(OFFER);
    for feedback in ["nack", "nack pli", "transport-cc"] {
        for mid in ["1", "5"] {
            assert!(
                section(&answer, mid).contains(&format!("a=rtcp-fb:96 {feedback}\r\n")),
                "{feedback}: {answer}"
            );
        }
    }
    assert!(section(&answer, "1").contains("a=fmtp:97 apt=96\r\n"), "{answer}");
    assert!(section(&answer, "0").contains("urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"), "{answer}");
}

#[test]
fn sound_and_picture_of_a_slot_are_played_in_step() {
    let answer = answer(OFFER);
    for (mids, stream) in [(["4", "5"], "slot-0"), (["6", "7"], "slot-1")] {
        for mid in mids {
            assert!(section(&answer, mid).contains(&format!("a=msid:{stream} ")), "{answer}");
        }
    }
}

#[test]
fn names_of_mdns_do_no_harm() {
    let candidate =
        "a=candidate:1 1 udp 2122260223 0f5e0bd5-5d3d-4b5f-9a52-1d1e9b3c1c1e.local 50000 typ host\r\n";
    let offer = OFFER.replace("a=ice-options:trickle\r\n", &format!("a=ice-options:trickle\r\n{candidate}"));
    assert!(offer.contains(".local"));
    answer(&offer);
}

#[test]
fn slots_without_vp8_are_refused() {
    let mut network = Network::new();
    network.sfu.join(ROOM, ANNA, Role::Participant, network.now).unwrap();
    assert!(network.sfu.connect(ANNA, &OFFER.replace("VP8", "VP9"), network.now).is_err());
}
