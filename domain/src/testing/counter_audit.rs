use super::TestDb;
use crate::{
    counter::COUNTERS,
    db::{Count, one},
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
        for counter in &COUNTERS {
            assert_eq!(self.number(&counter.wrong()).await, 0, "{}", counter.name);
        }
        let gaps = "SELECT COUNT(*) AS count FROM conversation WHERE last_seq <> \
                    (SELECT COUNT(*) FROM message WHERE conversation_id = conversation.id)";
        assert_eq!(self.number(gaps).await, 0, "numbers of messages have no gaps");
    }
}
