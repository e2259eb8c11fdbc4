use serde_json::from_str;

use super::{Credentials, MeView, NewAccount, PersonView};
use crate::{
    Problem, Reason,
    live::Badges,
    preference::Preferences,
    text::{EmailAddress, PersonName, Username},
};

fn ana() -> PersonView {
    PersonView {
        id: uuid::Uuid::nil().into(),
        username: "ana".into(),
        first_name: "Ána".into(),
        last_name: "brandt".into(),
        picture: None,
    }
}

#[test]
fn a_form_that_is_filled_in_well_is_checked_and_cleaned() {
    let form = NewAccount {
        first_name: " Ana ".into(),
        last_name: "Brandt".into(),
        username: "@Ana".into(),
        email: "Ana@Example.ORG".into(),
        password: " plum tiger stairs 9 ".into(),
    };
    let checked = form.check().expect("a form");
    assert_eq!((checked.first_name.as_str(), checked.username.as_str()), ("Ana", "ana"));
    assert_eq!(
        (checked.email.as_str(), checked.password.expose()),
        ("Ana@example.org", " plum tiger stairs 9 ")
    );
}

#[test]
fn an_empty_form_hears_of_every_field_in_its_order() {
    let Err(Problem::Invalid { fields }) =
        from_str::<NewAccount>("{}").expect("an empty form").check().map(drop)
    else {
        panic!("fields")
    };
    assert_eq!(fields.iter().map(|found| found.field.as_ref()).collect::<Vec<_>>(), NewAccount::FIELDS);
    assert!(fields.iter().all(|found| found.reason == Reason::Empty));
}

#[test]
fn a_log_in_without_fields_is_an_empty_one() {
    let empty: Credentials = from_str("{}").expect("an empty form");
    assert_eq!((empty.login.as_str(), empty.password.as_str()), ("", ""));
}

#[test]
fn what_was_not_checked_does_not_become_a_checked_value() {
    assert!(from_str::<Username>("\"no name\"").is_err());
    assert!(from_str::<EmailAddress>("\"ana\"").is_err());
    assert!(from_str::<PersonName>("\"\\u202eana\"").is_err());
    assert_eq!(from_str::<Username>("\"@ANA\"").expect("a username").as_str(), "ana");
}

#[test]
fn a_person_is_shown_by_name_and_initials() {
    assert_eq!((ana().full_name().as_str(), ana().initials().as_str()), ("Ána brandt", "Áb"));
    assert!(ana().id.hue() < 12);
}

#[test]
fn what_a_page_knows_of_a_person_holds_no_address() {
    let me = MeView {
        person: ana(),
        badges: Badges::NONE.chats(1),
        revision: 1,
        is_new: false,
        preferences: Preferences::default(),
    };
    let written = serde_json::to_value(&me).expect("JSON");
    let fields: Vec<&String> = written["person"].as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["first_name", "id", "last_name", "username"]);
}

#[test]
fn whoever_says_no_names_is_called_by_the_username() {
    for (first, last, full, short, initials) in [
        ("Ana", "Brandt", "Ana Brandt", "Ana", "AB"),
        ("Ana", "", "Ana", "Ana", "A"),
        ("", "Brandt", "Brandt", "Brandt", "B"),
        ("", "", "ana", "ana", "a"),
    ] {
        let person = PersonView { first_name: first.into(), last_name: last.into(), ..ana() };
        assert_eq!((person.full_name().as_str(), person.short_name()), (full, short));
        assert_eq!(person.initials(), initials);
    }
}
