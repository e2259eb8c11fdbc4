//! A ZIP that is written on a thread of its own: compressing and the disk keep nobody waiting who answers requests.

use std::{fs::File, io::Write};

use tokio::{sync::mpsc, task::JoinHandle};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::Error;

/// Pieces that wait for the disk at most.
const AHEAD: usize = 8;

enum Piece {
    File { name: String, compression: CompressionMethod },
    Bytes(Vec<u8>),
}

/// A ZIP into which files are written one after the other.
pub(super) struct Archive {
    pieces: mpsc::Sender<Piece>,
    writer: JoinHandle<zip::result::ZipResult<File>>,
}

impl Archive {
    /// An empty one in `file`.
    pub(super) fn new(file: File) -> Self {
        let (pieces, received) = mpsc::channel(AHEAD);
        Self { pieces, writer: tokio::task::spawn_blocking(move || write(file, received)) }
    }

    /// Begins a file that gets smaller by compressing.
    pub(super) async fn begin(&self, name: impl Into<String>) -> Result<(), Error> {
        self.send(Piece::File { name: name.into(), compression: CompressionMethod::Deflated }).await
    }

    /// Begins a file that is compressed already.
    pub(super) async fn begin_stored(&self, name: impl Into<String>) -> Result<(), Error> {
        self.send(Piece::File { name: name.into(), compression: CompressionMethod::Stored }).await
    }

    /// Goes on with the file that was begun last.
    pub(super) async fn write(&self, bytes: impl Into<Vec<u8>>) -> Result<(), Error> {
        self.send(Piece::Bytes(bytes.into())).await
    }

    async fn send(&self, piece: Piece) -> Result<(), Error> {
        // The thread ends before its time only when the disk refuses.
        self.pieces.send(piece).await.map_err(|_| Error::unavailable("an archive could not be written"))
    }

    /// The whole ZIP.
    pub(super) async fn finish(self) -> Result<File, Error> {
        drop(self.pieces);
        self.writer.await.map_err(Error::internal)?.map_err(Error::unavailable)
    }
}

fn write(file: File, mut pieces: mpsc::Receiver<Piece>) -> zip::result::ZipResult<File> {
    let mut zip = ZipWriter::new(file);
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::File { name, compression } => {
                // Pictures of a person may be many gigabytes.
                let options = SimpleFileOptions::default().compression_method(compression).large_file(true);
                zip.start_file(name, options)?;
            }
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
        }
    }
    zip.finish()
}
