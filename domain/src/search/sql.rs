//! The statements of searches. Where SQLite and PostgreSQL search differently, both texts stand here.
//!
//! Those for people gather candidates, each way a bounded number of them: names that begin with the longest word, people whom
//! the asker follows, and, where the words are long enough for an index of trigrams, any part of a name and what is spelled
//! alike. Which of them is the best is decided by [`super::rank`].
//!
//! `$1` is the asker, `$2` and `$3` what the names lie between that begin with the longest word, `$4` to `$7` the patterns,
//! `$8` how many each way may bring.

use crate::{
    account::store::person_columns,
    block::{hidden, visible},
    follow::relation_columns,
    post::store::select_posts,
};

/// Whether the names match all patterns.
macro_rules! is_like {
    () => {
        "search_person.names LIKE $4 AND search_person.names LIKE $5 AND search_person.names LIKE $6 \
         AND search_person.names LIKE $7"
    };
}

/// How many of a way that cannot ask who is hidden: as many more as there are.
macro_rules! with_hidden {
    () => {
        "$8 + (SELECT COUNT(*) FROM hidden)"
    };
}

/// Goes on with further ways, `, name AS (…)`, and `UNION SELECT id FROM name` for each.
macro_rules! select_people {
    ($ways:expr, $union:literal) => {
        concat!(
            "WITH hidden AS (",
            hidden!(),
            "), near AS (\
               SELECT followed_id AS id FROM follow WHERE follower_id = $1 ORDER BY created_at DESC LIMIT 500\
             ), followed AS (\
               SELECT near.id FROM near JOIN search_person ON search_person.account_id = near.id WHERE ",
            is_like!(),
            " LIMIT $8), beginning AS (\
               SELECT search_name.account_id AS id FROM search_name \
               JOIN search_person ON search_person.account_id = search_name.account_id \
               WHERE word >= $2 AND word < $3 AND ",
            is_like!(),
            " AND ",
            visible!("search_name.account_id"),
            " ORDER BY word, search_name.account_id LIMIT $8)",
            $ways,
            ", candidate AS (SELECT id FROM followed UNION SELECT id FROM beginning ",
            $union,
            ") SELECT ",
            person_columns!("account"),
            ", search_person.names, ",
            relation_columns!("account.id"),
            " FROM candidate JOIN account ON account.id = candidate.id \
             JOIN search_person ON search_person.account_id = account.id WHERE verified_at IS NOT NULL AND ",
            visible!("account.id")
        )
    };
}

/// For words that are too short for trigrams.
pub(super) const SHORT: &str = select_people!("", "");

/// `$9` are all long words, `$10` is any trigram of them. What is spelled alike is looked for when hardly anything else is found.
pub(super) const SQLITE: &str = select_people!(
    concat!(
        ", part AS (\
           SELECT search_person.account_id AS id FROM person_index \
           CROSS JOIN search_person ON search_person.id = person_index.rowid \
           WHERE person_index MATCH $9 AND ",
        is_like!(),
        " AND ",
        visible!("search_person.account_id"),
        " LIMIT $8), few AS (SELECT 1 AS yes WHERE (SELECT COUNT(*) FROM part) < 5), alike AS (\
           SELECT search_person.account_id AS id FROM few CROSS JOIN person_index \
           CROSS JOIN search_person ON search_person.id = person_index.rowid \
           WHERE person_index MATCH $10 ORDER BY person_index.rank LIMIT ",
        with_hidden!(),
        ")"
    ),
    "UNION SELECT id FROM part UNION SELECT id FROM alike"
);

/// `$9` are all words.
pub(super) const POSTGRES: &str = select_people!(
    concat!(
        ", part AS MATERIALIZED (SELECT id FROM people_like($4, $5, $6, $7, ",
        with_hidden!(),
        ") AS id), alike AS (\
           SELECT id FROM people_spelled_like($9, ",
        with_hidden!(),
        ") AS id WHERE (SELECT COUNT(*) FROM part) < 5)"
    ),
    "UNION SELECT id FROM part UNION SELECT id FROM alike"
);

/// Posts with certain words in them: `$2` is where the page begins, `$3` how many posts it may have, `$4` the words, `$5` where it
/// begins in the index, which is read from the latest post on, until the page is full.
pub(super) const SQLITE_POSTS: &str = select_posts!(
    " AND post.id IN (\
       SELECT search_post.post_id FROM post_index \
       CROSS JOIN search_post ON search_post.id = post_index.rowid \
       CROSS JOIN post AS written ON written.id = search_post.post_id \
       WHERE post_index MATCH $4 AND post_index.rowid < $5 AND ",
    visible!("written.author_id"),
    " ORDER BY post_index.rowid DESC LIMIT $3) ORDER BY post.id DESC LIMIT $3"
);

/// The same on PostgreSQL, whose index knows no order.
pub(super) const POSTGRES_POSTS: &str = select_posts!(
    " AND post.id = ANY (ARRAY (\
       WITH found AS MATERIALIZED (\
         SELECT post_id FROM search_post WHERE lexemes @@ CAST(CAST($4 AS text) AS tsquery)\
       ) SELECT found.post_id FROM found WHERE found.post_id < $2 AND ",
    visible!("(SELECT author_id FROM post AS written WHERE written.id = found.post_id)"),
    " ORDER BY found.post_id DESC LIMIT $3)) ORDER BY post.id DESC LIMIT $3"
);
