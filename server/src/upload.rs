//! Files that people send: written to the disk as they come, so that memory stays flat however many and large they are.

use axum::body::BodyDataStream;
use domain::{
    Cx, Error, Scope,
    media::{self, Admission, Upload},
};
use futures::StreamExt;
use protocol::Problem;
use tokio::{fs::File, io::AsyncWriteExt};

/// Bytes that are read of what is refused already. Browsers show no answer before they have sent everything.
pub(crate) const REFUSED_BYTES: u64 = 128 * 1024 * 1024;

/// A file that is coming in. It has no name: whatever happens, it is gone with this.
pub(crate) struct Incoming {
    file: File,
    admission: Admission,
}

impl Incoming {
    /// Begins to take a file of `announced` bytes, if that is known.
    pub(crate) async fn begin(cx: &Cx, scope: &Scope, announced: Option<u64>) -> Result<Self, Error> {
        let admission = media::admit(cx, scope, announced).await?;
        Ok(Self { file: File::from_std(cx.files.temporary().await?), admission })
    }

    pub(crate) async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.admission.receive(piece.len() as u64)?;
        self.file.write_all(piece).await.map_err(Error::unavailable)
    }

    pub(crate) async fn finish(mut self) -> Result<Upload, Error> {
        self.file.flush().await.map_err(Error::unavailable)?;
        Ok(Upload { file: self.file.into_std().await, admission: self.admission })
    }
}

/// Reads a body that is one file.
pub(crate) async fn receive(
    cx: &Cx,
    scope: &Scope,
    announced: Option<u64>,
    body: &mut BodyDataStream,
) -> Result<Upload, Error> {
    let mut incoming = Incoming::begin(cx, scope, announced).await?;
    while let Some(piece) = body.next().await {
        // The connection is cut, or nothing comes any more.
        incoming.write(&piece.map_err(|_| Problem::Unavailable)?).await?;
    }
    incoming.finish().await
}

/// Reads on without keeping anything.
pub(crate) async fn drain(body: &mut BodyDataStream) {
    let mut passed = 0;
    while let Some(Ok(piece)) = body.next().await {
        passed += piece.len() as u64;
        if passed > REFUSED_BYTES {
            return;
        }
    }
}
