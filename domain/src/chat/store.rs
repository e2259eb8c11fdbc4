use protocol::{
    AccountId, ConversationId, Page, Problem, Timestamp,
    account::PersonView,
    chat::{ConversationView, KnownPosition, MESSAGES_AT_ONCE, MessageState, MessageView, QuotedMessage},
    text::Username,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    block::visible,
    db::{IntoValue, all, execute, one, to_u32},
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

/// Goes on with a condition.
macro_rules! select_messages {
    ($condition:literal) => {
        concat!("SELECT ", message_columns!(), " FROM message", join_quoted!(), " WHERE ", $condition)
    };
}

#[derive(Debug, FromQueryResult)]
struct MessageRow {
    conversation_id: Uuid,
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

/// Keeps others from changing a conversation until the transaction ends, and says its revision.
pub(crate) async fn lock(db: &impl ConnectionTrait, conversation: ConversationId) -> Result<i64, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        revision: i64,
    }
    let sql = "UPDATE conversation SET revision = revision WHERE id = $1 RETURNING revision";
    let row: Row = one(db, sql, [conversation.into_value()]).await?.ok_or(Problem::NotFound)?;
    Ok(row.revision)
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

/// How far `reader` has read the conversation with `other`, if there is one, and its revision.
pub(crate) async fn read_with(
    db: &impl ConnectionTrait,
    reader: AccountId,
    other: AccountId,
) -> Result<Option<KnownPosition>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        read_seq: i64,
        revision: i64,
    }
    let sql = "SELECT conversation.id, read_seq, revision FROM conversation \
               JOIN chat_member ON conversation_id = conversation.id AND account_id = $3 \
               WHERE first_id = $1 AND second_id = $2";
    let (first, second) = (reader.min(other), reader.max(other));
    let values = [first.into_value(), second.into_value(), reader.into_value()];
    let row: Option<Row> = one(db, sql, values).await?;
    let position =
        |row: Row| KnownPosition { conversation: row.id.into(), seq: row.read_seq, revision: row.revision };
    Ok(row.map(position))
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

/// A conversation as one of the two has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Membership {
    pub(crate) other: AccountId,
    pub(crate) revision: i64,
}

/// The conversation of `asker` with this id.
///
/// # Errors
/// [`Problem::NotFound`] for whoever is not in it, or has a block with the other one in it.
pub(crate) async fn membership(
    db: &impl ConnectionTrait,
    asker: AccountId,
    conversation: ConversationId,
) -> Result<Membership, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        other_id: Uuid,
        revision: i64,
    }
    let sql = concat!(
        "SELECT other_id, revision FROM chat_member JOIN conversation ON conversation.id = conversation_id \
         WHERE account_id = $1 AND conversation_id = $2 AND ",
        visible!("other_id")
    );
    let row: Row =
        one(db, sql, [asker.into_value(), conversation.into_value()]).await?.ok_or(Problem::NotFound)?;
    Ok(Membership { other: row.other_id.into(), revision: row.revision })
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
                 AND revision > $4 ORDER BY revision LIMIT $3) \
               SELECT CAST(COALESCE(SUM(octet_length(body)), 0) AS bigint) AS bytes \
               FROM (SELECT body FROM backlog UNION ALL SELECT body FROM changed) AS missed";
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
        "SELECT ",
        message_columns!(),
        ", conversation.last_seq - chat_member.read_seq AS unread, \
         ",
        person_columns!("account"),
        " FROM chat_member JOIN conversation ON conversation.id = chat_member.conversation_id \
         JOIN message ON message.conversation_id = conversation.id AND message.seq = conversation.last_seq",
        join_quoted!(),
        " JOIN account ON account.id = chat_member.other_id \
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
