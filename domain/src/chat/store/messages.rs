//! Stored messages.

use protocol::{
    AccountId, ConversationId, Page, Timestamp,
    chat::{KnownPosition, MESSAGES_AT_ONCE, MessageState, MessageView, QuotedMessage},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error,
    db::{IntoValue, all, execute, one},
};

/// SQL for the columns of a [`MessageRow`], of a message that is joined to what it quotes ([`join_quoted`]).
macro_rules! message_columns {
    () => {
        "message.conversation_id, message.seq, message.sender_id, message.client_id, message.body, message.created_at, \
         message.edited_at, message.deleted_at, message.revision, quoted.seq AS quoted_seq, \
         quoted.sender_id AS quoted_sender_id, SUBSTR(quoted.body, 1, 200) AS quoted_body, \
         quoted.deleted_at AS quoted_deleted_at"
    };
}

/// SQL that joins a message to the one that it answers.
macro_rules! join_quoted {
    () => {
        " LEFT JOIN message AS quoted ON quoted.conversation_id = message.conversation_id \
         AND quoted.seq = message.reply_seq"
    };
}

pub(super) use {join_quoted, message_columns};

/// Goes on with a condition.
macro_rules! select_messages {
    ($condition:literal) => {
        concat!("SELECT ", message_columns!(), " FROM message", join_quoted!(), " WHERE ", $condition)
    };
}

#[derive(Debug, FromQueryResult)]
pub(super) struct MessageRow {
    pub(super) conversation_id: Uuid,
    seq: i64,
    sender_id: Uuid,
    client_id: Uuid,
    body: String,
    created_at: i64,
    edited_at: Option<i64>,
    deleted_at: Option<i64>,
    revision: i64,
    quoted_seq: Option<i64>,
    quoted_sender_id: Option<Uuid>,
    quoted_body: Option<String>,
    quoted_deleted_at: Option<i64>,
}

impl MessageRow {
    const fn state(&self) -> MessageState {
        match (self.deleted_at, self.edited_at) {
            (Some(_), _) => MessageState::Deleted,
            (None, Some(_)) => MessageState::Edited,
            (None, None) => MessageState::Original,
        }
    }

    fn quoted(&self) -> Option<QuotedMessage> {
        let (seq, sender) = self.quoted_seq.zip(self.quoted_sender_id)?;
        let body = self.quoted_body.clone().filter(|_| self.quoted_deleted_at.is_none());
        Some(QuotedMessage { seq, sender: sender.into(), body })
    }
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        let (state, reply_to) = (row.state(), row.quoted());
        Self {
            conversation: row.conversation_id.into(),
            seq: row.seq,
            sender: row.sender_id.into(),
            client_id: row.client_id,
            body: row.body,
            mentions: Vec::new(),
            sent_at: Timestamp::from_micros(row.created_at),
            reply_to,
            state,
            revision: row.revision,
        }
    }
}

/// Stores the next message of a locked conversation. Sending reads what came before.
pub(crate) async fn append(db: &impl ConnectionTrait, message: &MessageView) -> Result<(), Error> {
    let conversation = message.conversation;
    let new = "INSERT INTO message (conversation_id, seq, sender_id, client_id, body, created_at, reply_seq) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        conversation.into_value(),
        message.seq.into(),
        message.sender.into_value(),
        message.client_id.into(),
        message.body.as_str().into(),
        message.sent_at.micros().into(),
        message.reply_to.as_ref().map(|quoted| quoted.seq).into(),
    ];
    execute(db, new, values).await?;
    let count = "UPDATE conversation SET last_seq = $1 WHERE id = $2";
    execute(db, count, [message.seq.into(), conversation.into_value()]).await?;
    let members = "UPDATE chat_member SET active_at = $1, \
                   read_seq = CASE WHEN account_id = $2 THEN $3 ELSE read_seq END WHERE conversation_id = $4";
    let values = [
        message.sent_at.micros().into(),
        message.sender.into_value(),
        message.seq.into(),
        conversation.into_value(),
    ];
    execute(db, members, values).await.map(drop)
}

/// The message that `sender` sent under this id, if it is stored.
pub(crate) async fn find_by_client_id(
    db: &impl ConnectionTrait,
    sender: AccountId,
    client_id: Uuid,
) -> Result<Option<MessageView>, Error> {
    let sql = select_messages!("message.sender_id = $1 AND message.client_id = $2");
    let row: Option<MessageRow> = one(db, sql, [sender.into_value(), client_id.into()]).await?;
    Ok(row.map(Into::into))
}

