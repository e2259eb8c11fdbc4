//! Files that people send: written to the disk as they come, so that memory stays flat however many and large they are.

use axum::body::BodyDataStream;
use domain::{Cx, Error, media::Upload};
use futures::StreamExt;
use protocol::{Problem, Reason, media::UPLOAD_MEGABYTES};
use tokio::{fs::File, io::AsyncWriteExt};

/// Bytes of a picture's file at most.
const BYTES: u64 = UPLOAD_MEGABYTES as u64 * 1024 * 1024;
/// Bytes that are read of what is refused already. Browsers show no answer before they have sent everything.
pub(crate) const REFUSED_BYTES: u64 = 128 * 1024 * 1024;

/// A file that is coming in. It has no name: whatever happens, it is gone with this.
pub(crate) struct Incoming {
    file: File,
    bytes: u64,
}

impl Incoming {
    pub(crate) async fn begin(cx: &Cx) -> Result<Self, Error> {
        Ok(Self { file: File::from_std(cx.files.temporary().await?), bytes: 0 })
    }

    pub(crate) async fn add(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.bytes += piece.len() as u64;
        if self.bytes > BYTES {
            return Err(Problem::field("pictures", Reason::TooLarge { max: UPLOAD_MEGABYTES }).into());
        }
        self.file.write_all(piece).await.map_err(Error::unavailable)
    }

    pub(crate) async fn end(mut self) -> Result<Upload, Error> {
        self.file.flush().await.map_err(Error::unavailable)?;
        Ok(Upload { file: self.file.into_std().await, bytes: self.bytes })
    }
}

/// Reads a body that is one file.
pub(crate) async fn receive(cx: &Cx, body: &mut BodyDataStream) -> Result<Upload, Error> {
    let mut incoming = Incoming::begin(cx).await?;
    while let Some(piece) = body.next().await {
        // The connection is cut, or nothing comes any more.
        incoming.add(&piece.map_err(|_| Problem::Unavailable)?).await?;
    }
    incoming.end().await
}

/// Reads on without keeping anything.
pub(crate) async fn let_pass(body: &mut BodyDataStream) {
    let mut passed = 0;
    while let Some(Ok(piece)) = body.next().await {
        passed += piece.len() as u64;
        if passed > REFUSED_BYTES {
            return;
        }
    }
}
