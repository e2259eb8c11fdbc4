//! The kinds of things that are in a copy, and how they are read: whatever somebody hidden wrote or is stays out.

use protocol::Timestamp;
use sea_orm::{FromQueryResult, Value};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    Cx, Error,
    block::visible,
    db::{Count, IntoValue, all, one},
    notification::stands,
};

use protocol::AccountId;

/// Records that are read at a time.
pub(super) const AT_ONCE: i64 = 200;

/// A kind of thing.
pub(super) trait Record: FromQueryResult + Send {
    /// The name of its files.
    const NAME: &'static str;
    /// The heading of its page.
    const TITLE: &'static str;
    /// SQL for the rows of the account `$1`, from `FROM` on.
    const FROM: &'static str;
    /// SQL for what is selected of them.
    const COLUMNS: &'static str;
    /// SQL for what they are sorted by, an id and a number: those after `$2` and `$3` come next.
    const ORDER: (&'static str, &'static str);

    /// What it is sorted by.
    fn cursor(&self) -> (Uuid, i64);

    /// For programs.
    fn json(&self) -> Json;

    /// For people: a heading, and a text below it.
    fn paragraph(&self) -> (String, String);
}

/// How many there are.
pub(super) async fn count<R: Record>(cx: &Cx, account: AccountId) -> Result<i64, Error> {
    let sql = format!("SELECT COUNT(*) AS count {}", R::FROM);
    let found: Option<Count> = one(cx.db.read(), &sql, [account.into_value()]).await?;
    Ok(found.map_or(0, |found| found.count))
}

/// Those after `cursor`.
pub(super) async fn page<R: Record>(
    cx: &Cx,
    account: AccountId,
    (id, number): (Uuid, i64),
) -> Result<Vec<R>, Error> {
    let (by_id, by_number) = R::ORDER;
    let sql = format!(
        "SELECT {} {} AND ({by_id}, {by_number}) > ($2, $3) ORDER BY {by_id}, {by_number} LIMIT $4",
        R::COLUMNS,
        R::FROM
    );
    let values: [Value; 4] = [account.into_value(), id.into(), number.into(), AT_ONCE.into()];
    all(cx.db.read(), &sql, values).await
}

/// A moment as programs read it (RFC 3339).
pub(super) fn moment(micros: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(Timestamp::from_micros(micros).millis().div_euclid(1_000));
    let at = at.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", u8::from(month))
}

/// A post.
#[derive(Debug, FromQueryResult)]
pub(super) struct Post {
    pub(super) id: Uuid,
    pub(super) body: String,
    pictures: String,
    pub(super) created_at: i64,
    pub(super) edited_at: Option<i64>,
    pub(super) like_count: i64,
    pub(super) comment_count: i64,
}

impl Record for Post {
    const NAME: &'static str = "posts";
    const TITLE: &'static str = "Posts";
    const FROM: &'static str = "FROM post WHERE author_id = $1 AND removed_at IS NULL";
    const COLUMNS: &'static str = "id, body, pictures, created_at, edited_at, like_count, comment_count";
    const ORDER: (&'static str, &'static str) = ("id", "created_at");

    fn cursor(&self) -> (Uuid, i64) {
        (self.id, self.created_at)
    }

    fn json(&self) -> Json {
        let pictures: Json = serde_json::from_str(&self.pictures).unwrap_or_default();
        json!({
            "id": self.id,
            "text": self.body,
            "published_at": moment(self.created_at),
            "edited_at": self.edited_at.map(moment),
            "likes": self.like_count,
            "comments": self.comment_count,
            "pictures": pictures.as_array().into_iter().flatten().map(|picture| json!({
                "file": format!("pictures/{}.webp", picture["id"].as_str().unwrap_or_default()),
                "description": picture["alt"],
            })).collect::<Vec<_>>(),
        })
    }

    fn paragraph(&self) -> (String, String) {
        (moment(self.created_at), self.body.clone())
    }
}

