use proptest::prelude::*;

use super::{Segment, mentioned, segments};

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
