use std::collections::HashMap;

use protocol::{
    AccountId, PictureId, PostId, Problem, Reason,
    media::{PictureView, PlacedPicture},
};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error, Tx,
    db::{IntoValue, all, execute, places, small},
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

/// Makes these the pictures of `owner`'s post, in this order, and removes those that it had and that are not among them.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures` when one of them is not there, or not for this post.
pub(crate) async fn place(
    tx: &Tx,
    owner: AccountId,
    post: PostId,
    placed: &[PlacedPicture],
) -> Result<Vec<PictureView>, Error> {
    let had = "SELECT id FROM picture WHERE post_id = $1";
    let had: Vec<Id> = all(&**tx, had, [post.into_value()]).await?;
    let gone = had.iter().filter(|had| placed.iter().all(|new| Uuid::from(new.id) != had.id));
    remove(tx, gone.map(|picture| picture.id)).await?;
    if placed.is_empty() {
        return Ok(Vec::new());
    }
    // Taken and read in one statement, so that no other post can take them at the same time.
    let sql = format!(
        "UPDATE picture SET post_id = $1 WHERE owner_id = $2 AND (post_id IS NULL OR post_id = $1) AND id IN ({}) \
         RETURNING id, width, height, preview, moves",
        places(3, placed.len())
    );
    let ids = placed.iter().map(|picture| picture.id.into_value());
    let values: Vec<Value> = [post.into_value(), owner.into_value()].into_iter().chain(ids).collect();
    let rows: Vec<PictureRow> = all(&**tx, &sql, values).await?;
    let mut rows: HashMap<PictureId, PictureRow> = rows.into_iter().map(|row| (row.id.into(), row)).collect();
    let views = placed.iter().map(|picture| rows.remove(&picture.id).map(|row| row.into_view(&picture.alt)));
    let views: Option<Vec<PictureView>> = views.collect();
    views.ok_or_else(|| Problem::field("pictures", Reason::Gone).into())
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
            width: small(self.width),
            height: small(self.height),
            alt: alt.to_owned(),
            preview: self.preview,
            moves: self.moves != 0,
        }
    }
}
