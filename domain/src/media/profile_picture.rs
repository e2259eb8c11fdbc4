//! Profile pictures: squares cut out of a picture that somebody sent, under an id of their own. Each account has one at most,
//! whose id stands in its row; whoever may see the person may see it.

use futures::TryStreamExt;
use protocol::{
    AccountId, PictureId, Problem, ProfilePictureId, Reason,
    media::{PictureSize, PictureView, ProfilePictureSize},
    profile::SquareCrop,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Opened, key as picture_key, store};
use crate::{
    Cx, Error, Tx,
    block::visible,
    db::{Count, IntoValue, execute, one},
    files::Content,
    job::Task,
};

/// Seconds after which files that nobody has as their picture are deleted: storing them was not finished.
const UNFINISHED_SECONDS: i64 = 3_600;

/// Cuts a square out of `picture`, which is `owner`'s, and stores it. Whoever calls this makes it their profile picture
/// ([`set`]); otherwise its files are deleted after a while.
pub(crate) async fn cut(
    cx: &Cx,
    owner: AccountId,
    picture: PictureId,
    crop: Option<SquareCrop>,
) -> Result<ProfilePictureId, Error> {
    let source = store::own(cx.db.read(), owner, &[picture]).await?.into_iter().next();
    let source = source.ok_or_else(|| super::rejection::rejected(Reason::Gone))?;
    let crop = crop.unwrap_or_else(|| centre(&source));
    if !is_inside(crop, &source) {
        return Err(Problem::BadRequest.into());
    }
    // Only the large size moves.
    let size = if source.moves { PictureSize::Medium } else { PictureSize::Large };
    let content = cx.files.get(&picture_key(picture, size)).await?;
    let file: Vec<_> = content.pieces.try_collect().await?;
    let longer = source.width.max(source.height);
    let files = cx.image_pipeline.cut(owner, file.concat(), crop, longer).await?;
    let id = ProfilePictureId::from(cx.new_id()?);
    let later = cx.now().plus_seconds(UNFINISHED_SECONDS);
    // First the job that would delete the files, then the files: each has a row or a job.
    cx.write(move |tx| {
        Box::pin(async move { tx.enqueue_at(&Task::DeleteProfilePicture { picture: id }, later).await })
    })
    .await?;
    for (size, file) in files {
        cx.files.put(&key(id, size), file).await?;
    }
    Ok(id)
}

fn centre(source: &PictureView) -> SquareCrop {
    let side = source.width.min(source.height);
    SquareCrop { left: (source.width - side) / 2, top: (source.height - side) / 2, side }
}

fn is_inside(crop: SquareCrop, source: &PictureView) -> bool {
    let fits = |from: u32, length: u32| from.checked_add(crop.side).is_some_and(|end| end <= length);
    crop.side > 0 && fits(crop.left, source.width) && fits(crop.top, source.height)
}

/// Makes this `owner`'s profile picture, or none. The one before is deleted. The caller has locked the account.
pub(crate) async fn set(tx: &Tx, owner: AccountId, picture: Option<ProfilePictureId>) -> Result<(), Error> {
    let before = of(&**tx, owner).await?;
    let values = [picture.map(Uuid::from).into(), owner.into_value()];
    execute(&**tx, "UPDATE account SET picture_id = $1 WHERE id = $2", values).await?;
    match before {
        Some(picture) => tx.enqueue(&Task::DeleteProfilePicture { picture }).await,
        None => Ok(()),
    }
}

/// The profile picture of an account.
async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<ProfilePictureId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        picture_id: Option<Uuid>,
    }
    let sql = "SELECT picture_id FROM account WHERE id = $1";
    let row: Option<Row> = one(db, sql, [account.into_value()]).await?;
    Ok(row.and_then(|row| row.picture_id).map(Into::into))
}

/// The own profile picture, for a copy of everything of oneself; none when there is none, or it is being changed.
pub(crate) async fn read_own(cx: &Cx, account: AccountId) -> Result<Option<Content>, Error> {
    match of(cx.db.read(), account).await? {
        Some(picture) => Ok(cx.files.get(&key(picture, ProfilePictureSize::Large)).await.ok()),
        None => Ok(None),
    }
}

/// Deletes the upload that a profile picture was cut out of, unless a post shows it.
pub(crate) async fn discard_source(tx: &Tx, owner: AccountId, picture: PictureId) -> Result<(), Error> {
    if store::delete_unused(&**tx, owner, picture).await? {
        tx.enqueue(&Task::DeleteFiles { picture }).await?;
    }
    Ok(())
}

/// Opens a profile picture for whoever may see its person.
pub(super) async fn open(
    cx: &Cx,
    viewer: AccountId,
    picture: ProfilePictureId,
    size: ProfilePictureSize,
) -> Result<Opened, Error> {
    let sql = concat!(
        "SELECT COUNT(*) AS count FROM account WHERE picture_id = $2 AND verified_at IS NOT NULL AND ",
        visible!("account.id")
    );
    if !is_one(one(cx.db.read(), sql, [viewer.into_value(), picture.into_value()]).await?) {
        return Err(Problem::NotFound.into());
    }
    let etag = format!("\"{picture}-{}\"", size.name());
    Ok(Opened { etag, files: cx.files.clone(), key: key(picture, size) })
}

/// Deletes the files of a profile picture, unless somebody has it.
pub(crate) async fn delete_files(cx: &Cx, picture: ProfilePictureId) -> Result<(), Error> {
    let sql = "SELECT COUNT(*) AS count FROM account WHERE picture_id = $1";
    if is_one(one(cx.db.read(), sql, [picture.into_value()]).await?) {
        return Ok(());
    }
    for size in ProfilePictureSize::ALL {
        cx.files.delete(&key(picture, size)).await?;
    }
    Ok(())
}

fn is_one(found: Option<Count>) -> bool {
    found.is_some_and(|found| found.count > 0)
}

/// Where a size lies: as those of pictures do, in 256 folders.
fn key(picture: ProfilePictureId, size: ProfilePictureSize) -> String {
    let id = picture.to_string();
    let (_, tail) = id.split_at(id.len() - 2);
    format!("profile-pictures/{tail}/{id}/{}.webp", size.name())
}
