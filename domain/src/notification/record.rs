//! Stores notifications in the transaction of their cause, and tells the people of them. Stands below all slices that cause some.

use protocol::{
    AccountId, CommentId, ConversationId, NotificationId, PostId,
    live::Topic,
    notification::{Cause, NotificationMessage},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Tx,
    bus::{Announcement, Audience},
    db::{IntoValue, all, execute},
};

/// Stores that people are told of what `by` did: each of them once, and nobody of their own doings. Nobody hears of it from whom
/// one of `about` is hidden.
pub(crate) async fn insert(
    tx: &Tx,
    by: AccountId,
    about: &[AccountId],
    causes: impl IntoIterator<Item = (AccountId, Cause)>,
) -> Result<(), Error> {
    let mut told = vec![by];
    for (to, cause) in causes {
        if told.contains(&to) {
            continue;
        }
        told.push(to);
        let (id, place) = (NotificationId::from(tx.new_id()?), Place::of(cause, by));
        let sql = "INSERT INTO notification (id, account_id, actor_id, kind, subject_id, post_id, comment_id, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let values = [
            id.into_value(),
            to.into_value(),
            by.into_value(),
            cause.kind().name().into(),
            place.subject.into(),
            place.post.map(Uuid::from).into(),
            place.comment.map(Uuid::from).into(),
            tx.now().micros().into(),
        ];
        let message = match execute(&**tx, sql, values).await? {
            // They were told of it before, and it was undone since.
            0 => NotificationMessage::Changed,
            _ => NotificationMessage::Added { notification: id },
        };
        announce(tx, to, about, message);
    }
    Ok(())
}

/// What a cause is about.
struct Place {
    subject: Uuid,
    post: Option<PostId>,
    comment: Option<CommentId>,
}

impl Place {
    fn of(cause: Cause, by: AccountId) -> Self {
        let (post, comment) = match cause {
            Cause::Like(post) => (Some(post), None),
            Cause::Comment(post, comment) | Cause::Reply(post, comment) => (Some(post), Some(comment)),
            Cause::Mention(post, comment) => (Some(post), comment),
            Cause::Follow | Cause::Message => (None, None),
        };
        let subject = comment.map(Uuid::from).or(post.map(Uuid::from)).unwrap_or_else(|| by.into());
        Self { subject, post, comment }
    }
}

/// Stores that `to` is told of a message: one notification for each conversation, unread again with each. The caller has the
/// counts read anew.
pub(crate) async fn message(
    tx: &Tx,
    by: AccountId,
    to: AccountId,
    conversation: ConversationId,
) -> Result<(), Error> {
    let (id, now) = (NotificationId::from(tx.new_id()?), tx.now().micros());
    let sql = "UPDATE notification SET id = $1, created_at = $2 \
               WHERE account_id = $3 AND subject_id = $4 AND read_at IS NULL AND deleted_at IS NULL";
    let values = [id.into_value(), now.into(), to.into_value(), conversation.into_value()];
    if execute(&**tx, sql, values).await? > 0 {
        tell(tx, to, &[by], NotificationMessage::Changed);
        return Ok(());
    }
    let sql = "INSERT INTO notification (id, created_at, account_id, subject_id, actor_id, kind) \
               VALUES ($1, $2, $3, $4, $5, 'message') ON CONFLICT (account_id, subject_id, actor_id) \
               DO UPDATE SET id = excluded.id, created_at = excluded.created_at, read_at = NULL, deleted_at = NULL";
    let values = [id.into_value(), now.into(), to.into_value(), conversation.into_value(), by.into_value()];
    execute(&**tx, sql, values).await?;
    tell(tx, to, &[by], NotificationMessage::Added { notification: id });
    Ok(())
}

