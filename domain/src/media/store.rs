use std::collections::HashMap;

use protocol::{
    AccountId, Page, PictureId, PostId, Problem, Reason, Timestamp,
    media::{AttachedPicture, PictureView},
    profile::PostedPicture,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::rejection::rejected;
use crate::{
    Error, Tx,
    block::visible,
    db::{IntoValue, all, execute, one, placeholders, to_u32},
    job::Task,
};

#[derive(Debug, FromQueryResult)]
struct PictureRow {
    id: Uuid,
    width: i64,
    height: i64,
    preview: String,
    moves: i64,
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Refuses what would be more than the share that `owner` has of the storage.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures`.
pub(super) async fn check_quota(
    db: &impl ConnectionTrait,
    owner: AccountId,
    bytes: u64,
    quota_mb: u32,
) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Used {
        bytes: i64,
    }
    let sql = "SELECT CAST(COALESCE(SUM(bytes), 0) AS bigint) AS bytes FROM picture WHERE owner_id = $1";
    let used: Option<Used> = one(db, sql, [owner.into_value()]).await?;
    let used = used.map_or(0, |used| used.bytes.unsigned_abs());
    if used.saturating_add(bytes) > u64::from(quota_mb) * 1024 * 1024 {
        return Err(rejected(Reason::QuotaReached { max: quota_mb }));
    }
    Ok(())
}

/// A new picture, which no post shows yet.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    owner: AccountId,
    picture: &PictureView,
    bytes: u64,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO picture (id, owner_id, width, height, preview, moves, bytes, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        picture.id.into_value(),
        owner.into_value(),
        i64::from(picture.width).into(),
        i64::from(picture.height).into(),
        picture.preview.as_str().into(),
        i64::from(picture.moves).into(),
        i64::try_from(bytes).unwrap_or(i64::MAX).into(),
        now.micros().into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// Refuses a picture that `viewer` may not see: they may see its post, or own it and no post shows it.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) async fn assert_visible(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    picture: PictureId,
) -> Result<(), Error> {
    let sql = concat!(
        "SELECT picture.id FROM picture LEFT JOIN post ON post.id = picture.post_id WHERE picture.id = $2 \
         AND ((post.id IS NULL AND picture.owner_id = $1) OR (post.removed_at IS NULL AND ",
        visible!("post.author_id"),
        " AND post.id IS NOT NULL))"
    );
    let found: Option<Id> = one(db, sql, [viewer.into_value(), picture.into_value()]).await?;
    found.map(drop).ok_or_else(|| Problem::NotFound.into())
}

/// Those of `pictures` that are `owner`'s, in the order in which they are named; without words.
pub(super) async fn own(
    db: &impl ConnectionTrait,
    owner: AccountId,
    pictures: &[PictureId],
) -> Result<Vec<PictureView>, Error> {
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, width, height, preview, moves FROM picture WHERE owner_id = $1 AND id IN ({})",
        placeholders(2, pictures.len())
    );
    let ids = pictures.iter().map(|picture| picture.into_value());
    let rows: Vec<PictureRow> = all(db, &sql, std::iter::once(owner.into_value()).chain(ids)).await?;
    let mut rows: HashMap<PictureId, PictureRow> = rows.into_iter().map(|row| (row.id.into(), row)).collect();
    Ok(pictures.iter().filter_map(|picture| rows.remove(picture)).map(|row| row.into_view("")).collect())
}

/// The pictures on the posts of `owner` that `viewer` may see, the latest first, those before `before`.
pub(crate) async fn posted_by(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    owner: AccountId,
    before: Option<PictureId>,
) -> Result<Page<PostedPicture>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        picture: PictureRow,
        post_id: Uuid,
        pictures: String,
    }
    let sql = concat!(
        "SELECT picture.id, width, height, preview, moves, picture.post_id, post.pictures \
         FROM picture JOIN post ON post.id = picture.post_id \
         WHERE picture.owner_id = $2 AND picture.post_id IS NOT NULL AND picture.id < $3 AND post.removed_at IS NULL AND ",
        visible!("picture.owner_id"),
        " ORDER BY picture.id DESC LIMIT $4"
    );
    let before = before.map_or(Uuid::max(), Uuid::from);
    let limit = i64::try_from(Page::<PostedPicture>::SIZE + 1).unwrap_or(i64::MAX);
    let values = [viewer.into_value(), owner.into_value(), before.into(), limit.into()];
    let rows: Vec<Row> = all(db, sql, values).await?;
    let posted = rows.into_iter().map(|Row { picture, post_id, pictures }| {
        // Its words stand with the post, whose author may have changed them.
        let on_post: Vec<PictureView> = serde_json::from_str(&pictures).unwrap_or_default();
        let id = PictureId::from(picture.id);
        let alt = on_post.into_iter().find(|other| other.id == id).map(|other| other.alt).unwrap_or_default();
        PostedPicture { picture: picture.into_view(&alt), post: post_id.into() }
    });
    Ok(Page::from_rows(posted.collect()))
}

/// Deletes the row of a picture of `owner` that no post shows, if there is one.
pub(super) async fn delete_unused(
    db: &impl ConnectionTrait,
    owner: AccountId,
    picture: PictureId,
) -> Result<bool, Error> {
    let sql = "DELETE FROM picture WHERE id = $1 AND owner_id = $2 AND post_id IS NULL";
    Ok(execute(db, sql, [picture.into_value(), owner.into_value()]).await? == 1)
}

/// Deletes the rows of pictures that came before that moment and that no post shows, and says which; a few hundred at a
/// time.
pub(super) async fn delete_orphans(
    db: &impl ConnectionTrait,
    before: Timestamp,
) -> Result<Vec<PictureId>, Error> {
    let sql = "DELETE FROM picture WHERE post_id IS NULL AND id IN (SELECT id FROM picture \
               WHERE post_id IS NULL AND created_at < $1 ORDER BY created_at LIMIT 500) RETURNING id";
    let taken: Vec<Id> = all(db, sql, [before.micros().into()]).await?;
    Ok(taken.into_iter().map(|picture| picture.id.into()).collect())
}

/// Makes these the pictures of `owner`'s post, in this order, and removes those that it had and that are not among them.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures` when one of them is not there, or not for this post.
pub(crate) async fn attach(
    tx: &Tx,
    owner: AccountId,
    post: PostId,
    attached: &[AttachedPicture],
) -> Result<Vec<PictureView>, Error> {
    let had = "SELECT id FROM picture WHERE post_id = $1";
    let had: Vec<Id> = all(&**tx, had, [post.into_value()]).await?;
    let gone = had.iter().filter(|had| attached.iter().all(|new| Uuid::from(new.id) != had.id));
    remove(tx, gone.map(|picture| picture.id)).await?;
    if attached.is_empty() {
        return Ok(Vec::new());
    }
    // Taken and read in one statement, so that no other post can take them at the same time.
    let sql = format!(
        "UPDATE picture SET post_id = $1 WHERE owner_id = $2 AND (post_id IS NULL OR post_id = $1) AND id IN ({}) \
         RETURNING id, width, height, preview, moves",
        placeholders(3, attached.len())
    );
    let ids = attached.iter().map(|picture| picture.id.into_value());
    let values: Vec<Value> = [post.into_value(), owner.into_value()].into_iter().chain(ids).collect();
    let rows: Vec<PictureRow> = all(&**tx, &sql, values).await?;
    let mut rows: HashMap<PictureId, PictureRow> = rows.into_iter().map(|row| (row.id.into(), row)).collect();
    let views =
        attached.iter().map(|picture| rows.remove(&picture.id).map(|row| row.into_view(&picture.alt)));
    let views: Option<Vec<PictureView>> = views.collect();
    views.ok_or_else(|| rejected(Reason::Gone))
}

/// Removes all pictures of a post.
pub(crate) async fn remove_all_of(tx: &Tx, post: PostId) -> Result<(), Error> {
    let had: Vec<Id> = all(&**tx, "SELECT id FROM picture WHERE post_id = $1", [post.into_value()]).await?;
    remove(tx, had.into_iter().map(|picture| picture.id)).await
}

/// Removes pictures: the rows now, the files soon after.
pub(crate) async fn remove(tx: &Tx, pictures: impl Iterator<Item = Uuid> + Send) -> Result<(), Error> {
    for id in pictures {
        execute(&**tx, "DELETE FROM picture WHERE id = $1", [id.into()]).await?;
        tx.enqueue(&Task::DeleteFiles { picture: id.into() }).await?;
    }
    Ok(())
}

impl PictureRow {
    fn into_view(self, alt: &str) -> PictureView {
        PictureView {
            id: self.id.into(),
            width: to_u32(self.width),
            height: to_u32(self.height),
            alt: alt.to_owned(),
            preview: self.preview,
            moves: self.moves != 0,
        }
    }
}
