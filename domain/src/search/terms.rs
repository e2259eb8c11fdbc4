//! A search for people, as the database is asked.

use sea_orm::{DbBackend, Value};

use super::text;

/// Words of a search for people that are looked at.
const WORDS: usize = 4;
/// The index of trigrams knows nothing shorter.
const TRIGRAM: usize = 3;

/// The words of a search for people; at least one.
pub(crate) struct Terms(Vec<String>);

impl Terms {
    /// None when there is nothing to search for.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let mut words = text::query_words(typed);
        words.truncate(WORDS);
        (!words.is_empty()).then_some(Self(words))
    }

    pub(super) fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether one of them is long enough for the index of trigrams.
    pub(super) fn has_trigrams(&self) -> bool {
        self.long().next().is_some()
    }

    fn long(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).filter(|word| word.chars().count() >= TRIGRAM)
    }

    /// The longest word: what all names that begin with it, and no others, stand between.
    pub(super) fn range(&self) -> [Value; 2] {
        let longest = self.0.iter().max_by_key(|word| word.chars().count()).cloned().unwrap_or_default();
        [longest.clone().into(), format!("{longest}{}", char::MAX).into()]
    }

    /// What the names have to be like, in four patterns: a short word is the beginning of a name, a long one any part of it.
    pub(super) fn patterns(&self) -> [Value; WORDS] {
        let mut patterns = [(); WORDS].map(|()| Value::from("%"));
        for (pattern, word) in patterns.iter_mut().zip(&self.0) {
            let space = if word.chars().count() < TRIGRAM { " " } else { "" };
            *pattern = format!("%{space}{word}%").into();
        }
        patterns
    }

    /// All long words, for SQLite's index of trigrams.
    pub(super) fn all_long(&self) -> String {
        self.long().map(quoted).collect::<Vec<_>>().join(" AND ")
    }

    /// Any trigram of the long words, for SQLite's index of trigrams.
    pub(super) fn any_trigram(&self) -> String {
        let trigrams: Vec<String> = self.long().flat_map(trigrams).map(|trigram| quoted(&trigram)).collect();
        trigrams.join(" OR ")
    }

    /// SQL for the accounts whose names match, for lists that are searched within, and its values, the first of them number
    /// `from`.
    pub(crate) fn matching(&self, backend: DbBackend, from: usize) -> (String, Vec<Value>) {
        let mut values = self.patterns().to_vec();
        let like: Vec<String> =
            (from..from + WORDS).map(|place| format!("search_person.names LIKE ${place}")).collect();
        let (like, next) = (like.join(" AND "), from + WORDS);
        if !self.has_trigrams() {
            values.extend(self.range());
            let sql = format!(
                "SELECT search_person.account_id FROM search_name \
                 JOIN search_person ON search_person.account_id = search_name.account_id \
                 WHERE word >= ${next} AND word < ${} AND {like}",
                next + 1
            );
            return (sql, values);
        }
        let sql = match backend {
            DbBackend::Sqlite => {
                values.push(self.all_long().into());
                format!(
                    "SELECT search_person.account_id FROM person_index \
                     CROSS JOIN search_person ON search_person.id = person_index.rowid \
                     WHERE person_index MATCH ${next} AND {like}"
                )
            }
            _ => format!("SELECT search_person.account_id FROM search_person WHERE {like}"),
        };
        (sql, values)
    }
}

/// The text as SQLite's full-text search takes it as it is. A word has no quotes in it.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// All three characters in a row of a word.
pub(super) fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(TRIGRAM).map(|window| window.iter().collect()).collect()
}
