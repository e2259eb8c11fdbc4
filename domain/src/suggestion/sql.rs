//! The statement that finds suggestions. Each way of finding them looks at a bounded number of rows, and an index serves each:
//! the same work however many people there are.

use crate::{
    account::store::person_columns,
    block::{like_stands, visible},
    follow::relation_columns,
};

/// Whether a person may be suggested to the reader.
macro_rules! eligible {
    ($person:literal) => {
        concat!(
            $person,
            " <> $1 AND NOT EXISTS (SELECT 1 FROM follow WHERE follower_id = $1 AND followed_id = ",
            $person,
            ") AND NOT EXISTS (SELECT 1 FROM suggestion_dismissal WHERE account_id = $1 AND dismissed_id = ",
            $person,
            ") AND ",
            visible!($person)
        )
    };
}

/// `$1` is the reader, `$2` an id that is greater than all, `$3` how many. Looked at are
/// - `through`: of the 40 people whom the reader followed last, the 30 whom each of them followed last;
/// - `alike`: of the 30 latest posts that the reader likes, the 30 who liked each of them last;
/// - `newcomers`: the 40 who joined last.
pub(super) const SUGGESTIONS: &str = concat!(
    "WITH mine AS (\
       SELECT followed_id AS person, created_at AS since FROM follow WHERE follower_id = $1 AND ",
    visible!("followed_id"),
    " ORDER BY created_at DESC LIMIT 40\
     ), through AS (\
       SELECT follow.followed_id AS id, COUNT(*) AS score FROM mine JOIN follow ON follow.follower_id = mine.person \
       AND follow.created_at >= COALESCE((SELECT late.created_at FROM follow AS late WHERE late.follower_id = mine.person \
         ORDER BY late.created_at DESC LIMIT 1 OFFSET 29), 0) \
       GROUP BY follow.followed_id\
     ), liked AS (\
       SELECT post_like.post_id FROM post_like JOIN post ON post.id = post_like.post_id \
       WHERE post_like.account_id = $1 AND post.removed_at IS NULL AND ",
    visible!("post.author_id"),
    " ORDER BY post_like.post_id DESC LIMIT 30\
     ), alike AS (\
       SELECT post_like.account_id AS id, COUNT(*) AS score FROM liked JOIN post_like ON post_like.post_id = liked.post_id \
       AND post_like.created_at >= COALESCE((SELECT late.created_at FROM post_like AS late WHERE late.post_id = liked.post_id \
         ORDER BY late.created_at DESC LIMIT 1 OFFSET 29), 0) \
       WHERE ",
    like_stands!(),
    " GROUP BY post_like.account_id\
     ), newcomers AS (\
       SELECT account.id FROM account WHERE account.verified_at IS NOT NULL AND account.id < $2 AND ",
    eligible!("account.id"),
    " ORDER BY account.id DESC LIMIT 40\
     ), found AS (\
       SELECT id, score AS via, 0 AS posts FROM through UNION ALL SELECT id, 0, score FROM alike \
       UNION ALL SELECT id, 0, 0 FROM newcomers\
     ), candidate AS (\
       SELECT id, CAST(SUM(via) AS bigint) AS via, CAST(SUM(posts) AS bigint) AS posts FROM found GROUP BY id\
     ) SELECT ",
    person_columns!("account"),
    ", account.created_at AS joined_at, via, posts, \
     (SELECT COALESCE(NULLIF(friend.first_name, ''), NULLIF(friend.last_name, ''), friend.username) FROM mine JOIN follow ON follow.follower_id = mine.person AND follow.followed_id = account.id \
      JOIN account AS friend ON friend.id = mine.person ORDER BY mine.since DESC LIMIT 1) AS via_name, ",
    relation_columns!("account.id"),
    " FROM candidate JOIN account ON account.id = candidate.id WHERE account.verified_at IS NOT NULL AND ",
    eligible!("account.id"),
    " ORDER BY via DESC, posts DESC, CASE WHEN post_count > 0 THEN 0 ELSE 1 END, account.id DESC LIMIT $3"
);
