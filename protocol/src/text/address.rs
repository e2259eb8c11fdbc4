//! Names that are addresses: mail programs and chat programs make links of them wherever they stand.

/// Endings of addresses that are written with a capital as well. What ends in a small letter is taken for an address anyway.
const ENDINGS: [&str; 34] = [
    "com", "net", "org", "info", "biz", "xyz", "app", "dev", "online", "site", "shop", "store", "club",
    "top", "live", "link", "click", "page", "blog", "cloud", "tech", "space", "website", "fun", "icu", "vip",
    "work", "pro", "mobi", "name", "news", "media", "email", "example",
];

/// Abbreviations that stand before a name without a space.
const TITLES: [&str; 25] = [
    "dr", "mr", "mrs", "ms", "mx", "st", "ste", "sta", "prof", "rev", "fr", "sr", "jr", "lt", "capt", "col",
    "gen", "sgt", "hon", "ing", "mag", "ma", "md", "mohd", "abd",
];

/// Whether the address of a page or of a mailbox stands in a name.
pub(super) fn is_in(name: &str) -> bool {
    let is_between = |c: char| !(c.is_alphanumeric() || c == '-' || is_dot(c));
    name.contains(['@', '\u{ff20}', '\u{fe6b}'])
        || name.contains("://")
        || name.split(is_between).any(is_host)
}

/// The full stop, and what browsers take for one (UTS 46).
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// Whether a word reads as the name of a host: `evil.example`, but neither `J.R.` nor `Dr.No`.
fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split(is_dot).collect();
    let [.., before, last] = labels.as_slice() else { return false };
    if before.is_empty() || last.chars().count() < 2 || !last.chars().all(char::is_alphabetic) {
        return false;
    }
    let is_title = labels.len() == 2 && TITLES.contains(&before.to_lowercase().as_str());
    let is_name = last.starts_with(char::is_uppercase);
    if is_title && is_name {
        return false;
    }
    // Countries have two letters.
    let is_ending = last.chars().count() == 2 || ENDINGS.contains(&last.to_lowercase().as_str());
    is_ending || !is_name
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn addresses_are_no_names() {
        for name in [
            "http://evil.example",
            "HTTPS://Evil.Example",
            "javascript://x",
            "evil.example",
            "Evil.Com",
            "EVIL.COM",
            "www.evil.photography",
            "evil.com/x",
            "(evil.com)",
            "Click evil.io now",
            "ana@example.org",
            "@ana",
            "a@b",
            "t.co",
            "x.com",
            "T.Me",
            "sub.domain.evil.org",
            "evil.co.uk",
            "evil。com",
            "ana＠example.org",
            "evil.no",
            "бad.рф",
            "my-site.net!",
        ] {
            assert!(is_in(name), "{name}");
        }
    }

    #[test]
    fn names_of_people_are_names() {
        for name in [
            "Ana",
            "St. John",
            "St.John",
            "J.R.",
            "J. R. R.",
            "J.R.R. Tolkien",
            "J.R.R.Tolkien",
            "Dr.No",
            "Dr. No",
            "Mrs.Smith",
            "Prof.Plum",
            "Sammy Davis Jr.",
            "Jr.",
            "M. Night",
            "M.Night",
            "Ph.D.",
            "Ph.D",
            "O'Connor",
            "O’Connor",
            "Mary-Jane",
            "Jean-Luc",
            "d'Arc",
            "van der Berg",
            "de la Cruz",
            "Ma.Theresa",
            "Md.Rahman",
            "Mohd.Ali",
            "Anna.Maria",
            "Łukasz",
            "张伟",
            "欧阳·娜娜",
            "José María",
            "Nguyễn",
            "X Æ A-12",
            "3rd",
            "Smith, Jr.",
            "A.J.",
            "R.E.M.",
            "...",
            ".",
            "Müller-Lüdenscheidt",
            "Kaʻiulani",
            "bell hooks",
            "e.e. cummings",
            "k.d. lang",
        ] {
            assert!(!is_in(name), "{name}");
        }
    }
}
