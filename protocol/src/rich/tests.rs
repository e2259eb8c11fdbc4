use proptest::prelude::*;

use super::{Segment, address, mentioned, segments};

fn links(text: &str) -> Vec<&str> {
    segments(text)
        .into_iter()
        .filter_map(|segment| if let Segment::Link(link) = segment { Some(link) } else { None })
        .collect()
}

fn mentions(text: &str) -> Vec<&str> {
    segments(text)
        .into_iter()
        .filter_map(|segment| if let Segment::Mention(mention) = segment { Some(mention) } else { None })
        .collect()
}

#[test]
fn addresses_of_pages_are_links() {
    for (text, expected) in [
        ("see https://kith.example/a?b=c#d now", "https://kith.example/a?b=c#d"),
        ("HTTPS://Kith.Example", "HTTPS://Kith.Example"),
        ("(http://a.example/x_(y))", "http://a.example/x_(y)"),
        ("“https://a.example.”", "https://a.example"),
        ("is it https://a.example/?", "https://a.example/"),
        ("https://a.example/ü/日本", "https://a.example/ü/日本"),
        ("line\nhttps://a.example\nline", "https://a.example"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ] {
        assert_eq!(links(text), [expected], "{text}");
    }
}

#[test]
fn other_schemes_and_pieces_of_words_are_no_links() {
    for text in [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "xhttps://a.example",
        "https://",
        "https:// a",
        "https://.",
        "www.a.example",
        "file:///etc/passwd",
    ] {
        assert_eq!(links(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn an_address_with_a_name_before_its_host_is_no_link() {
    for text in [
        "https://bank.example@evil.example/",
        "https://bank.example:443@evil.example",
        "https://@evil.example",
        "HTTPS://a%40b@evil.example/?x",
        "https://bank.example\u{ff0f}@evil.example",
        "https://%62ank.example/",
    ] {
        assert_eq!(links(text), Vec::<&str>::new(), "{text}");
    }
    for text in ["https://a.example/?to=b@c.example", "https://a.example#@b", "https://a.example?@b"] {
        assert_eq!(links(text), [text]);
    }
}

#[test]
fn a_host_that_is_not_ascii_shows_its_punycode() {
    for (written, shown) in [
        ("https://\u{430}pple.com/x?y#z", "https://xn--pple-43d.com/x?y#z"),
        ("HTTPS://B\u{dc}cher.example:8443", "HTTPS://xn--bcher-kva.example:8443"),
        (
            "http://\u{4f8b}\u{3048}\u{3002}\u{30c6}\u{30b9}\u{30c8}/\u{fc}",
            "http://xn--r8jz45g.xn--zckzah/\u{fc}",
        ),
        ("https://a.example/\u{fc}", "https://a.example/\u{fc}"),
    ] {
        assert_eq!(address(written).as_deref(), Some(shown));
    }
    let endless = format!("https://{}", "\u{fc}".repeat(5_000));
    assert_eq!(links(&endless), Vec::<&str>::new(), "a label that no host has");
}

#[test]
fn punycode_is_that_of_the_rfc() {
    // RFC 3492, section 7.1: (B), (C), (I), (L), (R), (S).
    for (text, expected) in [
        (
            "\u{4ed6}\u{4eec}\u{4e3a}\u{4ec0}\u{4e48}\u{4e0d}\u{8bf4}\u{4e2d}\u{6587}",
            "ihqwcrb4cv8a8dqg056pqjye",
        ),
        (
            "\u{4ed6}\u{5011}\u{7232}\u{4ec0}\u{9ebd}\u{4e0d}\u{8aaa}\u{4e2d}\u{6587}",
            "ihqwctvzc91f659drss3x8bo0yb",
        ),
        (
            "\u{43f}\u{43e}\u{447}\u{435}\u{43c}\u{443}\u{436}\u{435}\u{43e}\u{43d}\u{438}\u{43d}\u{435}\u{433}\u{43e}\u{432}\u{43e}\u{440}\u{44f}\u{442}\u{43f}\u{43e}\u{440}\u{443}\u{441}\u{441}\u{43a}\u{438}",
            "b1abfaaepdrnnbgefbadotcwatmq2g4l",
        ),
        ("3\u{5e74}b\u{7d44}\u{91d1}\u{516b}\u{5148}\u{751f}", "3b-ww4c5e180e575a65lsy2b"),
        ("\u{305d}\u{306e}\u{30b9}\u{30d4}\u{30fc}\u{30c9}\u{3067}", "d9juau41awczczp"),
        ("m\u{fc}nchen", "mnchen-3ya"),
    ] {
        assert_eq!(super::punycode::encode(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn markup_ends_a_link() {
    assert_eq!(links("https://a.example\"><script>alert(1)</script>"), ["https://a.example"]);
    assert_eq!(links("https://a.example/<b>"), ["https://a.example/"]);
}

#[test]
fn names_behind_an_at_sign_are_mentions() {
    for (text, expected) in
        [("hello @ana", "@ana"), ("@Ana_B2: yes", "@Ana_B2"), ("(@ana)", "@ana"), ("thanks @ana.", "@ana")]
    {
        assert_eq!(mentions(text), [expected], "{text}");
    }
}

#[test]
fn addresses_of_mail_and_names_elsewhere_are_no_mentions() {
    for text in [
        "ana@example.org",
        "@ana@example.org",
        "@@ana",
        "@ab",
        "@1ana",
        "@",
        "@ana.brandt",
        "a/@ana",
        "@änna",
    ] {
        assert_eq!(mentions(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn an_at_sign_within_a_link_belongs_to_the_link() {
    assert_eq!(links("https://a.example/@ana"), ["https://a.example/@ana"]);
    assert_eq!(mentions("https://a.example/@ana"), Vec::<&str>::new());
}

#[test]
fn whoever_is_mentioned_twice_is_looked_up_once() {
    let names: Vec<String> = mentioned("@Ana and @ben and @ana").into_iter().map(Into::into).collect();
    assert_eq!(names, ["ana", "ben"]);
}

proptest! {
    #[test]
    fn the_pieces_of_a_text_are_the_text(text in "[ \\n@a-zA-Zé:/.()\"<_h]{0,60}|(https?://[a-z.()@]{0,9}|@[a-z]{1,9}|.){0,20}") {
        let pieces = segments(&text);
        let whole: String = pieces.iter().map(Segment::text).collect();
        prop_assert_eq!(&whole, &text);
        prop_assert!(pieces.iter().all(|piece| !piece.text().is_empty()));
    }
}
