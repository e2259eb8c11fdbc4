use crate::{Problem, Reason, Timestamp};

use super::{EditProfile, FieldVisibility, PeopleCursor, Visibility};

const PERSON: &str = "01900000-0000-7000-8000-000000000001";

#[test]
fn a_place_in_a_list_is_read_as_it_is_written() {
    for micros in [i64::MIN, -1, 0, 1_767_323_045_000_000, i64::MAX] {
        let cursor =
            PeopleCursor { since: Timestamp::from_micros(micros), person: PERSON.parse().expect("an id") };
        assert_eq!(cursor.to_string(), format!("{micros}.{PERSON}"));
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
}

#[test]
fn nonsense_is_no_place_in_a_list() {
    for text in [
        "",
        ".",
        "5",
        "5.",
        ".x",
        PERSON,
        "5.x",
        "1e3.01900000-0000-7000-8000-000000000001",
        "9999999999999999999.x",
    ] {
        assert!(text.parse::<PeopleCursor>().is_err(), "{text}");
    }
}

fn filled_in() -> EditProfile {
    EditProfile {
        version: 3,
        first_name: " Ana ".into(),
        last_name: "Brandt".into(),
        bio: "I sing.\r\n".into(),
        about: "And I garden.".into(),
        address: "Lindenweg 3\nBremen".into(),
        country: "DE".into(),
        links: vec!["github.com/ana".into(), String::new(), "https://github.com/ana".into()],
        visibility: FieldVisibility { address: Visibility::OnlyMe, ..FieldVisibility::default() },
    }
}

#[test]
fn a_profile_that_is_filled_in_well_is_checked_and_cleaned() {
    let checked = filled_in().check().expect("a profile");
    assert_eq!(checked.first_name.map(String::from).as_deref(), Some("Ana"));
    assert_eq!(checked.bio.map(String::from).as_deref(), Some("I sing."));
    assert_eq!(checked.country.map(|country| country.name), Some("Germany"));
    assert_eq!(checked.links.len(), 1, "an empty field is none, and the same link stands once");
    assert_eq!(checked.visibility.address, Visibility::OnlyMe);
}

#[test]
fn every_field_can_be_emptied() {
    let checked = EditProfile::default().check().expect("an empty profile");
    assert_eq!(
        (checked.first_name, checked.last_name, checked.bio, checked.country),
        (None, None, None, None)
    );
    let blank = EditProfile { bio: " \u{200b}\r\n ".into(), country: " ".into(), ..EditProfile::default() };
    assert_eq!(blank.check().expect("an empty profile").bio, None);
}

#[test]
fn everything_that_is_wrong_with_a_profile_is_said_at_once() {
    let wrong = EditProfile {
        first_name: "a".repeat(10_000),
        last_name: "evil.example".into(),
        bio: "b".repeat(301),
        about: "c".repeat(10_000),
        address: "d".repeat(201),
        country: "XX".into(),
        links: vec!["javascript:alert(1)".into(), "example.org".into(), "http://example.org".into()],
        ..EditProfile::default()
    };
    let Err(Problem::Invalid { fields }) = wrong.check() else { panic!("it was taken") };
    let fields: Vec<_> = fields.iter().map(|found| (found.field.as_ref(), found.reason)).collect();
    assert_eq!(
        fields,
        [
            ("first_name", Reason::TooLong { max: 50 }),
            ("last_name", Reason::Malformed),
            ("bio", Reason::TooLong { max: 300 }),
            ("about", Reason::TooLong { max: 3_000 }),
            ("address", Reason::TooLong { max: 200 }),
            ("country", Reason::Malformed),
            ("link_0", Reason::Malformed),
            ("link_2", Reason::Malformed),
        ]
    );
    let many = EditProfile { links: vec![String::new(); 9], ..EditProfile::default() };
    assert_eq!(many.check(), Err(Problem::BadRequest));
}

#[test]
fn control_characters_leave_a_text_and_are_refused_in_a_name() {
    let odd = EditProfile { bio: "one\0\u{202e}two".into(), ..EditProfile::default() };
    assert_eq!(odd.check().expect("a profile").bio.map(String::from).as_deref(), Some("onetwo"));
    let odd = EditProfile { first_name: "Ana\u{7}".into(), ..EditProfile::default() };
    assert_eq!(odd.check(), Err(Problem::field("first_name", Reason::Unprintable)));
}

#[test]
fn a_field_that_is_none_of_the_form_is_refused() {
    let form = serde_json::to_value(filled_in()).expect("a form");
    assert!(serde_json::from_value::<EditProfile>(form.clone()).is_ok());
    for extra in ["is_admin", "follower_count", "id", "username", "email"] {
        let mut form = form.clone();
        form[extra] = 1.into();
        assert!(serde_json::from_value::<EditProfile>(form).is_err(), "{extra}");
    }
}

#[test]
fn whoever_passes_a_narrow_visibility_passes_the_wide_ones() {
    assert!(Visibility::Everyone < Visibility::Followers && Visibility::Followers < Visibility::OnlyMe);
    for visibility in Visibility::ALL {
        assert_eq!(visibility.name().parse(), Ok(visibility));
        assert_eq!(serde_json::to_value(visibility).expect("a name"), visibility.name());
    }
    assert!("nobody".parse::<Visibility>().is_err());
}