/// What a post said before.
#[derive(Debug, FromQueryResult)]
pub(super) struct Version {
    post_id: Uuid,
    version: i64,
    body: String,
    written_at: i64,
}

impl Record for Version {
    const NAME: &'static str = "earlier_versions";
    const TITLE: &'static str = "What posts said before";
    const FROM: &'static str =
        "FROM post_version JOIN post ON post.id = post_id WHERE author_id = $1 AND removed_at IS NULL";
    const COLUMNS: &'static str = "post_id, post_version.version, post_version.body, written_at";
    const ORDER: (&'static str, &'static str) = ("post_id", "post_version.version");

    fn cursor(&self) -> (Uuid, i64) {
        (self.post_id, self.version)
    }

    fn json(&self) -> Json {
        json!({ "post": self.post_id, "text": self.body, "written_at": moment(self.written_at) })
    }

    fn paragraph(&self) -> (String, String) {
        (moment(self.written_at), self.body.clone())
    }
}

/// A comment or reply.
#[derive(Debug, FromQueryResult)]
pub(super) struct Comment {
    id: Uuid,
    post_id: Uuid,
    body: String,
    created_at: i64,
    edited_at: Option<i64>,
}

impl Record for Comment {
    const NAME: &'static str = "comments";
    const TITLE: &'static str = "Comments and replies";
    const FROM: &'static str = "FROM comment WHERE author_id = $1 AND removed_at IS NULL";
    const COLUMNS: &'static str = "id, post_id, body, created_at, edited_at";
    const ORDER: (&'static str, &'static str) = ("id", "created_at");

    fn cursor(&self) -> (Uuid, i64) {
        (self.id, self.created_at)
    }

    fn json(&self) -> Json {
        json!({
            "id": self.id,
            "post": self.post_id,
            "text": self.body,
            "written_at": moment(self.created_at),
            "edited_at": self.edited_at.map(moment),
        })
    }

    fn paragraph(&self) -> (String, String) {
        (moment(self.created_at), self.body.clone())
    }
}

/// A post of somebody that one likes.
#[derive(Debug, FromQueryResult)]
pub(super) struct Like {
    post_id: Uuid,
    created_at: i64,
    username: String,
}

impl Record for Like {
    const NAME: &'static str = "likes";
    const TITLE: &'static str = "Likes";
    const FROM: &'static str = concat!(
        "FROM post_like JOIN post ON post.id = post_id JOIN account ON account.id = post.author_id \
         WHERE post_like.account_id = $1 AND removed_at IS NULL AND ",
        visible!("post.author_id")
    );
    const COLUMNS: &'static str = "post_id, post_like.created_at, username";
    const ORDER: (&'static str, &'static str) = ("post_id", "post_like.created_at");

    fn cursor(&self) -> (Uuid, i64) {
        (self.post_id, self.created_at)
    }

    fn json(&self) -> Json {
        json!({ "post": self.post_id, "by": self.username, "liked_at": moment(self.created_at) })
    }

    fn paragraph(&self) -> (String, String) {
        (moment(self.created_at), format!("A post of @{}", self.username))
    }
}

/// A message of a conversation, one's own or the other person's.
#[derive(Debug, FromQueryResult)]
pub(super) struct Message {
    conversation_id: Uuid,
    seq: i64,
    body: String,
    created_at: i64,
    edited_at: Option<i64>,
    deleted_at: Option<i64>,
    reply_seq: Option<i64>,
    with_username: String,
    own: i64,
}

