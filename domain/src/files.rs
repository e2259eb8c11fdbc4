//! Files: what is too large for the database, in a folder or in a bucket.

use std::{
    fs::File,
    io::{self, Seek},
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    Error as StoreError, ObjectStore, ObjectStoreExt, PutPayload, buffered::BufWriter,
    local::LocalFileSystem, path::Path,
};
use tokio::io::AsyncWriteExt;

use crate::Error;

/// Where files are kept, and where those lie that are still coming in.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    temporary: PathBuf,
}

/// What a file holds, piece by piece, and how much that is.
pub struct Content {
    /// All bytes together.
    pub length: u64,
    /// The pieces.
    pub pieces: BoxStream<'static, Result<Bytes, Error>>,
}

impl Files {
    /// Files in `store`; those that are still coming in lie in the folder `temporary`.
    pub fn new(store: Arc<dyn ObjectStore>, temporary: PathBuf) -> Self {
        Self { store, temporary }
    }

    /// Files in the folder `root`. Each is on the disk before it counts as stored, as rows of the database are.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(root: &FilePath) -> io::Result<LocalFileSystem> {
        std::fs::create_dir_all(root)?;
        let folder = LocalFileSystem::new_with_prefix(root).map_err(io::Error::other)?;
        Ok(folder.with_fsync(true).with_automatic_cleanup(true))
    }

    /// A new file without a name: it is gone with its last handle, however the process ends.
    ///
    /// # Errors
    /// [`Problem::Unavailable`](protocol::Problem::Unavailable) when the disk has no room for it, or there is none.
    pub async fn temporary(&self) -> Result<File, Error> {
        let folder = self.temporary.clone();
        let made = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder));
        made.await.map_err(Error::internal)?.map_err(Error::unavailable)
    }

    /// Bytes that are left on the disk of files that are still coming in, and of all others where they lie in a folder.
    ///
    /// # Errors
    /// [`Problem::Unavailable`](protocol::Problem::Unavailable) when the disk does not say.
    pub(crate) async fn free_space(&self) -> Result<u64, Error> {
        let folder = self.temporary.clone();
        let asked = tokio::task::spawn_blocking(move || rustix::fs::statvfs(&folder));
        let disk = asked.await.map_err(Error::internal)?.map_err(Error::unavailable)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    pub(crate) async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let stored = self.store.put(&Path::from(key), PutPayload::from(bytes)).await;
        stored.map(drop).map_err(Error::unavailable)
    }

    /// Stores what is in an open file, piece by piece, and says how much that is.
    pub(crate) async fn put_file(&self, key: &str, mut file: File) -> Result<u64, Error> {
        file.rewind().map_err(Error::unavailable)?;
        let mut stored = BufWriter::new(Arc::clone(&self.store), Path::from(key));
        let copied = tokio::io::copy(&mut tokio::fs::File::from_std(file), &mut stored).await;
        let copied = copied.map_err(Error::unavailable)?;
        stored.shutdown().await.map_err(Error::unavailable)?;
        Ok(copied)
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Content, Error> {
        let found = self.store.get(&Path::from(key)).await.map_err(Error::unavailable)?;
        let length = found.meta.size;
        Ok(Content { length, pieces: found.into_stream().map_err(Error::unavailable).boxed() })
    }

    /// Deletes a file. One that is not there is deleted already.
    pub(crate) async fn delete(&self, key: &str) -> Result<(), Error> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::unavailable(error)),
        }
    }
}
