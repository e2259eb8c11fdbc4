use protocol::{
    AccountId, ConversationId, Problem, Timestamp,
    account::PersonView,
    chat::{ConversationView, KnownPosition},
    presence::Presence,
    text::Username,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    block::visible,
    db::{IntoValue, all, execute, one, to_u32},
};

mod messages;
use messages::{MessageRow, join_quoted, message_columns};
pub(crate) use messages::{
    after, append, before, bytes_after, change, changed_after, find_by_client_id, message,
};

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

/// SQL for how far the other one than `$reader` has read a conversation; none where one of the two keeps that to themselves.
macro_rules! read_by_other {
    ($reader:literal) => {
        concat!(
            "(SELECT theirs.read_seq FROM chat_member AS theirs \
             JOIN account AS other ON other.id = theirs.account_id AND other.read_receipts = 'on' \
             JOIN account AS reader ON reader.id = ",
            $reader,
            " AND reader.read_receipts = 'on' \
             WHERE theirs.conversation_id = conversation.id AND theirs.account_id <> ",
            $reader,
            ") AS read_by_other"
        )
    };
}

/// How far `reader` has read the conversation with `other`, if there is one, its revision, and how far the other one has
/// read, where that is told.
pub(crate) async fn read_with(
    db: &impl ConnectionTrait,
    reader: AccountId,
    other: AccountId,
) -> Result<Option<(KnownPosition, Option<i64>)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        read_seq: i64,
        revision: i64,
        read_by_other: Option<i64>,
    }
    let sql = concat!(
        "SELECT conversation.id, read_seq, revision, ",
        read_by_other!("$3"),
        " FROM conversation JOIN chat_member ON conversation_id = conversation.id AND account_id = $3 \
         WHERE first_id = $1 AND second_id = $2"
    );
    let (first, second) = (reader.min(other), reader.max(other));
    let values = [first.into_value(), second.into_value(), reader.into_value()];
    let row: Option<Row> = one(db, sql, values).await?;
    let position = |row: Row| {
        let Row { id, read_seq: seq, revision, read_by_other } = row;
        (KnownPosition { conversation: id.into(), seq, revision }, read_by_other)
    };
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
    /// How far the other one has read, where that is told.
    pub(crate) read_by_other: Option<i64>,
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
        read_by_other: Option<i64>,
    }
    let sql = concat!(
        "SELECT other_id, revision, ",
        read_by_other!("$1"),
        " FROM chat_member JOIN conversation ON conversation.id = conversation_id \
         WHERE chat_member.account_id = $1 AND conversation_id = $2 AND ",
        visible!("other_id")
    );
    let row: Row =
        one(db, sql, [asker.into_value(), conversation.into_value()]).await?.ok_or(Problem::NotFound)?;
    Ok(Membership { other: row.other_id.into(), revision: row.revision, read_by_other: row.read_by_other })
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
        presence: Presence::default(),
    });
    Ok(views.collect())
}
