use sea_orm::FromQueryResult;

use super::TestDb;
use crate::{
    block::{comment_stands, like_stands},
    db::{Count, all, one},
};

impl TestDb {
    /// The number called `count` that a query finds.
    pub async fn number(&self, sql: &str) -> i64 {
        one::<Count>(self.cx.db.read(), sql, []).await.expect("a query").expect("a row").count
    }

    /// Counts again what counters count.
    ///
    /// # Panics
    /// When a counter says something else.
    pub async fn assert_counters_are_right(&self) {
        #[derive(Debug, FromQueryResult)]
        struct Counter {
            kept: i64,
            counted: i64,
        }
        let counters = [
            (
                "likes",
                concat!(
                    "SELECT like_count AS kept, (SELECT COUNT(*) FROM post_like WHERE post_id = post.id AND ",
                    like_stands!(),
                    ") AS counted FROM post"
                ),
            ),
            (
                "comments",
                concat!(
                    "SELECT comment_count AS kept, (SELECT COUNT(*) FROM comment WHERE post_id = post.id AND removed_at IS NULL AND ",
                    comment_stands!("comment"),
                    ") AS counted FROM post"
                ),
            ),
            (
                "messages",
                "SELECT last_seq AS kept, (SELECT COUNT(*) FROM message WHERE conversation_id = conversation.id) AS counted FROM conversation",
            ),
            (
                "last messages",
                "SELECT last_seq AS kept, (SELECT COALESCE(MAX(seq), 0) FROM message WHERE conversation_id = conversation.id) AS counted FROM conversation",
            ),
        ];
        for (what, sql) in counters {
            let rows: Vec<Counter> = all(self.cx.db.read(), sql, []).await.expect("a recount");
            assert!(rows.iter().all(|row| row.kept == row.counted), "{what}: {rows:?}");
        }
    }
}
