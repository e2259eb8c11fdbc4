//! Recovery codes: they take the place of an authenticator app that is lost, each once.

use protocol::AccountId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::totp::base32;
use crate::{Error, entropy::Entropy};

/// 80 random bits: too many to be tried out, also by somebody who has the hash.
const BYTES: usize = 10;
/// Letters of a group.
const GROUP: usize = 4;

/// A code as its owner keeps it: `abcd-efgh-ijkl-mnop`. It says nothing of itself to logs.
pub(super) struct RecoveryCode(String);

impl RecoveryCode {
    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, Error> {
        let mut bytes = [0; BYTES];
        entropy.fill(&mut bytes)?;
        Ok(Self(base32(&bytes).to_lowercase()))
    }

    /// Reads what was typed, however its groups are divided.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        let letters: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let is_code = letters.len() == BYTES * 8 / 5 && letters.bytes().all(|c| c.is_ascii_alphanumeric());
        is_code.then(|| Self(letters.to_lowercase()))
    }

    /// For its owner, once.
    pub(super) fn in_groups(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect()).collect::<Vec<String>>().join("-")
    }

    /// What the database holds of it.
    pub(super) fn hash(&self, account: AccountId) -> Vec<u8> {
        Sha256::new_with_prefix(Uuid::from(account)).chain_update(&self.0).finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let (code, account) =
            (RecoveryCode::draw(&SystemEntropy).expect("a code"), Uuid::from_u128(1).into());
        let shown = code.in_groups();
        assert_eq!(shown.len(), 19, "{shown}");
        for typed in [
            shown.clone(),
            shown.to_uppercase(),
            shown.replace('-', ""),
            format!(" {} ", shown.replace('-', " ")),
        ] {
            let read = RecoveryCode::parse(&typed).expect("a code");
            assert_eq!(read.hash(account), code.hash(account), "{typed}");
        }
        assert_ne!(code.hash(account), code.hash(Uuid::from_u128(2).into()), "another person's");
    }

    #[test]
    fn what_can_be_no_code_is_none() {
        for typed in [
            "",
            "123456",
            "abcd-efgh-ijkl-mno",
            "abcd-efgh-ijkl-mnop-",
            "abcd-efgh-ijkl-mnöp",
            "abcd-efgh-ijkl-mno\0",
        ] {
            let is_none = RecoveryCode::parse(typed).is_none();
            assert_eq!(is_none, typed != "abcd-efgh-ijkl-mnop-", "{typed:?}");
        }
    }
}
