use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::future::BoxFuture;
use lettre::message::Mailbox;

use super::{Mail, Mailer, smtp::message};
use crate::{Error, clock::Clock};

/// Characters of the address that the name of a file takes over: file systems stop at 255, an address does not.
const NAME_CHARS: usize = 100;

/// Puts mail into a folder, one file each, where there is no mail server yet. The log says where.
pub struct Outbox {
    folder: PathBuf,
    from: Mailbox,
    clock: Arc<dyn Clock>,
    written: AtomicU64,
}

impl Outbox {
    /// Mail goes to `folder`, which is made when the first one comes.
    ///
    /// # Errors
    /// When `from` is no sender.
    pub fn new(folder: PathBuf, from: &str, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let from = from.parse().map_err(|_| Error::internal(format!("not a sender: {from}")))?;
        Ok(Self { folder, from, clock, written: AtomicU64::default() })
    }
}

impl Mailer for Outbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let written = message(&self.from, mail)?.formatted();
            tokio::fs::create_dir_all(&self.folder).await.map_err(Error::unavailable)?;
            let name: String = mail
                .to
                .chars()
                .take(NAME_CHARS)
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
                .collect();
            let number = self.written.fetch_add(1, Ordering::Relaxed);
            let path = self.folder.join(format!("{}-{number}-{name}.eml", self.clock.now().micros()));
            tokio::fs::write(&path, written).await.map_err(Error::unavailable)?;
            // The name of the file has the address in it.
            tracing::info!(folder = %self.folder.display(), number, "mail written: no mail server is set up");
            Ok(())
        })
    }
}