/// The message of this number, if there is one.
pub(crate) async fn message(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    seq: i64,
) -> Result<Option<MessageView>, Error> {
    let sql = select_messages!("message.conversation_id = $1 AND message.seq = $2");
    let row: Option<MessageRow> = one(db, sql, [conversation.into_value(), seq.into()]).await?;
    Ok(row.map(Into::into))
}

/// Stores what has become of a message of a locked conversation. One that is deleted keeps neither its text nor what it answered.
pub(crate) async fn change(
    db: &impl ConnectionTrait,
    message: &MessageView,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = if message.state.is_deleted() {
        "UPDATE message SET body = $1, deleted_at = $2, reply_seq = NULL, revision = $3 \
         WHERE conversation_id = $4 AND seq = $5"
    } else {
        "UPDATE message SET body = $1, edited_at = $2, revision = $3 WHERE conversation_id = $4 AND seq = $5"
    };
    let values = [
        message.body.as_str().into(),
        now.micros().into(),
        message.revision.into(),
        message.conversation.into_value(),
        message.seq.into(),
    ];
    execute(db, sql, values).await?;
    let sql = "UPDATE conversation SET revision = $1 WHERE id = $2";
    execute(db, sql, [message.revision.into(), message.conversation.into_value()]).await.map(drop)
}

/// The messages before the one numbered `before`, oldest first; `more` says whether there are earlier ones.
pub(crate) async fn before(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    before: i64,
) -> Result<Page<MessageView>, Error> {
    let sql = select_messages!(
        "message.conversation_id = $1 AND message.seq < $2 ORDER BY message.seq DESC LIMIT $3"
    );
    let mut page = piece(db, sql, [conversation.into_value(), before.into()]).await?;
    page.items.reverse();
    Ok(page)
}

/// The messages after `position`, oldest first.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    position: KnownPosition,
) -> Result<Page<MessageView>, Error> {
    let sql =
        select_messages!("message.conversation_id = $1 AND message.seq > $2 ORDER BY message.seq LIMIT $3");
    piece(db, sql, [position.conversation.into_value(), position.seq.into()]).await
}

/// The messages up to `position` that have changed after its revision.
pub(crate) async fn changed_after(
    db: &impl ConnectionTrait,
    position: KnownPosition,
) -> Result<Page<MessageView>, Error> {
    let sql = select_messages!(
        "message.conversation_id = $1 AND message.seq <= $2 AND message.revision > 0 AND message.revision > $4 \
         ORDER BY message.revision LIMIT $3"
    );
    let [conversation, seq, revision] =
        [position.conversation.into_value(), position.seq.into(), position.revision.into()];
    let limit = i64::from(MESSAGES_AT_ONCE) + 1;
    let rows: Vec<MessageRow> = all(db, sql, [conversation, seq, limit.into(), revision]).await?;
    Ok(page(rows))
}

/// Bytes of the texts that [`after`] and [`changed_after`] would read.
pub(crate) async fn bytes_after(db: &impl ConnectionTrait, position: KnownPosition) -> Result<u64, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        bytes: i64,
    }
    let sql = "WITH backlog AS (SELECT body FROM message WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3), \
               changed AS (SELECT body FROM message WHERE conversation_id = $1 AND seq <= $2 AND revision > 0 \
                 AND revision > $4 ORDER BY revision LIMIT $3), \
               missed AS (SELECT body FROM backlog UNION ALL SELECT body FROM changed) \
               SELECT CAST(COALESCE(SUM(octet_length(body)), 0) AS bigint) AS bytes FROM missed";
    let values = [
        position.conversation.into_value(),
        position.seq.into(),
        i64::from(MESSAGES_AT_ONCE).into(),
        position.revision.into(),
    ];
    let row: Option<Row> = one(db, sql, values).await?;
    Ok(row.map_or(0, |row| row.bytes.unsigned_abs()))
}

async fn piece(
    db: &impl ConnectionTrait,
    sql: &str,
    [conversation, from]: [Value; 2],
) -> Result<Page<MessageView>, Error> {
    let limit = i64::from(MESSAGES_AT_ONCE) + 1;
    Ok(page(all(db, sql, [conversation, from, limit.into()]).await?))
}

fn page(mut rows: Vec<MessageRow>) -> Page<MessageView> {
    let more = rows.len() > MESSAGES_AT_ONCE as usize;
    rows.truncate(MESSAGES_AT_ONCE as usize);
    Page { items: rows.into_iter().map(Into::into).collect(), more }
}
