use super::{AccountId, PostId};

const TEXT: &str = "019b7ca9-8c88-7003-99e1-46d5de02c8d3";

#[test]
fn an_id_is_read_back_from_its_text() {
    let id: PostId = TEXT.parse().expect("an id");
    assert_eq!(id.to_string(), TEXT);
    assert_eq!(serde_json::to_string(&id).expect("JSON"), format!("\"{TEXT}\""));
}

#[test]
fn what_is_no_id_is_refused() {
    for text in
        ["", "7", "019b7ca9-8c88-7003-99e1", "../etc/passwd", &format!("{TEXT}0"), &format!(" {TEXT}")]
    {
        assert!(text.parse::<PostId>().is_err(), "{text}");
    }
}

#[test]
fn the_colour_of_a_person_is_one_of_twelve_and_stays() {
    let hues: std::collections::BTreeSet<u8> =
        (0..200_u128).map(|number| AccountId::from(uuid::Uuid::from_u128(number)).hue()).collect();
    assert_eq!(hues, (0..12).collect());
}
