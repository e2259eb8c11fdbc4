use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use futures::future::BoxFuture;

use crate::{
    Error,
    mail::{Mail, Mailer},
};

/// The secret at the end of the link in a mail; none when there is no such link.
pub fn token_in(mail: &Mail) -> Option<String> {
    let link = mail.text.lines().find(|line| line.contains("/verify/") || line.contains("/reset/"))?;
    link.rsplit('/').next().map(str::to_owned)
}

/// A mail server that keeps what it is given, or refuses it.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    down: AtomicBool,
    broken: AtomicBool,
    refusing: AtomicBool,
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

    /// Does not answer from now on, or takes mail again.
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }
}

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
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
