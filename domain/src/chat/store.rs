use protocol::{
    AccountId, ConversationId, Page, Problem, Timestamp,
    account::PersonView,
    chat::{ConversationView, MESSAGES_AT_ONCE, MessageView, ReadPosition},
    text::Username,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    block::visible,
    db::{Count, IntoValue, all, execute, one, to_u32},
};

const MESSAGE_COLUMNS: &str = "conversation_id, seq, sender_id, client_id, body, created_at";

#[derive(Debug, FromQueryResult)]
struct MessageRow {
    conversation_id: Uuid,
    seq: i64,
    sender_id: Uuid,
    client_id: Uuid,
    body: String,
    created_at: i64,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        Self {
            conversation: row.conversation_id.into(),
            seq: row.seq,
            sender: row.sender_id.into(),
            client_id: row.client_id,
            body: row.body,
            mentions: Vec::new(),
            sent_at: Timestamp::from_micros(row.created_at),
        }
    }
}

/// A conversation that nobody else can add to until the transaction ends.
#[derive(Debug)]
pub(crate) struct Locked {
    pub(crate) id: ConversationId,
    pub(crate) last_seq: i64,
}

#[derive(FromQueryResult)]
struct ConversationRow {
    id: Uuid,
    last_seq: i64,
}

/// The conversation between two people, made when there is none, and locked.
pub(crate) async fn lock_between(
    db: &impl ConnectionTrait,
    fresh: ConversationId,
    one_of: AccountId,
    other: AccountId,
    now: Timestamp,
) -> Result<Locked, Error> {
    let (first, second) = (one_of.min(other), one_of.max(other));
    let new = "INSERT INTO conversation (id, first_id, second_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let made = execute(db, new, [fresh.into_value(), first.into_value(), second.into_value()]).await?;
    if made > 0 {
        let members = "INSERT INTO chat_member (conversation_id, account_id, other_id, active_at) \
                       VALUES ($1, $2, $3, $4), ($1, $3, $2, $4)";
        let values = [fresh.into_value(), first.into_value(), second.into_value(), now.micros().into()];
        execute(db, members, values).await?;
    }
    // A change that changes nothing takes the row's lock on PostgreSQL; SQLite's transaction has all locks already.
    let lock = "UPDATE conversation SET last_seq = last_seq WHERE first_id = $1 AND second_id = $2 RETURNING id, last_seq";
    let row: ConversationRow =
        one(db, lock, [first.into_value(), second.into_value()]).await?.ok_or(Problem::NotFound)?;
    Ok(Locked { id: row.id.into(), last_seq: row.last_seq })
}

/// Stores the next message of a locked conversation. Sending reads what came before.
pub(crate) async fn append(db: &impl ConnectionTrait, message: &MessageView) -> Result<(), Error> {
    let conversation = message.conversation;
    let new = "INSERT INTO message (conversation_id, seq, sender_id, client_id, body, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        conversation.into_value(),
        message.seq.into(),
        message.sender.into_value(),
        message.client_id.into(),
        message.body.as_str().into(),
        message.sent_at.micros().into(),
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
    let sql = format!("SELECT {MESSAGE_COLUMNS} FROM message WHERE sender_id = $1 AND client_id = $2");
    let row: Option<MessageRow> = one(db, &sql, [sender.into_value(), client_id.into()]).await?;
    Ok(row.map(Into::into))
}

/// How far `reader` has read the conversation with `other`, if there is one.
pub(crate) async fn read_with(
    db: &impl ConnectionTrait,
    reader: AccountId,
    other: AccountId,
) -> Result<Option<ReadPosition>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        read_seq: i64,
    }
    let sql = "SELECT conversation.id, read_seq FROM conversation \
               JOIN chat_member ON conversation_id = conversation.id AND account_id = $3 \
               WHERE first_id = $1 AND second_id = $2";
    let (first, second) = (reader.min(other), reader.max(other));
    let values = [first.into_value(), second.into_value(), reader.into_value()];
    let row: Option<Row> = one(db, sql, values).await?;
    Ok(row.map(|row| ReadPosition { conversation: row.id.into(), seq: row.read_seq }))
}

