use std::{
    fs::File,
    io::{Read, Seek},
    sync::Arc,
};

use protocol::Reason;
use tokio::sync::Semaphore;

use super::{
    develop::{Developed, develop},
    measure::measure,
    refused,
};
use crate::Error;

/// Megabytes that all pictures in the workshop take at most. One alone can take all of them: 50 megapixels of 16 bits with
/// alpha need 400 and half of that to be resized, as a progressive JPEG 450. A photograph of 12 megapixels needs 55 to
/// 110, so that as many as there are threads for usually fit in together.
const MEGABYTES: u32 = 600;

/// Where pictures are decoded, resized and encoded: on threads that may block, few at a time, within a fixed memory. The
/// others wait, and while they wait they are only a file on the disk.
#[derive(Debug, Clone)]
pub struct Workshop {
    threads: Arc<Semaphore>,
    megabytes: Arc<Semaphore>,
}

impl Workshop {
    /// One for a machine with so many cores. One of them is left to everything else.
    pub fn new(cores: usize) -> Self {
        let threads = cores.saturating_sub(1).max(1);
        Self {
            threads: Arc::new(Semaphore::new(threads)),
            megabytes: Arc::new(Semaphore::new(MEGABYTES as usize)),
        }
    }

    /// Makes what is stored of the picture in `file`.
    ///
    /// # Errors
    /// [`Problem::Invalid`](protocol::Problem::Invalid) for the field `pictures`.
    pub(super) async fn develop(&self, file: File) -> Result<Developed, Error> {
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(Error::internal)?;
        let (thread, file, measured) = on_blocking_thread(move || {
            let file = read(file)?;
            measure(&file).map(|measured| (thread, file, measured))
        })
        .await?;
        let needed = measured.megabytes().min(MEGABYTES);
        let room = Arc::clone(&self.megabytes).acquire_many_owned(needed).await.map_err(Error::internal)?;
        on_blocking_thread(move || {
            let _held_until_done = (thread, room);
            develop(&measured, &file)
        })
        .await
    }
}

fn read(mut file: File) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map_err(|_| Reason::Damaged)?;
    Ok(bytes)
}

async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Reason> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(refused),
        // A decoder that panics has met a file that is none.
        Err(failed) if failed.is_panic() => Err(refused(Reason::Damaged)),
        Err(failed) => Err(Error::internal(failed)),
    }
}
