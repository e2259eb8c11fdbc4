use protocol::{
    AccountId, NotificationId, Page, Timestamp,
    notification::{Cause, EXCERPT_CHARS, NotificationKind, NotificationView},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{like_stands_for, stands};
use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    db::{IntoValue, all, execute, one, to_u32},
};

/// SQL for the other likes of the post that `notification` is about.
macro_rules! of_same_post {
    () => {
        concat!(
            "FROM notification AS other WHERE other.account_id = $1 AND other.subject_id = notification.subject_id AND ",
            like_stands_for!("other", "$1")
        )
    };
}

/// What every query for notifications selects; `$1` is the reader. Of the likes of one post it selects the latest. Goes on with
/// `AND …`.
macro_rules! select_notifications {
    ($rest:literal) => {
        concat!(
            "SELECT notification.id, notification.kind, notification.post_id, notification.comment_id, notification.created_at, ",
            person_columns!("account"),
            ", ",
            person_columns!("second", "second_"),
            ", (SELECT COUNT(*) ",
            of_same_post!(),
            ") AS likes, CASE WHEN notification.read_at IS NULL THEN 1 ELSE (SELECT COUNT(*) ",
            of_same_post!(),
            " AND other.read_at IS NULL) END AS unread, \
             COALESCE((SELECT body FROM comment WHERE comment.id = notification.comment_id), \
                      (SELECT body FROM post WHERE post.id = notification.post_id), \
                      (SELECT body FROM message WHERE conversation_id = notification.subject_id \
                       AND sender_id = notification.actor_id AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1)) AS body \
             FROM notification LEFT JOIN account ON account.id = notification.actor_id \
             LEFT JOIN account AS second ON second.id = (SELECT other.actor_id ",
            of_same_post!(),
            " AND other.id < notification.id ORDER BY other.id DESC LIMIT 1) \
             WHERE notification.account_id = $1 AND notification.deleted_at IS NULL AND ",
            stands!("notification", "$1"),
            " AND NOT EXISTS (SELECT 1 ",
            of_same_post!(),
            " AND other.id > notification.id) AND ",
            $rest
        )
    };
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    post_id: Option<Uuid>,
    comment_id: Option<Uuid>,
    created_at: i64,
    #[sea_orm(nested)]
    person: PersonRow,
    #[sea_orm(nested(prefix = "second_"))]
    second: Option<PersonRow>,
    likes: i64,
    unread: i64,
    body: Option<String>,
}

/// A part of what `reader` is told, the latest first: what came before `before`.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    reader: AccountId,
    before: Option<NotificationId>,
) -> Result<Page<NotificationView>, Error> {
    let sql = select_notifications!("notification.id < $2 ORDER BY notification.id DESC LIMIT $3");
    let before = before.map_or(Uuid::max(), Uuid::from);
    let limit = i64::try_from(Page::<NotificationView>::SIZE + 1).unwrap_or(i64::MAX);
    let rows: Vec<Row> = all(db, sql, [reader.into_value(), before.into(), limit.into()]).await?;
    Ok(Page::from_rows(rows.into_iter().map(Row::view).collect::<Result<_, _>>()?))
}

/// One of them; of the likes of one post the latest.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: AccountId,
    notification: NotificationId,
) -> Result<Option<NotificationView>, Error> {
    let sql = select_notifications!("notification.id = $2");
    let row: Option<Row> = one(db, sql, [reader.into_value(), notification.into_value()]).await?;
    row.map(Row::view).transpose()
}

impl Row {
    fn view(self) -> Result<NotificationView, Error> {
        let cause = self.cause().ok_or_else(|| Error::internal("a notification of no kind"))?;
        Ok(NotificationView {
            id: self.id.into(),
            cause,
            people: std::iter::once(self.person).chain(self.second).map(Into::into).collect(),
            others: to_u32(self.likes - 2),
            excerpt: excerpt(&self.body.unwrap_or_default()),
            happened_at: Timestamp::from_micros(self.created_at),
            is_unread: self.unread > 0,
        })
    }

    fn cause(&self) -> Option<Cause> {
        let post = self.post_id.map(Into::into);
        let comment = self.comment_id.map(Into::into);
        Some(match self.kind.parse().ok()? {
            NotificationKind::Like => Cause::Like(post?),
            NotificationKind::Comment => Cause::Comment(post?, comment?),
            NotificationKind::Reply => Cause::Reply(post?, comment?),
            NotificationKind::Mention => Cause::Mention(post?, comment),
            NotificationKind::Follow => Cause::Follow,
            NotificationKind::Message => Cause::Message,
        })
    }
}

/// How a text begins, in one line.
fn excerpt(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// What becomes of notifications.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Read,
    Deleted,
}

impl Mark {
    const fn sql(self) -> &'static str {
        match self {
            Self::Read => {
                "UPDATE notification SET read_at = $3 WHERE account_id = $1 AND read_at IS NULL AND deleted_at IS NULL AND id <= $2"
            }
            Self::Deleted => {
                "UPDATE notification SET deleted_at = $3 WHERE account_id = $1 AND deleted_at IS NULL AND id <= $2"
            }
        }
    }
}

/// Marks one, and what is shown together with it; says whether something is another by that.
pub(super) async fn mark(
    db: &impl ConnectionTrait,
    reader: AccountId,
    notification: NotificationId,
    mark: Mark,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = format!(
        "{} AND subject_id = (SELECT named.subject_id FROM notification AS named WHERE named.id = $2 AND named.account_id = $1)",
        mark.sql()
    );
    let values = [reader.into_value(), notification.into_value(), now.micros().into()];
    Ok(execute(db, &sql, values).await? > 0)
}

/// Marks all of them up to `through`; says whether something is another by that.
pub(super) async fn mark_all(
    db: &impl ConnectionTrait,
    reader: AccountId,
    through: NotificationId,
    mark: Mark,
    now: Timestamp,
) -> Result<bool, Error> {
    let values = [reader.into_value(), through.into_value(), now.micros().into()];
    Ok(execute(db, mark.sql(), values).await? > 0)
}
