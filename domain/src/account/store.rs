use protocol::{
    AccountId, Timestamp,
    account::PersonView,
    preference::Preferences,
    text::{EmailAddress, Username},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{entity, former_username};
use crate::{
    Error,
    db::{Count, IntoValue, all, execute, one},
    entropy::Secret,
};

/// SQL for the columns of a [`PersonRow`], of the account that the query calls `$account`; with a prefix for a second person.
macro_rules! person_columns {
    ($account:literal) => {
        $crate::account::store::person_columns!($account, "")
    };
    ($account:literal, $prefix:literal) => {
        concat!(
            $account,
            ".id AS ",
            $prefix,
            "person_id, ",
            $account,
            ".username AS ",
            $prefix,
            "username, ",
            $account,
            ".first_name AS ",
            $prefix,
            "first_name, ",
            $account,
            ".last_name AS ",
            $prefix,
            "last_name, ",
            $account,
            ".picture_id AS ",
            $prefix,
            "picture_id"
        )
    };
}
pub(crate) use person_columns;

/// The columns of a person ([`person_columns`]), for queries that show one: a nested part of their rows, with a prefix for a second person.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PersonRow {
    person_id: Uuid,
    username: String,
    first_name: String,
    last_name: String,
    picture_id: Option<Uuid>,
}

impl From<PersonRow> for PersonView {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.person_id.into(),
            username: row.username,
            first_name: row.first_name,
            last_name: row.last_name,
            picture: row.picture_id.map(Into::into),
        }
    }
}

/// The columns of how somebody wants to see Kith: a nested part of rows.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PreferenceRow {
    theme: String,
    date_style: String,
    clock_style: String,
    read_receipts: String,
}

impl From<PreferenceRow> for Preferences {
    /// What a later version has stored is as good as nothing.
    fn from(row: PreferenceRow) -> Self {
        Self::parse(&row.theme, &row.date_style, &row.clock_style, &row.read_receipts).unwrap_or_default()
    }
}

/// The account with this id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<entity::Model>, Error> {
    one(db, "SELECT * FROM account WHERE id = $1", [id.into_value()]).await
}

/// The account behind a username, verified or not.
pub(crate) async fn by_username(
    db: &impl ConnectionTrait,
    username: &Username,
) -> Result<Option<entity::Model>, Error> {
    one(db, "SELECT * FROM account WHERE username = $1", [username.as_str().into()]).await
}

/// The account behind an address: the one that proved to own it, else the only one that claims it. Of several claims none is
/// taken for that of who asks.
pub(crate) async fn by_email(
    db: &impl ConnectionTrait,
    email_key: &str,
) -> Result<Option<entity::Model>, Error> {
    let mut claims = claims(db, email_key, 2).await?.into_iter();
    let (first, second) = (claims.next(), claims.next());
    Ok(first.filter(|first| first.verified_at.is_some() || second.is_none()))
}

/// The accounts that claim an address, at most so many: first the one that proved to own it, if there is one, then the newest.
pub(crate) async fn claims(
    db: &impl ConnectionTrait,
    email_key: &str,
    limit: i64,
) -> Result<Vec<entity::Model>, Error> {
    let sql = "SELECT * FROM account WHERE email_key = $1 \
               ORDER BY CASE WHEN verified_at IS NULL THEN 1 ELSE 0 END, created_at DESC, id DESC LIMIT $2";
    all(db, sql, [email_key.into(), limit.into()]).await
}

/// The account that waits for verification since the sign-up of a browser with this token, under this address.
pub(crate) async fn signed_up_by(
    db: &impl ConnectionTrait,
    token: Option<&Secret>,
    email_key: &str,
) -> Result<Option<AccountId>, Error> {
    #[derive(FromQueryResult)]
    struct Waiting {
        id: Uuid,
    }
    let sql = "SELECT id FROM account WHERE sign_up_hash = $1 AND email_key = $2 AND verified_at IS NULL";
    let found: Option<Waiting> = one(db, sql, [token.map(Secret::hash).into(), email_key.into()]).await?;
    Ok(found.map(|waiting| waiting.id.into()))
}

/// Takes the row of an account until the transaction ends, so that what is decided about its relations stays true.
/// SQLite's transaction has all locks already.
pub(crate) async fn lock(db: &impl ConnectionTrait, id: AccountId) -> Result<(), Error> {
    execute(db, "UPDATE account SET created_at = created_at WHERE id = $1", [id.into_value()]).await.map(drop)
}

