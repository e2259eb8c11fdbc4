use super::{Counters, Vp8};

/// A packet with a PictureID of 15 bits and TL0PICIDX.
fn packet(picture_id: u16, tl0_pic_idx: u8, keyframe: bool) -> Vec<u8> {
    let [high, low] = (picture_id | 0x8000).to_be_bytes();
    let mut payload = vec![0x90, 0xe0, high, low, tl0_pic_idx, 0x20];
    payload.extend([u8::from(!keyframe), 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02, 0, 0]);
    payload
}

/// PictureID and TL0PICIDX of the packet as it leaves. Bytes of a patch are visible in its debug form only.
fn rewritten(counters: &mut Counters, picture_id: u16, tl0_pic_idx: u8) -> String {
    let parsed = Vp8::parse(&packet(picture_id, tl0_pic_idx, false)).unwrap();
    format!("{:?}", counters.patch(&parsed).unwrap())
}

/// What `rewritten` says of a packet that is to leave with these counters.
fn expected(picture_id: u16, tl0_pic_idx: u8) -> String {
    let parsed = Vp8::parse(&packet(0, 0, false)).unwrap();
    let patch = parsed.descriptor.patch().picture_id(picture_id).tl0_pic_idx(tl0_pic_idx);
    format!("{:?}", patch.build().unwrap())
}

#[test]
fn a_keyframe_says_its_height() {
    assert_eq!(Vp8::parse(&packet(1, 1, true)).unwrap().keyframe_height, Some(720));
    assert_eq!(Vp8::parse(&packet(1, 1, false)).unwrap().keyframe_height, None);
}

#[test]
fn what_is_no_vp8_is_not_parsed() {
    assert!(Vp8::parse(&[]).is_none());
    assert!(Vp8::parse(&[0x90, 0xe0, 0x80]).is_none());
}

#[test]
fn counters_continue_over_a_switch() {
    let mut counters = Counters::default();
    assert_eq!(rewritten(&mut counters, 500, 9), expected(1, 1));
    assert_eq!(rewritten(&mut counters, 501, 10), expected(2, 2));
    counters.restart();
    assert_eq!(rewritten(&mut counters, 31_000, 200), expected(3, 3));
    assert_eq!(rewritten(&mut counters, 31_001, 201), expected(4, 4));
}

#[test]
fn a_late_packet_keeps_its_place() {
    let mut counters = Counters::default();
    rewritten(&mut counters, 500, 1);
    rewritten(&mut counters, 502, 3);
    assert_eq!(rewritten(&mut counters, 501, 2), expected(2, 2));
    counters.restart();
    assert_eq!(rewritten(&mut counters, 7, 7), expected(4, 4));
}

#[test]
fn counters_wrap_as_the_sender_wraps() {
    let mut counters = Counters::default();
    assert_eq!(rewritten(&mut counters, 32_767, 255), expected(1, 1));
    assert_eq!(rewritten(&mut counters, 0, 0), expected(2, 2));
    counters.restart();
    assert_eq!(rewritten(&mut counters, 9, 9), expected(3, 3));
}

#[test]
fn counters_wrap_on_the_way_out() {
    let mut counters = Counters::default();
    for step in 1..=600u16 {
        assert_eq!(rewritten(&mut counters, step, step as u8), expected(step, step as u8));
    }
    counters.restart();
    assert_eq!(rewritten(&mut counters, 4, 4), expected(601, 601u16 as u8));
}

#[test]
fn a_short_picture_id_stays_short() {
    let mut counters = Counters::default();
    for _ in 0..200 {
        counters.restart();
        let short = Vp8::parse(&[0x90, 0x80, 0x05, 0x01, 0, 0]).unwrap();
        assert!(counters.patch(&short).is_some());
    }
}