/// The deleted account in whose place `username` stands, if `asker` keeps a conversation with it.
pub(crate) async fn deleted_partner(
    db: &impl ConnectionTrait,
    asker: AccountId,
    username: &Username,
) -> Result<PersonView, Error> {
    let sql = concat!(
        "SELECT ",
        person_columns!("account"),
        " FROM account JOIN chat_member ON chat_member.other_id = account.id AND chat_member.account_id = $1 \
         WHERE username = $2 AND deleted_at IS NOT NULL"
    );
    let row: Option<PersonRow> = one(db, sql, [asker.into_value(), username.as_str().into()]).await?;
    row.map(Into::into).ok_or_else(|| Problem::NotFound.into())
}

/// Refuses whoever is not in the conversation, or has a block with the other one in it.
pub(crate) async fn check_member(
    db: &impl ConnectionTrait,
    asker: AccountId,
    conversation: ConversationId,
) -> Result<(), Error> {
    let sql = concat!(
        "SELECT COUNT(*) AS count FROM chat_member WHERE account_id = $1 AND conversation_id = $2 AND ",
        visible!("other_id")
    );
    let found: Option<Count> = one(db, sql, [asker.into_value(), conversation.into_value()]).await?;
    if found.is_some_and(|found| found.count > 0) { Ok(()) } else { Err(Problem::NotFound.into()) }
}

/// The messages before the one numbered `before`, oldest first; `more` says whether there are earlier ones.
pub(crate) async fn before(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    before: i64,
) -> Result<Page<MessageView>, Error> {
    let sql = format!(
        "SELECT {MESSAGE_COLUMNS} FROM message WHERE conversation_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"
    );
    let mut page = piece(db, &sql, conversation, before).await?;
    page.items.reverse();
    Ok(page)
}

/// The messages after `position`, oldest first.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    position: ReadPosition,
) -> Result<Page<MessageView>, Error> {
    let sql = format!(
        "SELECT {MESSAGE_COLUMNS} FROM message WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    );
    piece(db, &sql, position.conversation, position.seq).await
}

/// Bytes of the texts that [`after`] would read.
pub(crate) async fn bytes_after(db: &impl ConnectionTrait, position: ReadPosition) -> Result<u64, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        bytes: i64,
    }
    let sql = "WITH backlog AS (SELECT body FROM message WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3) \
               SELECT CAST(COALESCE(SUM(octet_length(body)), 0) AS bigint) AS bytes FROM backlog";
    let values =
        [position.conversation.into_value(), position.seq.into(), i64::from(MESSAGES_AT_ONCE).into()];
    let row: Option<Row> = one(db, sql, values).await?;
    Ok(row.map_or(0, |row| row.bytes.unsigned_abs()))
}

async fn piece(
    db: &impl ConnectionTrait,
    sql: &str,
    conversation: ConversationId,
    from: i64,
) -> Result<Page<MessageView>, Error> {
    let limit = i64::from(MESSAGES_AT_ONCE) + 1;
    let mut rows: Vec<MessageRow> =
        all(db, sql, [conversation.into_value(), from.into(), limit.into()]).await?;
    let more = rows.len() > MESSAGES_AT_ONCE as usize;
    rows.truncate(MESSAGES_AT_ONCE as usize);
    Ok(Page { items: rows.into_iter().map(Into::into).collect(), more })
}

/// The list of conversations of `reader`, the latest first.
pub(crate) async fn conversations(
    db: &impl ConnectionTrait,
    reader: AccountId,
    limit: u32,
) -> Result<Vec<ConversationView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        last: MessageRow,
        unread: i64,
        #[sea_orm(nested)]
        with: PersonRow,
    }
    let sql = concat!(
        "SELECT message.conversation_id, seq, sender_id, client_id, body, message.created_at, \
         conversation.last_seq - chat_member.read_seq AS unread, \
         ",
        person_columns!("account"),
        " FROM chat_member JOIN conversation ON conversation.id = chat_member.conversation_id \
         JOIN message ON message.conversation_id = conversation.id AND message.seq = conversation.last_seq \
         JOIN account ON account.id = chat_member.other_id \
         WHERE chat_member.account_id = $1 AND ",
        visible!("chat_member.other_id"),
        " ORDER BY chat_member.active_at DESC LIMIT $2"
    );
    let rows: Vec<Row> = all(db, sql, [reader.into_value(), i64::from(limit).into()]).await?;
    let views = rows.into_iter().map(|row| ConversationView {
        id: row.last.conversation_id.into(),
        with: row.with.into(),
        last: row.last.into(),
        unread: to_u32(row.unread),
    });
    Ok(views.collect())
}