/// Takes the rows of two accounts, always in the same order, so that of two changes between them one waits for the other.
pub(crate) async fn lock_both(
    db: &impl ConnectionTrait,
    one: AccountId,
    other: AccountId,
) -> Result<(), Error> {
    lock(db, one.min(other)).await?;
    lock(db, one.max(other)).await
}

/// How the counts on somebody's profile change.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CountChange {
    pub(crate) followers: i64,
    pub(crate) following: i64,
    pub(crate) posts: i64,
}

/// Changes the counts of an account, in the transaction of their cause.
pub(crate) async fn change_counts(
    db: &impl ConnectionTrait,
    id: AccountId,
    by: CountChange,
) -> Result<(), Error> {
    let sql = "UPDATE account SET follower_count = follower_count + $1, following_count = following_count + $2, \
               post_count = post_count + $3 WHERE id = $4";
    let values = [by.followers.into(), by.following.into(), by.posts.into(), id.into_value()];
    execute(db, sql, values).await.map(drop)
}

/// The same, if the account still has this password: of a log-in and a reset that come at once, the reset wins.
pub(crate) async fn lock_with_password(
    db: &impl ConnectionTrait,
    id: AccountId,
    password_hash: &str,
) -> Result<bool, Error> {
    let sql = "UPDATE account SET created_at = created_at WHERE id = $1 AND password_hash = $2";
    Ok(execute(db, sql, [id.into_value(), password_hash.into()]).await? == 1)
}

/// Whether somebody has this username, or one that looks the same, gave it up lately, or had it when they deleted their account.
/// Reserved ones belong to whoever runs the site.
pub(crate) async fn is_taken(
    db: &impl ConnectionTrait,
    username: &Username,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "SELECT (SELECT COUNT(*) FROM account WHERE likeness = $1) \
               + (SELECT COUNT(*) FROM reserved_username WHERE likeness = $1) \
               + (SELECT COUNT(*) FROM former_username WHERE likeness = $1 AND given_up_at > $2) AS count";
    let values = [username.skeleton().into(), former_username::oldest(now).micros().into()];
    let taken: Option<Count> = one(db, sql, values).await?;
    Ok(username.is_reserved() || taken.is_some_and(|taken| taken.count > 0))
}

/// Leaves of an account the row that a chat with it hangs on, and keeps its username from everybody else.
pub(super) async fn empty(db: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<(), Error> {
    let reserve = "INSERT INTO reserved_username (likeness) SELECT likeness FROM account WHERE id = $1 ON CONFLICT DO NOTHING";
    execute(db, reserve, [id.into_value()]).await?;
    let hex = Uuid::from(id).simple().to_string();
    let username = Username::of_deleted(&hex);
    let sql = "UPDATE account SET username = $2, likeness = $3, first_name = 'Deleted', last_name = 'account', email = '', \
               email_key = '', password_hash = '', sign_up_hash = NULL, verified_at = NULL, created_at = $4, deleted_at = $4 \
               WHERE id = $1";
    // No username has a space in what it shares with others.
    let skeleton = format!("deleted {hex}");
    execute(db, sql, [id.into_value(), username.as_str().into(), skeleton.into(), now.micros().into()])
        .await
        .map(drop)
}

/// Deletes accounts that were made before that moment and never verified, with their links. There is nothing else of theirs:
/// nobody can log in to them, follow them or mention them.
pub(super) async fn delete_unverified(db: &impl ConnectionTrait, before: Timestamp) -> Result<(), Error> {
    let links = "DELETE FROM mail_token WHERE account_id IN (\
                 SELECT id FROM account WHERE verified_at IS NULL AND deleted_at IS NULL AND created_at < $1)";
    execute(db, links, [before.micros().into()]).await?;
    // One that got a new link meanwhile has its turn the next time.
    let accounts = "DELETE FROM account WHERE verified_at IS NULL AND deleted_at IS NULL AND created_at < $1 \
                    AND NOT EXISTS (SELECT 1 FROM mail_token WHERE account_id = account.id)";
    execute(db, accounts, [before.micros().into()]).await.map(drop)
}

/// What two spellings of one address share. Servers may tell capitals apart before the `@`; none that people use does.
pub(crate) fn email_key(email: &EmailAddress) -> String {
    email.as_str().to_ascii_lowercase()
}
