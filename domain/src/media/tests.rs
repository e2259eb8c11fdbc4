//! Real files, through the whole way.

mod admission;
mod animations;
mod bombs;
mod damage;
mod pixels;
mod readers;
mod storage;

use futures::TryStreamExt;
use image::DynamicImage;
use protocol::{
    PictureId, Problem, Reason,
    media::{PictureSize, PictureView},
};

use super::open;
use crate::{
    Cx, Error, Scope,
    limit::Rates,
    testing::{Seed, TestDb},
};

/// A Kith on SQLite, for what does not depend on the database, and somebody in it.
async fn ana() -> (Seed, Scope) {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await);
    let ana = seed.person("ana").await;
    (seed, ana)
}

async fn sent(seed: &Seed, who: &Scope, file: &[u8]) -> Result<PictureView, Error> {
    seed.send_picture(who, file).await
}

/// What stands in the store as this size.
async fn stored(cx: &Cx, who: &Scope, picture: PictureId, size: PictureSize) -> Result<Vec<u8>, Error> {
    let content = open(cx, who, picture, size).await?.read().await?;
    let pieces: Vec<_> = content.pieces.try_collect().await?;
    let file = pieces.concat();
    assert_eq!(file.len() as u64, content.length);
    Ok(file)
}

/// The same, decoded.
async fn seen(seed: &Seed, who: &Scope, picture: &PictureView, size: PictureSize) -> DynamicImage {
    let file = stored(&seed.cx, who, picture.id, size).await.expect("a file");
    assert_eq!(image::guess_format(&file).expect("a format"), image::ImageFormat::WebP);
    image::load_from_memory(&file).expect("a picture")
}

/// Why it was refused, as the field says it.
#[track_caller]
fn reason(refused: Result<PictureView, Error>) -> Reason {
    let problem = crate::testing::refusal(refused);
    *problem.reason_for("pictures").unwrap_or_else(|| panic!("not the picture's fault: {problem:?}"))
}

async fn rows(seed: &Seed) -> i64 {
    seed.number("SELECT COUNT(*) AS count FROM picture").await
}

/// Nothing is there, neither now nor after all jobs.
async fn assert_nothing_stays(seed: &Seed) {
    assert_eq!(rows(seed).await, 0);
    seed.run_jobs().await;
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM job").await, 0);
    assert_eq!(seed.files(), Vec::<std::path::PathBuf>::new());
    assert_eq!(seed.temporary_files(), Vec::<std::path::PathBuf>::new());
}

/// A picture of somebody that nobody made.
fn nothing(seed: &Seed) -> PictureId {
    seed.cx.new_id().expect("an id").into()
}

const NOT_FOUND: Problem = Problem::NotFound;
