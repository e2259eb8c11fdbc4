//! Which of the people found comes first.

use std::collections::HashSet;

use super::{terms::trigrams, text};

/// Of the trigrams of a search, how many have to be in a name that is spelled alike.
const ALIKE_PERCENT: usize = 45;

/// How well names match a search; the better one is the smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// A whole name, or all of them.
    Exact,
    /// Each word is the beginning of a name, the first one of the first.
    Front,
    /// Each word is the beginning of a name.
    Beginning,
    /// Each word is a part of a name.
    Part,
    /// A name is spelled alike; of a hundred trigrams so many are missing.
    Alike(usize),
}

/// How well `names` match the words; not at all when they are not alike.
pub(super) fn compare(words: &[String], names: &str) -> Option<Match> {
    let named = text::words(names);
    let begins = |word: &String| named.iter().any(|name| name.starts_with(word.as_str()));
    if words.iter().all(|word| named.contains(word)) {
        return Some(Match::Exact);
    }
    if words.iter().all(begins) {
        let is_front =
            words.first().zip(named.first()).is_some_and(|(word, name)| name.starts_with(word.as_str()));
        return Some(if is_front { Match::Front } else { Match::Beginning });
    }
    let is_part = |word: &String| {
        begins(word) || (word.chars().count() >= 3 && named.iter().any(|name| name.contains(word.as_str())))
    };
    if words.iter().all(is_part) {
        return Some(Match::Part);
    }
    // In a short word there is no room for a slip.
    if words.iter().any(|word| word.chars().count() < 3 && !begins(word)) {
        return None;
    }
    let asked: HashSet<String> = words.iter().flat_map(|word| padded(word)).collect();
    let known: HashSet<String> = named.iter().flat_map(|name| padded(name)).collect();
    let percent = (asked.intersection(&known).count() * 100).checked_div(asked.len())?;
    (percent >= ALIKE_PERCENT).then_some(Match::Alike(100 - percent))
}

/// The trigrams of a word with where it begins.
fn padded(word: &str) -> Vec<String> {
    trigrams(&format!(" {word}"))
}

#[cfg(test)]
mod tests {
    use super::{Match, compare};

    fn found(words: &str, names: &str) -> Option<Match> {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        compare(&words, names)
    }

    #[test]
    fn what_is_closer_comes_first() {
        let names = " anna brandt annab";
        assert_eq!(found("anna", names), Some(Match::Exact));
        assert_eq!(found("brandt anna", names), Some(Match::Exact));
        assert_eq!(found("ann", names), Some(Match::Front));
        assert_eq!(found("bra", names), Some(Match::Beginning));
        assert_eq!(found("rand", names), Some(Match::Part));
        assert!(matches!(found("branndt", names), Some(Match::Alike(_))));
        assert_eq!(found("xavier", names), None);
        assert!(
            Match::Exact < Match::Front
                && Match::Part < Match::Alike(0)
                && Match::Alike(10) < Match::Alike(20)
        );
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven_in_longer_names_only() {
        for typed in ["katharine", "katherina", "kathrina", "catharina"] {
            assert!(matches!(found(typed, " katharina mueller kathi"), Some(Match::Alike(_))), "{typed}");
        }
        assert_eq!(found("bob", " ben bauer benni"), None);
    }
}