/// Marks the notification of a conversation as read, if `reader` has read all of it. The caller has the counts read anew.
pub(crate) async fn read_conversation(
    tx: &Tx,
    reader: AccountId,
    conversation: ConversationId,
) -> Result<(), Error> {
    let sql = "UPDATE notification SET read_at = $1 WHERE account_id = $2 AND subject_id = $3 AND read_at IS NULL \
               AND NOT EXISTS (SELECT 1 FROM chat_member JOIN conversation ON conversation.id = conversation_id \
                               WHERE conversation_id = $3 AND chat_member.account_id = $2 AND read_seq < last_seq)";
    let values = [tx.now().micros().into(), reader.into_value(), conversation.into_value()];
    if execute(&**tx, sql, values).await? > 0 {
        tell(tx, reader, &[], NotificationMessage::Changed);
    }
    Ok(())
}

fn tell(tx: &Tx, to: AccountId, about: &[AccountId], message: NotificationMessage) {
    tx.announce(Announcement::new(Audience::Account(to), about.iter().copied(), message));
}

/// Tells `to` of their notifications, unless one of `about` is hidden from them, and has their counts read anew.
pub(crate) fn announce(tx: &Tx, to: AccountId, about: &[AccountId], message: NotificationMessage) {
    tell(tx, to, about, message);
    tx.announce(Announcement::per_reader(Audience::Account(to), Topic::Badges));
}

/// People whose counts one change makes read anew at most; the others see it when they come again.
const ANNOUNCED: i64 = 1_000;

/// Has the counts read anew of everybody who was told of something that `sql`, with the id in `$1`, finds in notifications.
async fn recount(tx: &Tx, sql: &str, id: Uuid) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Told {
        account_id: Uuid,
    }
    let sql = format!(
        "SELECT DISTINCT account_id FROM notification WHERE {sql} AND read_at IS NULL AND deleted_at IS NULL LIMIT {ANNOUNCED}"
    );
    let told: Vec<Told> = all(&**tx, &sql, [id.into()]).await?;
    recount_for(tx, told.into_iter().map(|told| told.account_id.into()).collect());
    Ok(())
}

/// Has the counts of these people read anew.
pub(crate) fn recount_for(tx: &Tx, people: Vec<AccountId>) {
    if !people.is_empty() {
        tx.announce(Announcement::per_reader(Audience::Members(people), Topic::Badges));
    }
}

/// Has the counts read anew of whoever was told of something on a post.
pub(crate) async fn recount_post(tx: &Tx, post: PostId) -> Result<(), Error> {
    recount(tx, "post_id = $1", post.into()).await
}

/// The same for a comment.
pub(crate) async fn recount_comment(tx: &Tx, comment: CommentId) -> Result<(), Error> {
    recount(tx, "comment_id = $1", comment.into()).await
}

/// The same for all that an account did, and for what others did below it, because the account closes or opens again.
pub(crate) async fn recount_account(tx: &Tx, account: AccountId) -> Result<(), Error> {
    recount(tx, "actor_id = $1", account.into()).await?;
    recount(tx, "post_id IN (SELECT id FROM post WHERE author_id = $1)", account.into()).await?;
    let replies = "comment_id IN (SELECT reply.id FROM comment AS head JOIN comment AS reply ON reply.thread_id = head.id \
                   WHERE head.author_id = $1)";
    recount(tx, replies, account.into()).await
}

/// Deletes who was told of a comment that goes itself.
pub(crate) async fn delete_comment(tx: &Tx, comment: CommentId) -> Result<(), Error> {
    recount_comment(tx, comment).await?;
    let sql = "DELETE FROM notification WHERE comment_id = $1";
    execute(&**tx, sql, [comment.into_value()]).await.map(drop)
}

/// Deletes who was told of anything on a post that goes itself. Since it was removed, nobody has seen that.
pub(crate) async fn delete_post(db: &impl ConnectionTrait, post: PostId) -> Result<(), Error> {
    execute(db, "DELETE FROM notification WHERE post_id = $1", [post.into_value()]).await.map(drop)
}

/// Deletes what an account that goes was told, and what others were told of it. Since it was closed, nobody has seen that.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM notification WHERE account_id = $1",
        "DELETE FROM notification WHERE actor_id = $1",
        "DELETE FROM notification_setting WHERE account_id = $1",
    ] {
        execute(db, sql, [account.into_value()]).await?;
    }
    Ok(())
}
