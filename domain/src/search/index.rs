//! Keeps what is searched in step with what is stored: in the transaction of its cause.

use protocol::{AccountId, PostId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::text;
use crate::{
    Cx, Error,
    db::{IntoValue, all, execute, one},
};

/// Makes a member findable by the names that stand in their account, and by no others. Whoever changes these names calls it in the
/// same transaction.
///
/// # Errors
/// Those of the database.
pub async fn index_person(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Names {
        first_name: String,
        last_name: String,
        username: String,
    }
    let sql = "SELECT first_name, last_name, username FROM account WHERE id = $1";
    let Some(Names { first_name, last_name, username }) = one(db, sql, [account.into_value()]).await? else {
        return Ok(());
    };
    let mut words = text::words(&format!("{first_name} {last_name} {username}"));
    let names = format!(" {}", words.join(" "));
    let sql = "INSERT INTO search_person (account_id, names) VALUES ($1, $2) \
               ON CONFLICT (account_id) DO UPDATE SET names = excluded.names";
    execute(db, sql, [account.into_value(), names.into()]).await?;
    execute(db, "DELETE FROM search_name WHERE account_id = $1", [account.into_value()]).await?;
    words.sort_unstable();
    words.dedup();
    for word in words {
        let sql = "INSERT INTO search_name (word, account_id) VALUES ($1, $2)";
        execute(db, sql, [word.into(), account.into_value()]).await?;
    }
    Ok(())
}

/// Finds a person no more.
pub(crate) async fn remove_person(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM search_name WHERE account_id = $1", [account.into_value()]).await?;
    execute(db, "DELETE FROM search_person WHERE account_id = $1", [account.into_value()]).await.map(drop)
}

/// Makes a post findable by the words of its text, and by no others.
pub(crate) async fn index_post(db: &impl ConnectionTrait, post: PostId, body: &str) -> Result<(), Error> {
    let sql = "INSERT INTO search_post (id, post_id, words) VALUES ($1, $2, $3) \
               ON CONFLICT (post_id) DO UPDATE SET words = excluded.words";
    let values = [position(post).into(), post.into_value(), text::words(body).join(" ").into()];
    execute(db, sql, values).await.map(drop)
}

/// Finds a post no more.
pub(crate) async fn remove_post(db: &impl ConnectionTrait, post: PostId) -> Result<(), Error> {
    execute(db, "DELETE FROM search_post WHERE post_id = $1", [post.into_value()]).await.map(drop)
}

/// The front of a post's id, which grows with time: the milliseconds and the count within one. SQLite's index is in this order.
pub(super) fn position(post: PostId) -> i64 {
    let bits = Uuid::from(post).as_u128();
    let (millis, count) = (bits >> 80, (bits >> 64) & 0xfff);
    i64::try_from(millis << 12 | count).unwrap_or(i64::MAX)
}

/// Members and posts that are looked at in one transaction.
const AT_ONCE: i64 = 500;

/// Makes findable what an earlier version has stored.
pub(crate) async fn index_all(cx: &Cx) -> Result<(), Error> {
    let mut after = Some(Uuid::nil());
    while let Some(last) = after {
        after = cx.write(move |tx| Box::pin(async move { index_people(&**tx, last).await })).await?;
    }
    after = Some(Uuid::nil());
    while let Some(last) = after {
        after = cx.write(move |tx| Box::pin(async move { index_posts(&**tx, last).await })).await?;
    }
    Ok(())
}

/// The members who come after this one, as many as are looked at at once. Says the last of them, if there was one.
async fn index_people(db: &impl ConnectionTrait, after: Uuid) -> Result<Option<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Member {
        id: Uuid,
    }
    let sql = "SELECT id FROM account WHERE verified_at IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    let members: Vec<Member> = all(db, sql, [after.into(), AT_ONCE.into()]).await?;
    for member in &members {
        index_person(db, member.id.into()).await?;
    }
    Ok(members.last().map(|member| member.id))
}

/// The same for posts.
async fn index_posts(db: &impl ConnectionTrait, after: Uuid) -> Result<Option<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Post {
        id: Uuid,
        body: String,
    }
    let sql = "SELECT id, body FROM post WHERE removed_at IS NULL AND id > $1 ORDER BY id LIMIT $2";
    let posts: Vec<Post> = all(db, sql, [after.into(), AT_ONCE.into()]).await?;
    for post in &posts {
        index_post(db, post.id.into(), &post.body).await?;
    }
    Ok(posts.last().map(|post| post.id))
}
