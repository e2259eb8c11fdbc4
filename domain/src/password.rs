//! Passwords: Argon2id, on threads that may block, a few at a time.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{PasswordHash, Salt},
};
use protocol::{Reason, text::Password};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::{Error, entropy::Entropy};

/// Hashes and verifies passwords. Each hash takes tens of megabytes for tens of milliseconds, so no more of them run at
/// once than there are permits; the others wait.
#[derive(Debug, Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
    /// The hash of no password, verified where there is no account, so that both answers take the same time.
    dummy: Arc<str>,
}

/// How much a hash costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// OWASP's minimum for Argon2id with one lane (Password Storage Cheat Sheet).
    pub const RECOMMENDED: Self = Self { memory: 19_456, passes: 2 };
}

impl Passwords {
    /// Hashes of this cost, as many at once as `permits`.
    ///
    /// # Errors
    /// When Argon2 refuses the cost, or randomness fails.
    pub fn new(cost: Cost, permits: usize, entropy: &dyn Entropy) -> Result<Self, Error> {
        let params = Params::new(cost.memory, cost.passes, 1, None).map_err(Error::internal)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = hash_with(&argon2, "no account has this", &salt(entropy)?)?;
        Ok(Self { argon2, permits: Arc::new(Semaphore::new(permits)), dummy: dummy.into() })
    }

    /// The hash to store, as a PHC string with its own salt and cost.
    ///
    /// # Errors
    /// When Argon2 or randomness fails.
    pub async fn hash(&self, password: Password, entropy: &dyn Entropy) -> Result<String, Error> {
        let salt = salt(entropy)?;
        let argon2 = self.argon2.clone();
        self.on_blocking_thread(move || hash_with(&argon2, password.expose(), &salt)).await
    }

    /// Whether `password` is the one behind `stored`. Takes as long when there is nothing stored, and says no.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy.to_string());
        let argon2 = self.argon2.clone();
        let matches = move || {
            let hash = PasswordHash::new(&stored).map_err(Error::internal)?;
            Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
        };
        Ok(self.on_blocking_thread(matches).await? && known)
    }

    async fn on_blocking_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let _held_until_done = permit;
            work()
        });
        done.await.map_err(Error::internal)?
    }
}

/// Refuses passwords that a guesser would try early, given what the guesser can know of the person.
///
/// # Errors
/// [`Reason::Guessable`].
pub fn refuse_guessable(password: &Password, known: &[&str]) -> Result<(), Reason> {
    // zxcvbn's time grows faster than the length; what follows the first hundred characters only makes it stronger.
    let mut front: String = password.expose().chars().take(100).collect();
    // What the guesser knows makes nothing harder to guess.
    let words = known.iter().flat_map(|known| known.split(|c: char| !c.is_alphanumeric()));
    for word in words.chain(["kith"]).filter(|word| word.chars().count() >= 3) {
        let word = word.to_ascii_lowercase();
        while let Some(at) = front.to_ascii_lowercase().find(&word) {
            front.replace_range(at..at + word.len(), "");
        }
    }
    if zxcvbn(&front, &[]).score() >= Score::Three { Ok(()) } else { Err(Reason::Guessable) }
}

fn salt(entropy: &dyn Entropy) -> Result<[u8; Salt::RECOMMENDED_LENGTH], Error> {
    let mut salt = [0; Salt::RECOMMENDED_LENGTH];
    entropy.fill(&mut salt)?;
    Ok(salt)
}

fn hash_with(argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<String, Error> {
    let hash = argon2.hash_password_with_salt(password.as_bytes(), salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Cost, Passwords, refuse_guessable};
    use crate::entropy::SystemEntropy;
    use protocol::{Reason, text::Password};

    const CHEAP: Cost = Cost { memory: 8, passes: 1 };

    fn password(typed: &str) -> Password {
        Password::parse(typed).expect("a password of fitting length")
    }

    #[tokio::test]
    async fn only_the_same_password_matches_its_hash() {
        let passwords = Passwords::new(CHEAP, 1, &SystemEntropy).expect("passwords");
        let stored = passwords.hash(password("correct horse"), &SystemEntropy).await.expect("a hash");
        assert!(passwords.verify("correct horse".into(), Some(stored.clone())).await.expect("an answer"));
        assert!(!passwords.verify("correct horsf".into(), Some(stored)).await.expect("an answer"));
    }

    #[tokio::test]
    async fn nothing_matches_where_nothing_is_stored() {
        let passwords = Passwords::new(CHEAP, 1, &SystemEntropy).expect("passwords");
        assert!(!passwords.verify("no account has this".into(), None).await.expect("an answer"));
    }

    #[test]
    fn names_and_common_words_are_guessable() {
        for typed in ["password12", "anabrandt1", "qwertyuiop", "kithkithkith", "aaaaaaaaaaaa"] {
            assert_eq!(
                refuse_guessable(&password(typed), &["ana", "brandt"]),
                Err(Reason::Guessable),
                "{typed}"
            );
        }
        assert_eq!(refuse_guessable(&password("plum tiger stairs 9"), &["ana", "brandt"]), Ok(()));
        assert_eq!(refuse_guessable(&password("plum Ana stairs tiger"), &["ana", "brandt"]), Ok(()));
    }

    #[test]
    fn what_a_guesser_knows_of_a_person_makes_no_password() {
        let known = ["Ana", "Brandt", "ana_b", "ana.brandt@example.org"];
        for typed in ["AnaBrandt1", "ana.brandt@example.org", "1BRANDTana", "ana_brandt_2026", "anaexample"] {
            assert_eq!(refuse_guessable(&password(typed), &known), Err(Reason::Guessable), "{typed}");
        }
        let endless = ["x", "", "é", &"ana ".repeat(5_000)];
        assert_eq!(refuse_guessable(&password("plum tiger stairs 9"), &endless), Ok(()));
    }
}
