use super::{Layout, Offer};
use crate::config::{MAX_OFFER_BYTES, MAX_SLOTS};
use crate::refusal::Refusal;

fn line(kind: &str, direction: &str, mid: &str) -> String {
    format!("m={kind} 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na={direction}\r\na=mid:{mid}\r\n")
}

fn offer(lines: &[String]) -> String {
    format!("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n{}", lines.concat())
}

fn layout(lines: &[String]) -> Layout {
    Offer::read(&offer(lines)).unwrap().layout
}

fn refused(lines: &[String]) -> bool {
    matches!(Offer::read(&offer(lines)), Err(Refusal::BadOffer(_)))
}

#[test]
fn lines_that_send_are_microphone_camera_screen_and_its_sound() {
    let layout = layout(&[
        line("audio", "sendonly", "a"),
        line("video", "sendonly", "b"),
        line("video", "sendonly", "c"),
        line("audio", "sendonly", "d"),
    ]);
    assert_eq!(layout.sends, ["a", "b", "c", "d"].map(|mid| Some(mid.to_owned())));
}

#[test]
fn a_slot_is_an_audio_and_a_video_line() {
    let layout = layout(&[
        line("audio", "recvonly", "a1"),
        line("video", "recvonly", "v1"),
        line("video", "recvonly", "v2"),
        line("audio", "recvonly", "a2"),
    ]);
    assert_eq!(layout.slots, [("a1".to_owned(), "v1".to_owned()), ("a2".to_owned(), "v2".to_owned())]);
    assert!(refused(&[line("audio", "recvonly", "a")]));
}

#[test]
fn a_line_that_sends_and_receives_is_refused() {
    assert!(refused(&[line("audio", "sendrecv", "a")]));
    let without_direction = line("audio", "sendonly", "a").replace("a=sendonly\r\n", "");
    assert!(refused(&[without_direction]));
}

#[test]
fn a_data_channel_is_refused() {
    assert!(refused(&["m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n".to_owned()]));
}

#[test]
fn more_lines_than_slots_and_sources_are_refused() {
    let many: Vec<String> = (0..=MAX_SLOTS)
        .flat_map(|k| {
            [line("audio", "recvonly", &format!("a{k}")), line("video", "recvonly", &format!("v{k}"))]
        })
        .collect();
    assert!(refused(&many));
    assert!(!refused(&many[2..]));
    assert!(refused(&["1", "2", "3"].map(|mid| line("video", "sendonly", mid))));
}

#[test]
fn two_lines_with_one_tag_are_refused() {
    assert!(refused(&["1", "1"].map(|mid| line("video", "sendonly", mid))));
}

#[test]
fn more_than_three_layers_are_refused() {
    let layers = |count: usize| -> String { (0..count).map(|rid| format!("a=rid:{rid} send\r\n")).collect() };
    let camera = line("video", "sendonly", "1");
    assert!(!refused(&[camera.clone() + &layers(3)]));
    assert!(refused(&[camera + &layers(4)]));
}

#[test]
fn a_large_offer_is_refused() {
    assert_eq!(Offer::read(&"a".repeat(MAX_OFFER_BYTES + 1)).unwrap_err(), Refusal::OfferTooLarge);
}

#[test]
fn candidates_of_the_client_are_not_read() {
    let camera = line("video", "sendonly", "1");
    let with =
        offer(&[camera.clone()
            + "a=candidate:1 1 udp 1 0f5e0bd5-5d3d.local 9 typ host\r\na=end-of-candidates\r\n"]);
    assert_eq!(Offer::read(&with).unwrap().sdp, offer(&[camera + "a=end-of-candidates\r\n"]));
}

#[test]
fn a_later_offer_keeps_what_lines_are_for() {
    let one = layout(&[line("audio", "recvonly", "a"), line("video", "recvonly", "v")]);
    let two = layout(&[
        line("audio", "recvonly", "a"),
        line("video", "recvonly", "v"),
        line("audio", "recvonly", "a2"),
        line("video", "recvonly", "v2"),
    ]);
    assert!(one.may_become(&two));
    assert!(!two.may_become(&one));
}
