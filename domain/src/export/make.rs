use protocol::{ExportId, Problem};

use super::{
    archive::Archive,
    contents, key,
    store::{self, Claim},
};
use crate::{Cx, Error};

/// Seconds for which whoever makes a copy may be silent. Its progress is stored far more often.
const SILENCE: i64 = 300;
/// Things after which the progress is stored.
const STEP: i64 = 50;

/// How far a copy is.
pub(super) struct Progress {
    export: ExportId,
    done: i64,
    total: i64,
    stored: i64,
}

impl Progress {
    /// So many things more are in it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when nobody wants the copy any more.
    pub(super) async fn advance(&mut self, cx: &Cx, things: usize) -> Result<(), Error> {
        self.done += i64::try_from(things).unwrap_or(0);
        if self.done - self.stored >= STEP { self.store(cx).await } else { Ok(()) }
    }

    async fn store(&mut self, cx: &Cx) -> Result<(), Error> {
        self.stored = self.done;
        let until = cx.now().plus_seconds(SILENCE);
        let progress = (self.done.min(self.total), self.total);
        if store::record_progress(cx.db.writer(), self.export, progress, until).await? {
            Ok(())
        } else {
            Err(Problem::NotFound.into())
        }
    }
}

/// Makes a copy, unless somebody else does.
pub(crate) async fn make(cx: &Cx, export: ExportId) -> Result<(), Error> {
    let now = cx.now();
    let account = match store::claim(cx.db.writer(), export, now, now.plus_seconds(SILENCE)).await? {
        Claim::Mine(account) => account,
        Claim::Taken => return Err(Error::unavailable("another process makes this export")),
        Claim::Over => return Ok(()),
    };
    let mut progress = Progress { export, done: 0, total: contents::count(cx, account).await?, stored: 0 };
    progress.store(cx).await?;
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
