//! Likes of posts.

use protocol::{
    AccountId, Page, PostId,
    notification::{Cause, NotificationMessage},
    post::Counts,
    profile::{ListedPerson, PeopleCursor},
};
use sea_orm::ConnectionTrait;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope, Tx,
    account::store::{self as accounts, person_columns},
    block::{like_stands, visible},
    db::{Count, IntoValue, all, execute, one},
    follow::{listed, relation_columns},
    limit::Limit,
    notification::record as notification,
    post::{
        self,
        counts::{self, Change},
    },
};

#[cfg(test)]
mod tests;

/// Likes a post. Liking twice is liking once.
///
/// # Errors
/// [`protocol::Problem::NotFound`] when there is no such post that the asker may see.
pub async fn like(cx: &Cx, scope: &Scope, post: PostId) -> Result<Counts, Error> {
    let by = scope.account()?;
    let before = post::view(cx, scope, post).await?;
    if before.liked {
        return Ok(before.counts);
    }
    cx.limits.spend(Limit::Interaction, by)?;
    let now = cx.now().micros();
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, by).await?;
            let author = post::store::author(&**tx, by, post).await?;
            let sql = "INSERT INTO post_like (post_id, account_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            let added = execute(&**tx, sql, [post.into_value(), by.into_value(), now.into()]).await?;
            if added > 0 {
                notification::insert(tx, by, &[by], [(author, Cause::Like(post))]).await?;
            }
            counts::change(tx, post, Change { likes: i64::try_from(added).unwrap_or(1), comments: 0 }).await
        })
    })
    .await?;
    counts(cx, scope, post).await
}

/// Takes a like back.
///
/// # Errors
/// [`protocol::Problem::NotFound`] when there is no such post that the asker may see.
pub async fn unlike(cx: &Cx, scope: &Scope, post: PostId) -> Result<Counts, Error> {
    let by = scope.account()?;
    let before = post::view(cx, scope, post).await?;
    if !before.liked {
        return Ok(before.counts);
    }
    cx.limits.spend(Limit::Interaction, by)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, by).await?;
            let author = post::store::author(&**tx, by, post).await?;
            let sql = "DELETE FROM post_like WHERE post_id = $1 AND account_id = $2";
            let removed = execute(&**tx, sql, [post.into_value(), by.into_value()]).await?;
            if removed > 0 && author != by {
                notification::announce(tx, author, &[by], NotificationMessage::Changed);
            }
            counts::change(tx, post, Change { likes: -i64::try_from(removed).unwrap_or(1), comments: 0 })
                .await
        })
    })
    .await?;
    counts(cx, scope, post).await
}

/// A page of the people who like a post, as far as the asker may see them: the latest like first, those before `after`.
///
/// # Errors
/// [`protocol::Problem::NotFound`] when there is no such post that the asker may see.
pub async fn people(
    cx: &Cx,
    scope: &Scope,
    post: PostId,
    after: Option<PeopleCursor>,
) -> Result<Page<ListedPerson>, Error> {
    let viewer = scope.account()?;
    post::store::author(cx.db.read(), viewer, post).await?;
    let sql = concat!(
        "SELECT ",
        person_columns!("account"),
        ", post_like.created_at AS since, ",
        relation_columns!("account_id"),
        " FROM post_like JOIN account ON account.id = account_id \
         WHERE post_id = $2 AND (post_like.created_at, account_id) < ($3, $4) AND ",
        visible!("post_like.account_id"),
        " AND ",
        like_stands!(),
        " ORDER BY post_like.created_at DESC, account_id DESC LIMIT $5"
    );
    let mut values = vec![viewer.into_value(), post.into_value()];
    values.extend(listed::page_values(after));
    Ok(listed::page(all(cx.db.read(), sql, values).await?, viewer))
}

/// The counts of a post as the asker may know them.
///
/// # Errors
/// [`protocol::Problem::NotFound`] when there is no such post that the asker may see.
pub async fn counts(cx: &Cx, scope: &Scope, post: PostId) -> Result<Counts, Error> {
    Ok(post::store::visible(cx, scope.account()?, post).await?.counts)
}

/// Takes a like back because the account goes.
pub(crate) async fn delete_by_account(tx: &Tx, post: PostId, by: AccountId) -> Result<(), Error> {
    accounts::lock(&**tx, by).await?;
    let values = [post.into_value(), by.into_value()];
    let standing = concat!(
        "SELECT COUNT(*) AS count FROM post_like WHERE post_id = $1 AND account_id = $2 AND ",
        like_stands!()
    );
    let standing: Option<Count> = one(&**tx, standing, values.clone()).await?;
    execute(&**tx, "DELETE FROM post_like WHERE post_id = $1 AND account_id = $2", values).await?;
    let likes = -standing.map_or(0, |standing| standing.count);
    counts::change(tx, post, Change { likes, comments: 0 }).await
}

/// Deletes all likes of a post that goes itself.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, post: PostId) -> Result<(), Error> {
    execute(db, "DELETE FROM post_like WHERE post_id = $1", [post.into_value()]).await.map(drop)
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "like::like",
        &[
            "a_hidden_authors_post_cannot_be_liked",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
        ],
    ),
    shows(
        "like::unlike",
        &[
            "a_like_of_a_hidden_authors_post_cannot_be_taken_back",
            "a_like_taken_back_leaves_a_count_without_hidden_people",
        ],
    ),
    shows(
        "like::people",
        &[
            "who_likes_a_hidden_authors_post_is_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "a_like_across_a_block_is_neither_listed_nor_counted_by_anybody",
        ],
    ),
    shows(
        "like::counts",
        &[
            "counts_of_a_hidden_authors_post_are_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "what_is_hidden_from_everybody_is_not_subtracted_twice",
        ],
    ),
];
