use std::{
    fs::File,
    io::{Read, Seek},
    sync::Arc,
};

use protocol::{AccountId, Reason, profile::SquareCrop};
use tokio::sync::Semaphore;

use super::{
    deadline::Deadline,
    person_queue::PersonQueues,
    probe::probe,
    process::{ProcessedImage, process},
    rejection::rejected,
    square::{self, SquareFiles},
};
use crate::{Error, clock::Clock};

/// Megabytes that all pictures in the pipeline take at most. One alone can take all of them: 50 megapixels of 16 bits with
/// alpha need 400 and half of that to be resized, as a progressive JPEG 450. A photograph of 12 megapixels needs 55 to
/// 110, so that as many as there are threads for usually fit in together.
const MEGABYTES: u32 = 600;

/// Megabytes that a square is cut out within: the large size has 2,560 pixels in both directions at most, with alpha and
/// without it.
const CUT_MEGABYTES: u32 = 2_560 * 2_560 * 7 / (1024 * 1024) + 1;

/// Where pictures are decoded, resized and encoded: on threads that may block, few at a time, one of each person, within a
/// fixed memory. The others wait, and while they wait they are only a file on the disk.
#[derive(Debug, Clone)]
pub struct ImagePipeline {
    queues: PersonQueues,
    threads: Arc<Semaphore>,
    megabytes: Arc<Semaphore>,
}

impl ImagePipeline {
    /// One for a machine with so many cores. One of them is left to everything else.
    pub fn new(cores: usize) -> Self {
        let threads = cores.saturating_sub(1).max(1);
        Self {
            queues: PersonQueues::default(),
            threads: Arc::new(Semaphore::new(threads)),
            megabytes: Arc::new(Semaphore::new(MEGABYTES as usize)),
        }
    }

    /// Makes what is stored of the picture in `file`, which is `owner`'s.
    ///
    /// # Errors
    /// [`Problem::Invalid`](protocol::Problem::Invalid) for the field `pictures`.
    pub(super) async fn process(
        &self,
        owner: AccountId,
        file: File,
        clock: &Arc<dyn Clock>,
    ) -> Result<ProcessedImage, Error> {
        let turn = self.queues.acquire(owner).await?;
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(Error::internal)?;
        let (thread, file, probed) = on_blocking_thread(move || {
            let file = read(file)?;
            probe(&file).map(|probed| (thread, file, probed))
        })
        .await?;
        let needed = probed.megabytes().min(MEGABYTES);
        let room = Arc::clone(&self.megabytes).acquire_many_owned(needed).await.map_err(Error::internal)?;
        let clock = Arc::clone(clock);
        on_blocking_thread(move || {
            // Whoever sent it may be gone meanwhile.
            let _held_until_done = (turn, thread, room);
            process(&probed, &file, &Deadline::new(&clock))
        })
        .await
    }
}

impl ImagePipeline {
    /// Cuts a square out of a picture that was processed before ([`square::cut`]).
    ///
    /// # Errors
    /// [`Problem::Invalid`](protocol::Problem::Invalid) for the field `pictures`.
    pub(super) async fn cut(
        &self,
        owner: AccountId,
        file: Vec<u8>,
        crop: SquareCrop,
        longer: u32,
    ) -> Result<SquareFiles, Error> {
        let turn = self.queues.acquire(owner).await?;
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(Error::internal)?;
        let room =
            Arc::clone(&self.megabytes).acquire_many_owned(CUT_MEGABYTES).await.map_err(Error::internal)?;
        on_blocking_thread(move || {
            let _held_until_done = (turn, thread, room);
            square::cut(&file, crop, longer)
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
        Ok(done) => done.map_err(rejected),
        // A decoder that panics has met a file that is none.
        Err(failed) if failed.is_panic() => Err(rejected(Reason::Damaged)),
        Err(failed) => Err(Error::internal(failed)),
    }
}
