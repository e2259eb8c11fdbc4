use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use futures::future::BoxFuture;
use tokio::sync::{Notify, watch};

use crate::{
    Error,
    mail::{Mail, Mailer},
};

/// The secret at the end of the link in a mail; none when there is no such link.
pub fn token_in(mail: &Mail) -> Option<String> {
    let link = mail
        .text
        .lines()
        .find(|line| ["/verify/", "/reset/", "/email/"].iter().any(|path| line.contains(path)))?;
    link.rsplit('/').next().map(str::to_owned)
}

/// A mail server that keeps what it is given, or refuses it.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    down: AtomicBool,
    broken: AtomicBool,
    refusing: AtomicBool,
    hanging: watch::Sender<bool>,
    begun: Notify,
}

impl Mailbox {
    /// Takes out all mails to `address`, the oldest first.
    pub fn take(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.extract_if(.., |mail| mail.to == address).collect()
    }

    /// Takes out all mails to `address`, and says the secret in the link of the last one.
    pub fn take_token(&self, address: &str) -> String {
        self.take(address).last().and_then(token_in).expect("a mail with a link")
    }

    /// Whether no mail is there.
    pub fn is_empty(&self) -> bool {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Panics when it is given a mail from now on, or takes it again.
    pub fn set_broken(&self, broken: bool) {
        self.broken.store(broken, Ordering::SeqCst);
    }

    /// Refuses mail for good from now on, or takes it again.
    pub fn set_refusing(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }

    /// Takes what comes and answers nothing to it, or answers it.
    pub fn set_hanging(&self, hanging: bool) {
        self.hanging.send_replace(hanging);
    }

    /// Waits until it was given a mail to which it answers nothing.
    pub async fn begun(&self) {
        self.begun.notified().await;
    }

    /// Does not answer from now on, or takes mail again.
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }
}

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if *self.hanging.borrow() {
                self.begun.notify_one();
                let mut hanging = self.hanging.subscribe();
                _ = hanging.wait_for(|hanging| !hanging).await;
            }
            assert!(!self.broken.load(Ordering::SeqCst), "a defect");
            if self.refusing.load(Ordering::SeqCst) {
                return Err(Error::permanent("no such mailbox"));
            }
            if self.down.load(Ordering::SeqCst) {
                return Err(Error::unavailable("the mail server is down"));
            }
            self.mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
            Ok(())
        })
    }
}