impl Record for Message {
    const NAME: &'static str = "messages";
    const TITLE: &'static str = "Messages";
    const FROM: &'static str = concat!(
        "FROM chat_member JOIN message ON message.conversation_id = chat_member.conversation_id \
         JOIN account ON account.id = other_id WHERE chat_member.account_id = $1 AND ",
        visible!("other_id")
    );
    const COLUMNS: &'static str = "message.conversation_id, seq, body, message.created_at, edited_at, message.deleted_at, \
                                   reply_seq, username AS with_username, \
                                   CASE WHEN sender_id = $1 THEN CAST(1 AS bigint) ELSE CAST(0 AS bigint) END AS own";
    const ORDER: (&'static str, &'static str) = ("message.conversation_id", "seq");

    fn cursor(&self) -> (Uuid, i64) {
        (self.conversation_id, self.seq)
    }

    fn json(&self) -> Json {
        json!({
            "with": self.with_username,
            "number": self.seq,
            "from_you": self.own > 0,
            "text": self.body,
            "answers": self.reply_seq,
            "sent_at": moment(self.created_at),
            "edited_at": self.edited_at.map(moment),
            "deleted_at": self.deleted_at.map(moment),
        })
    }

    fn paragraph(&self) -> (String, String) {
        let text = if self.deleted_at.is_some() { "(deleted)".to_owned() } else { self.body.clone() };
        let direction = if self.own > 0 { "To" } else { "From" };
        (format!("{direction} @{}, {}", self.with_username, moment(self.created_at)), text)
    }
}

/// Something that one was told of.
#[derive(Debug, FromQueryResult)]
pub(super) struct Notification {
    id: Uuid,
    kind: String,
    post_id: Option<Uuid>,
    comment_id: Option<Uuid>,
    username: String,
    created_at: i64,
    read_at: Option<i64>,
}

impl Record for Notification {
    const NAME: &'static str = "notifications";
    const TITLE: &'static str = "Notifications";
    const FROM: &'static str = concat!(
        "FROM notification JOIN account ON account.id = actor_id WHERE notification.account_id = $1 AND ",
        stands!("notification", "$1")
    );
    const COLUMNS: &'static str = "notification.id, kind, notification.post_id, notification.comment_id, username,                                    notification.created_at, read_at";
    const ORDER: (&'static str, &'static str) = ("notification.id", "notification.created_at");

    fn cursor(&self) -> (Uuid, i64) {
        (self.id, self.created_at)
    }

    fn json(&self) -> Json {
        json!({
            "kind": self.kind,
            "by": self.username,
            "post": self.post_id,
            "comment": self.comment_id,
            "happened_at": moment(self.created_at),
            "read_at": self.read_at.map(moment),
        })
    }

    fn paragraph(&self) -> (String, String) {
        (moment(self.created_at), format!("{} by @{}", self.kind, self.username))
    }
}

/// Makes a record of the people on one side of a relation.
macro_rules! people {
    ($($(#[$doc:meta])* $name:ident: $file:literal, $title:literal, $table:literal, $own:literal, $other:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, FromQueryResult)]
        pub(super) struct $name {
            person_id: Uuid,
            username: String,
            since: i64,
        }

        impl Record for $name {
            const NAME: &'static str = $file;
            const TITLE: &'static str = $title;
            const FROM: &'static str = concat!(
                "FROM ", $table, " AS list JOIN account ON account.id = ", $other, " WHERE ", $own, " = $1 \
                 AND NOT EXISTS (SELECT 1 FROM closed_account WHERE account_id = account.id)"
            );
            const COLUMNS: &'static str = concat!($other, " AS person_id, username, list.created_at AS since");
            const ORDER: (&'static str, &'static str) = ($other, "list.created_at");

            fn cursor(&self) -> (Uuid, i64) {
                (self.person_id, self.since)
            }

            fn json(&self) -> Json {
                json!({ "username": self.username, "since": moment(self.since) })
            }

            fn paragraph(&self) -> (String, String) {
                (format!("@{}", self.username), format!("Since {}", moment(self.since)))
            }
        }
    )+};
}
people! {
    /// Somebody whom one follows.
    Following: "following", "People you follow", "follow", "list.follower_id", "list.followed_id";
    /// Somebody who follows.
    Follower: "followers", "People who follow you", "follow", "list.followed_id", "list.follower_id";
    /// Somebody whom one has blocked.
    Blocked: "blocked", "People you blocked", "block", "list.blocker_id", "list.blocked_id";
}
