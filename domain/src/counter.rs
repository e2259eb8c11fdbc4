//! What counters say and what they count. A counter changes in the transaction of its cause; counted anew, it is the same.

use crate::block::{comment_stands, like_stands};

/// A number that is kept in a column, and the query that counts it anew.
pub(crate) struct Counter {
    /// What it counts, for people.
    pub(crate) name: &'static str,
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    /// SQL for the number, of the row of the table that it stands in.
    pub(crate) counted: &'static str,
}

impl Counter {
    /// SQL for how many rows say something else than what is there, called `count`.
    pub(crate) fn wrong(&self) -> String {
        let Self { table, column, counted, .. } = self;
        format!("SELECT COUNT(*) AS count FROM {table} WHERE {column} <> {counted}")
    }

    /// SQL that sets them right.
    pub(crate) fn repair(&self) -> String {
        let Self { table, column, counted, .. } = self;
        format!("UPDATE {table} SET {column} = {counted} WHERE {column} <> {counted}")
    }
}

/// All counters.
pub(crate) const COUNTERS: [Counter; 7] = [
    Counter {
        name: "likes of posts",
        table: "post",
        column: "like_count",
        counted: concat!("(SELECT COUNT(*) FROM post_like WHERE post_id = post.id AND ", like_stands!(), ")"),
    },
    Counter {
        name: "comments on posts",
        table: "post",
        column: "comment_count",
        counted: concat!(
            "(SELECT COUNT(*) FROM comment WHERE post_id = post.id AND removed_at IS NULL AND ",
            comment_stands!("comment"),
            ")"
        ),
    },
    Counter {
        name: "followers of people",
        table: "account",
        column: "follower_count",
        counted: "(SELECT COUNT(*) FROM follow WHERE followed_id = account.id)",
    },
    Counter {
        name: "people whom people follow",
        table: "account",
        column: "following_count",
        counted: "(SELECT COUNT(*) FROM follow WHERE follower_id = account.id)",
    },
    Counter {
        name: "posts of people",
        table: "account",
        column: "post_count",
        counted: "(SELECT COUNT(*) FROM post WHERE author_id = account.id AND post.removed_at IS NULL)",
    },
    Counter {
        name: "messages in conversations",
        table: "conversation",
        column: "last_seq",
        counted: "(SELECT COALESCE(MAX(seq), 0) FROM message WHERE conversation_id = conversation.id)",
    },
    // Unread is what comes after this mark: one that is beyond the last message would hide the next ones.
    Counter {
        name: "read markers of conversations",
        table: "chat_member",
        column: "read_seq",
        counted: "(SELECT CASE WHEN chat_member.read_seq > last_seq THEN last_seq \
                  WHEN chat_member.read_seq < 0 THEN 0 ELSE chat_member.read_seq END \
                  FROM conversation WHERE conversation.id = chat_member.conversation_id)",
    },
];
