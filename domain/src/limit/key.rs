use protocol::AccountId;
use sha2::{Digest, Sha256};

use crate::{ClientAddress, session::DeviceHash};

/// Whose tries are counted together: an account or an address as the server knows it, never what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// An account.
    Account(AccountId),
    /// Where a request comes from.
    Address(ClientAddress),
    /// What a log-in is to.
    LogIn(LogInTarget),
    /// A mailbox, in whatever way its address is written.
    Recipient(String),
}

impl From<AccountId> for Key {
    fn from(account: AccountId) -> Self {
        Self::Account(account)
    }
}

impl From<ClientAddress> for Key {
    fn from(address: ClientAddress) -> Self {
        Self::Address(address)
    }
}

impl From<LogInTarget> for Key {
    fn from(target: LogInTarget) -> Self {
        Self::LogIn(target)
    }
}

/// Whose log-ins are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogInTarget {
    /// An account, whatever name of it was typed.
    Account(AccountId),
    /// An account from a device that was signed in to it before: strangers do not use its tries up.
    Device(DeviceHash),
    /// A name that no account has, by its hash. It has tries as well, so that it cannot be told from one that has.
    Unknown([u8; 32]),
}

impl LogInTarget {
    /// What was typed, where it names no account.
    pub(crate) fn unknown(login: &str) -> Self {
        Self::Unknown(Sha256::digest(login.trim().trim_start_matches('@').to_lowercase()).into())
    }
}
