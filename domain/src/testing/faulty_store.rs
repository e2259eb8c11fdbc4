use std::{
    fmt, io,
    path::Path as FilePath,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use futures::stream::BoxStream;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, local::LocalFileSystem, path::Path,
};

use crate::files::Files;

/// A folder of files that can be made to fail.
#[derive(Debug)]
pub struct FaultyStore {
    folder: LocalFileSystem,
    failure: Mutex<Option<Failure>>,
}

#[derive(Debug)]
struct Failure {
    after: usize,
    code: i32,
}

impl FaultyStore {
    /// What a full disk answers (ENOSPC).
    pub const ENOSPC: i32 = 28;
    /// What a disk answers that is broken or gone (EIO).
    pub const EIO: i32 = 5;

    pub(super) fn new(root: &FilePath) -> Self {
        let folder = Files::folder(root).expect("a folder for files");
        Self { folder, failure: Mutex::default() }
    }

    /// From now on everything but so many things fails as the system does with this number.
    pub fn fail_after(&self, after: usize, code: i32) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(Failure { after, code });
    }

    /// It works again.
    pub fn repair(&self) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn check(&self) -> Result<()> {
        match &mut *self.failure.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Failure { after: 0, code }) => {
                let source = Box::new(io::Error::from_raw_os_error(*code));
                Err(object_store::Error::Generic { store: "faulty store", source })
            }
            Some(Failure { after, .. }) => {
                *after -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl fmt::Display for FaultyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a faulty store")
    }
}

#[async_trait]
impl ObjectStore for FaultyStore {
    async fn put_opts(&self, at: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.check()?;
        self.folder.put_opts(at, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        at: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.check()?;
        self.folder.put_multipart_opts(at, options).await
    }

    async fn get_opts(&self, at: &Path, options: GetOptions) -> Result<GetResult> {
        self.check()?;
        self.folder.get_opts(at, options).await
    }

    fn delete_stream(&self, at: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        match self.check() {
            Ok(()) => self.folder.delete_stream(at),
            Err(error) => Box::pin(futures::stream::once(async { Err(error) })),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.folder.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.folder.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.check()?;
        self.folder.copy_opts(from, to, options).await
    }
}
