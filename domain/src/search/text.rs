//! Texts as they are searched: in small letters, without accents, cut into words. Nothing but letters, digits and marks is left,
//! so that no text of a person can be read as a command of a search.

use protocol::search::QUERY_MAX;
use unicode_normalization::UnicodeNormalization;

/// Characters of a word that are kept.
const WORD_MAX: usize = 40;
/// Words of a search that are looked at.
pub(super) const WORDS_MAX: usize = 8;

/// The words of a text. A letter of a script that is written without spaces is a word by itself.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut length = 0;
    for letter in fold(text) {
        if is_word_by_itself(letter) && letter.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
            words.push(letter.to_string());
            length = 0;
        } else if letter.is_alphanumeric() {
            if length < WORD_MAX {
                word.push(letter);
            }
            length += 1;
        } else {
            words.push(std::mem::take(&mut word));
            length = 0;
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The words of what was typed into the search, as many as are looked at.
pub(super) fn query_words(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(QUERY_MAX).collect();
    let mut words = words(&typed);
    words.truncate(WORDS_MAX);
    words
}

/// Small letters without accents and points; letters that only look like others with an accent become these.
fn fold(text: &str) -> impl Iterator<Item = char> {
    let plain = text.nfkd().filter(|letter| !is_optional_mark(*letter));
    plain
        .flat_map(char::to_lowercase)
        .flat_map(spell)
        .nfkd()
        .filter(|letter| !is_optional_mark(*letter))
        .nfc()
}

/// Accents of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic. Those of Indic scripts are vowels.
const fn is_optional_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The letters that somebody types who does not have this one.
fn spell(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = match letter {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        'ħ' => ('h', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// Han, Kana, Thai, Lao, Burmese and Khmer have no spaces between words.
const fn is_word_by_itself(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{WORD_MAX, WORDS_MAX, query_words, words};

    #[test]
    fn accents_and_capitals_make_no_difference() {
        for (text, expected) in [
            ("Łukasz Müller-Öz", "lukasz muller oz"),
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("Straße, Æsir & Øre", "strasse aesir ore"),
            ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
            ("Ελένη Ρήγας", "ελενη ρηγασ"),
            ("Алёна Йорк", "алена иорк"),
            ("שָׁלוֹם", "שלום"),
            ("ﬁne ２０２６", "fine 2026"),
        ] {
            assert_eq!(words(text).join(" "), expected);
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(words("김철수").join(" "), "김철수", "syllables stay whole");
        assert_eq!(words("王小明 and 李").join(" "), "王 小 明 and 李");
        assert_eq!(words("हिन्दी"), words("हिन्दी "));
    }

    #[test]
    fn signs_of_query_languages_cut_words_and_stay_out() {
        assert_eq!(
            words(r#""a* OR b" NEAR(c) ^d -e {f}:g\ 'h' %i_j"#).join(" "),
            "a or b near c d e f g h i j"
        );
        assert_eq!(words("  \t\n\u{0}\u{202e}\u{200b} \"'*&|!():<>\\%_"), Vec::<String>::new());
    }

    #[test]
    fn what_is_long_is_cut() {
        assert_eq!(words(&"a".repeat(5_000)), ["a".repeat(WORD_MAX)]);
        assert_eq!(query_words(&"ab ".repeat(700)).len(), WORDS_MAX);
        assert_eq!(query_words(&"x".repeat(2_000)), ["x".repeat(WORD_MAX)]);
    }

    proptest! {
        #[test]
        fn words_have_letters_and_digits_only(text in any::<String>()) {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.chars().count() <= WORD_MAX);
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }

        #[test]
        fn words_of_words_are_the_same(text in any::<String>()) {
            let once = words(&text);
            prop_assert_eq!(&words(&once.join(" ")), &once);
        }
    }
}
