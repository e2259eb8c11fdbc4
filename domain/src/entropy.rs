//! Randomness as an input: secrets and ids.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use protocol::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Error;

/// Gives random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// When the source fails; nothing must be made of what `bytes` holds then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// The operating system's source.
#[derive(Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(Error::internal)
    }
}

/// A secret of 256 random bits, handed out once; only its [`Secret::hash`] is stored.
pub struct Secret([u8; 32]);

impl Secret {
    /// Draws a new secret.
    ///
    /// # Errors
    /// When the source of randomness fails.
    pub fn draw(entropy: &dyn Entropy) -> Result<Self, Error> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads the 64 hexadecimal digits that [`Secret::expose`] gave.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        // In large letters it is another text, and none of ours.
        Some(Self(bytes)).filter(|secret| secret.expose() == text)
    }

    /// The secret as 64 hexadecimal digits, for the cookie or the link.
    pub fn expose(&self) -> String {
        hex::encode(self.0)
    }

    /// Its SHA-256, for storage. A secret of this size needs no slow hash and no salt.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Makes ids that grow: UUIDs of version 7 (RFC 9562, section 5.7) whose 12 bits after the time count up within a
/// millisecond (section 6.2, method 1). When the clock goes back, or more than 4,096 ids fall into one millisecond, the
/// time of the last id goes on.
#[derive(Debug, Default)]
pub struct Ids {
    last: Mutex<(u64, u16)>,
}

impl Ids {
    /// The next id.
    ///
    /// # Errors
    /// When the source of randomness fails.
    pub fn next(&self, now: Timestamp, entropy: &dyn Entropy) -> Result<Uuid, Error> {
        let mut random = [0; 8];
        entropy.fill(&mut random)?;
        let (millis, count) = self.advance(u64::try_from(now.millis()).unwrap_or(0));
        let [_, _, m0, m1, m2, m3, m4, m5] = millis.to_be_bytes();
        let [c0, c1] = count.to_be_bytes();
        let mut bytes = [m0, m1, m2, m3, m4, m5, 0x70 | c0, c1, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes[8..].copy_from_slice(&random);
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Ok(Uuid::from_bytes(bytes))
    }

    fn advance(&self, millis: u64) -> (u64, u16) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = match *last {
            (before, _) if millis > before => (millis, 0),
            (before, 0xfff) => (before + 1, 0),
            (before, count) => (before, count + 1),
        };
        *last
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, Secret, SystemEntropy};
    use protocol::Timestamp;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let ids = Ids::default();
        let mut drawn = Vec::new();
        for millis in [5, 5, 9, 2, 2, 7].into_iter().chain([9; 5_000]) {
            drawn.push(ids.next(Timestamp::from_micros(millis * 1_000), &SystemEntropy).expect("an id"));
        }
        assert!(drawn.is_sorted_by(|earlier, later| earlier < later));
        assert!(drawn.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn a_secret_is_read_back_from_its_digits_only() {
        let secret = Secret::draw(&SystemEntropy).expect("a secret");
        let digits = secret.expose();
        assert_eq!(Secret::parse(&digits).map(|read| read.hash()), Some(secret.hash()));
        assert!(Secret::parse(&digits[1..]).is_none());
        assert!(Secret::parse(&digits.replace(|_| true, "g")).is_none());
        assert!(Secret::parse("").is_none());
    }
}
