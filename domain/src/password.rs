//! Passwords: Argon2id, on threads that may block, a few at a time.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{PasswordHash, Salt},
};
use protocol::text::Password;
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::{Error, entropy::Entropy};

/// Characters of a password that are looked at to see how early it would be guessed.
const LOOKED_AT: usize = 40;

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

    /// Whether a guesser who knows `known` of the person would try this password early.
    ///
    /// # Errors
    /// None that can be caused from outside.
    pub async fn is_guessable(&self, password: Password, known: Vec<String>) -> Result<bool, Error> {
        self.on_blocking_thread(move || Ok(is_guessable(&password, &known))).await
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

fn is_guessable(password: &Password, known: &[String]) -> bool {
    let mut front: String = password.expose().chars().take(200).collect();
    // What the guesser knows makes nothing harder to guess.
    let words = known.iter().flat_map(|known| known.split(|c: char| !c.is_alphanumeric()));
    for word in words.chain(["kith"]).filter(|word| word.chars().count() >= 3) {
        let word = word.to_ascii_lowercase();
        while let Some(at) = front.to_ascii_lowercase().find(&word) {
            front.replace_range(at..at + word.len(), "");
        }
    }
    // zxcvbn's time grows much faster than the length; what follows only makes a password stronger.
    let front: String = front.chars().take(LOOKED_AT).collect();
    zxcvbn(&front, &[]).score() < Score::Three
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
    use super::{Cost, Passwords, is_guessable};
    use crate::entropy::SystemEntropy;
    use protocol::text::Password;

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

    fn known(words: &[&str]) -> Vec<String> {
        words.iter().copied().map(str::to_owned).collect()
    }

    #[test]
    fn names_and_common_words_are_guessable() {
        let ana = known(&["ana", "brandt"]);
        for typed in ["password12", "anabrandt1", "qwertyuiop", "kithkithkith", "aaaaaaaaaaaa"] {
            assert!(is_guessable(&password(typed), &ana), "{typed}");
        }
        for typed in
            ["plum tiger stairs 9", "plum Ana stairs tiger", "correct horse battery staple", "9fK#2mxQ!v"]
        {
            assert!(!is_guessable(&password(typed), &ana), "{typed}");
        }
    }

    #[test]
    fn what_a_guesser_knows_of_a_person_makes_no_password() {
        let ana = known(&["Ana", "Brandt", "ana_b", "ana.brandt@example.org"]);
        for typed in ["AnaBrandt1", "ana.brandt@example.org", "1BRANDTana", "ana_brandt_2026", "anaexample"] {
            assert!(is_guessable(&password(typed), &ana), "{typed}");
        }
        let endless = known(&["x", "", "é", &"ana ".repeat(5_000)]);
        assert!(!is_guessable(&password("plum tiger stairs 9"), &endless));
        assert!(is_guessable(&password(&"ana".repeat(300)), &endless));
    }
}
