//! What one has not read.

/// SQL that counts the conversations in which there is something that `$reader` has not read.
macro_rules! count_unread {
    ($reader:literal) => {
        concat!(
            "SELECT COUNT(*) AS count FROM chat_member JOIN conversation ON conversation.id = conversation_id \
             WHERE chat_member.account_id = ",
            $reader,
            " AND read_seq < last_seq AND ",
            $crate::block::visible!("other_id", to $reader)
        )
    };
}
pub(crate) use count_unread;
