//! Pictures: taking them in, showing them to whoever may see their post, and deleting their files.

use std::fs::File;

use protocol::{
    AccountId, PictureId, Problem, ProfilePictureId,
    media::{PictureSize, PictureView, ProfilePictureSize},
};

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{
    Cx, Error, Scope,
    account::store as accounts,
    files::{Content, Files},
    job::Task,
    limit::Limit,
};

mod admission;
mod animation;
mod colour;
mod deadline;
mod encode;
mod image_pipeline;
mod jpeg;
mod person_queue;
mod png;
mod probe;
mod process;
pub(crate) mod profile_picture;
mod rejection;
mod square;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod uploads;
mod webp;

pub use image_pipeline::ImagePipeline;
pub use uploads::{Admission, Uploads};

use process::ProcessedImage;

/// Days for which a picture waits for a post.
const WAITING_DAYS: i64 = 3;

/// What a person sent as a picture: a file without a name, which is gone when nobody holds it any more.
#[derive(Debug)]
pub struct Upload {
    /// The file.
    pub file: File,
    /// The right to send it.
    pub admission: Admission,
}

/// Lets somebody begin to send a picture of `announced` bytes, or of a size that nobody knows yet. Before anything is read:
/// whoever has no room keeps nobody waiting.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures`: too large, no quota or no space left; [`Problem::TooMany`];
/// [`Problem::Unavailable`] while too much is under way.
pub async fn admit(cx: &Cx, scope: &Scope, announced: Option<u64>) -> Result<Admission, Error> {
    admission::admit(cx, scope, announced).await
}

/// Takes a picture in that was [admitted](admit), for a post that its owner writes. Of the file only the pixels are kept: no
/// place, no camera, no name.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures`; [`Problem::Unavailable`] when it cannot be stored.
pub async fn accept(cx: &Cx, scope: &Scope, upload: Upload) -> Result<PictureView, Error> {
    let (owner, Upload { file, admission: _under_way }) = (scope.account()?, upload);
    let processed = cx.image_pipeline.process(owner, file, &cx.clock).await?;
    let (cx, id) = (cx.clone(), PictureId::from(cx.new_id()?));
    // A task of its own: whoever sent it may be gone meanwhile, and a picture is stored wholly or not at all.
    tokio::spawn(async move { save(&cx, owner, id, processed).await }).await.map_err(Error::internal)?
}

/// First the row, then the files: every file has a row, or a job that deletes it.
async fn save(
    cx: &Cx,
    owner: AccountId,
    id: PictureId,
    processed: ProcessedImage,
) -> Result<PictureView, Error> {
    let ProcessedImage { width, height, preview, moves, files } = processed;
    let view = PictureView { id, width, height, alt: String::new(), preview, moves };
    let bytes = files.iter().map(|(_, file)| file.len() as u64).sum();
    let (row, now, quota_mb) = (view.clone(), cx.now(), cx.picture_quota_mb);
    cx.write(move |tx| {
        Box::pin(async move {
            // Of two that come at once, one waits here for the other.
            accounts::lock(&**tx, owner).await?;
            store::check_quota(&**tx, owner, bytes, quota_mb).await?;
            store::insert(&**tx, owner, &row, bytes, now).await
        })
    })
    .await?;
    for (size, file) in files {
        if let Err(error) = cx.files.put(&key(id, size), file).await {
            delete(cx, id).await?;
            return Err(error);
        }
    }
    Ok(view)
}

async fn delete(cx: &Cx, picture: PictureId) -> Result<(), Error> {
    cx.write(move |tx| Box::pin(store::remove(tx, std::iter::once(picture.into())))).await
}

/// A size of a picture that somebody may see.
pub struct Opened {
    /// Changes with the picture, never without it; quoted, as HTTP has it.
    pub etag: String,
    files: Files,
    key: String,
}

/// Opens a picture: for whoever may see its post or, as long as no post shows it, for its owner.
///
/// # Errors
/// [`Problem::NotFound`] for everybody else.
pub async fn open(cx: &Cx, scope: &Scope, picture: PictureId, size: PictureSize) -> Result<Opened, Error> {
    store::assert_visible(cx.db.read(), scope.account()?, picture).await?;
    Ok(Opened { etag: format!("\"{picture}-{size}\""), files: cx.files.clone(), key: key(picture, size) })
}

/// Opens a profile picture: for whoever may see its person.
///
/// # Errors
/// [`Problem::NotFound`] for everybody else.
pub async fn open_profile_picture(
    cx: &Cx,
    scope: &Scope,
    picture: ProfilePictureId,
    size: ProfilePictureSize,
) -> Result<Opened, Error> {
    profile_picture::open(cx, scope.account()?, picture, size).await
}

impl Opened {
    /// What is in it.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when the store of files does not answer.
    pub async fn read(&self) -> Result<Content, Error> {
        self.files.get(&self.key).await
    }
}

/// Own pictures among these, for a form that comes back to its author; without words.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn own(cx: &Cx, scope: &Scope, pictures: &[PictureId]) -> Result<Vec<PictureView>, Error> {
    store::own(cx.db.read(), scope.account()?, pictures).await
}

/// Takes back an own picture that no post shows yet.
///
/// # Errors
/// [`Problem::NotFound`] when there is none; [`Problem::TooMany`].
pub async fn discard(cx: &Cx, scope: &Scope, picture: PictureId) -> Result<(), Error> {
    let owner = scope.account()?;
    cx.limits.spend(Limit::Interaction, owner)?;
    cx.write(move |tx| {
        Box::pin(async move {
            if !store::delete_unused(&**tx, owner, picture).await? {
                return Err(Problem::NotFound.into());
            }
            tx.enqueue(&Task::DeleteFiles { picture }).await
        })
    })
    .await
}

/// Removes pictures that no post has shown for days. Called now and then, it keeps the store free of what was left behind.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    let before = cx.now().plus_seconds(-WAITING_DAYS * 24 * 3_600);
    cx.write(move |tx| {
        Box::pin(async move {
            for picture in store::delete_orphans(&**tx, before).await? {
                tx.enqueue(&Task::DeleteFiles { picture }).await?;
            }
            Ok(())
        })
    })
    .await
}

/// A size of a picture, whoever may see it.
pub(crate) async fn read(cx: &Cx, picture: PictureId, size: PictureSize) -> Result<Content, Error> {
    cx.files.get(&key(picture, size)).await
}

/// Deletes the files of a picture.
pub(crate) async fn delete_files(cx: &Cx, picture: PictureId) -> Result<(), Error> {
    for size in PictureSize::ALL {
        cx.files.delete(&key(picture, size)).await?;
    }
    Ok(())
}

/// Where a size lies. The end of an id is random, which spreads the pictures over 256 folders.
fn key(picture: PictureId, size: PictureSize) -> String {
    let id = picture.to_string();
    let (_, tail) = id.split_at(id.len() - 2);
    format!("pictures/{tail}/{id}/{size}.webp")
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("media::admit", "asks only about the own uploads"),
    neutral("media::accept", "takes an own picture"),
    shows("media::open", &["a_picture_of_a_hidden_author_is_not_found"]),
    shows("media::open_profile_picture", &["a_profile_picture_of_a_hidden_person_is_not_found"]),
    neutral("media::own", "shows own pictures; those of others are left out, whoever they are"),
    neutral("media::discard", "acts on an own picture; those of others are not found, whoever they are"),
];
