use super::{EmailAddress, Password, PersonName, Prose, Username};
use crate::Reason;

type Note = Prose<20>;

fn username(typed: &str) -> Result<String, Reason> {
    Username::parse(typed).map(String::from)
}

#[test]
fn a_username_is_written_small_and_without_the_sign_before_it() {
    assert_eq!(username(" @Ana_Brandt "), Ok("ana_brandt".to_owned()));
}

#[test]
fn a_username_of_other_letters_is_malformed() {
    for typed in ["ana brandt", "ana-b", "анна", "ana\u{202e}b", "1ana", "_ana", "ana<b>", "a.na", "an\u{e0}"]
    {
        assert_eq!(username(typed), Err(Reason::Malformed), "{typed:?}");
    }
}

#[test]
fn a_username_has_three_to_thirty_characters() {
    assert_eq!(username(""), Err(Reason::Empty));
    assert_eq!(username("ab"), Err(Reason::TooShort { min: 3 }));
    assert_eq!(username(&"a".repeat(30)).map(|name| name.len()), Ok(30));
    assert_eq!(username(&"a".repeat(31)), Err(Reason::TooLong { max: 30 }));
}

#[test]
fn usernames_that_look_the_same_share_their_skeleton() {
    let skeleton = |typed: &str| Username::parse(typed).map(|name| name.skeleton());
    assert_eq!(skeleton("paul_o"), skeleton("pau1_0"));
    assert_eq!(skeleton("ana"), skeleton("a_n_a"));
    assert_ne!(skeleton("ana"), skeleton("anna"));
}

#[test]
fn an_address_keeps_its_local_part_and_lowers_its_domain() {
    assert_eq!(
        EmailAddress::parse(" Ana.B+kith@Example.ORG ").map(String::from),
        Ok("Ana.B+kith@example.org".to_owned())
    );
}

#[test]
fn an_address_that_no_server_takes_is_malformed() {
    for typed in [
        "ana",
        "ana@",
        "@example.org",
        "ana@example",
        "ana@@example.org",
        "ana brandt@example.org",
        "ana@exa mple.org",
        ".ana@example.org",
        "ana..b@example.org",
        "ana@-example.org",
        "ana@example-.org",
        "ana@[127.0.0.1]",
        "ana@127.0.0.1",
        "ana@example.org\r\nBcc: ben@example.org",
        "\"ana\"@example.org",
        "ana@exämple.org",
    ] {
        assert_eq!(EmailAddress::parse(typed), Err(Reason::Malformed), "{typed:?}");
    }
    assert_eq!(EmailAddress::parse(""), Err(Reason::Empty));
    assert_eq!(EmailAddress::parse(&format!("a@{}.org", "b".repeat(250))), Err(Reason::TooLong { max: 254 }));
}

#[test]
fn a_name_stands_on_one_line_with_single_spaces() {
    assert_eq!(PersonName::parse("  Ana \n  María ").map(String::from), Ok("Ana María".to_owned()));
}

#[test]
fn a_name_cannot_hide_or_turn_letters() {
    assert_eq!(PersonName::parse("Ana\u{202e}treB"), Err(Reason::Unprintable));
    assert_eq!(PersonName::parse("\u{200b}\u{200b}"), Err(Reason::Unprintable));
    assert_eq!(PersonName::parse(&format!("A{}", "\u{301}".repeat(9))), Err(Reason::StackedMarks));
    assert_eq!(PersonName::parse("   "), Err(Reason::Empty));
}

#[test]
fn a_password_is_taken_as_typed() {
    assert_eq!(
        Password::parse("  spaces stay  ").map(|p| p.expose().to_owned()),
        Ok("  spaces stay  ".to_owned())
    );
    assert_eq!(Password::parse("short").map(|_| ()), Err(Reason::TooShort { min: 10 }));
    assert_eq!(Password::parse(&"x".repeat(10_000)).map(|_| ()), Err(Reason::TooLong { max: 1_000 }));
}

#[test]
fn a_password_does_not_print_itself() {
    let printed = Password::parse("correct horse battery").map(|password| format!("{password:?}"));
    assert_eq!(printed, Ok("Password(…)".to_owned()));
}

#[test]
fn prose_of_nothing_to_see_is_empty() {
    for typed in
        ["", "   ", "\n\t\n", "\u{200b}\u{feff}", "\u{202e}\u{202c}", "\u{3164}", "\0\u{7}", "\u{2800}"]
    {
        assert_eq!(Note::parse(typed), Err(Reason::Empty), "{typed:?}");
    }
}

#[test]
fn prose_counts_characters_not_bytes() {
    assert!(Note::parse(&"ж".repeat(20)).is_ok());
    assert_eq!(Note::parse(&"ж".repeat(21)), Err(Reason::TooLong { max: 20 }));
}

#[test]
fn prose_loses_what_would_turn_the_text_around_it() {
    assert_eq!(Note::parse("a\u{202e}b\u{2066}c\u{0}").map(String::from), Ok("abc".to_owned()));
}

#[test]
fn prose_keeps_lines_and_at_most_two_empty_ones() {
    assert_eq!(Note::parse(" a\r\nb  \r\n\n\n\n\n c \n").map(String::from), Ok(" a\nb\n\n\n c".to_owned()));
}

#[test]
fn prose_keeps_what_its_first_line_is_indented_by() {
    for (typed, kept) in [
        ("    if x:\n        y", "    if x:\n        y"),
        ("\tone\n\ttwo", "\tone\n\ttwo"),
        ("\u{3000}hello", "\u{3000}hello"),
        ("\r\n \n\n  hello  \n", "  hello"),
        (" ", ""),
    ] {
        let parsed = Note::parse(typed).map(String::from);
        assert_eq!(parsed.unwrap_or_default(), kept, "{typed:?}");
    }
}

#[test]
fn prose_that_was_cleaned_stays_as_it_is() {
    for typed in ["  a\n\n\n\n\n b  \n", "\n\n a", "a\u{202e}\n \n"] {
        let once = Note::parse(typed).map(String::from).unwrap_or_default();
        assert_eq!(Note::parse(&once).map(String::from), Ok(once));
    }
}

#[test]
fn prose_takes_accents_and_refuses_towers_of_them() {
    assert!(Note::parse("e\u{302}\u{301}").is_ok());
    assert_eq!(Note::parse(&format!("e{}", "\u{301}".repeat(12))), Err(Reason::StackedMarks));
}

#[test]
fn markup_is_text_like_any_other() {
    assert_eq!(Note::parse("</textarea><script>").map(String::from), Ok("</textarea><script>".to_owned()));
}
