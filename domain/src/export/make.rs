use protocol::{ExportId, Problem};

use super::{
    archive::Archive,
    contents, key,
    progress::{Progress, SILENCE},
    store::{self, Claim},
};
use crate::{Cx, Error};

/// Makes a copy, unless somebody else does.
pub(crate) async fn make(cx: &Cx, export: ExportId) -> Result<(), Error> {
    let now = cx.now();
    let account = match store::claim(cx.db.writer(), export, now, now.plus_seconds(SILENCE)).await? {
        Claim::Mine(account) => account,
        Claim::Taken => return Err(Error::unavailable("another process makes this export")),
        Claim::Over => return Ok(()),
    };
    let mut progress = Progress::begin(cx, export, contents::count(cx, account).await?).await?;
    let zip = Archive::new(cx.files.temporary().await?);
    match contents::write(cx, account, &zip, &mut progress).await {
        // Deleted while it was made.
        Err(error) if *error.problem() == Problem::NotFound => return Ok(()),
        written => written?,
    }
    let bytes = cx.files.put_file(&key(export), zip.finish().await?).await?;
    if !store::finish(cx.db.writer(), export, bytes, cx.now()).await? {
        cx.files.delete(&key(export)).await?;
    }
    Ok(())
}
