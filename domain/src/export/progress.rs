use protocol::{ExportId, Problem};

use super::store;
use crate::{Cx, Error};

/// Seconds for which whoever makes a copy may be silent. Its progress is stored far more often.
pub(super) const SILENCE: i64 = 300;
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
    /// Of `total` things, none is in it yet.
    pub(super) async fn begin(cx: &Cx, export: ExportId, total: i64) -> Result<Self, Error> {
        let mut progress = Self { export, done: 0, total, stored: 0 };
        progress.store(cx).await?;
        Ok(progress)
    }

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
