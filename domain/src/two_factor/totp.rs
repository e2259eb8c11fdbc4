//! Codes by time (RFC 6238), as every authenticator app makes them: SHA-1, six digits, thirty seconds.

use std::ops::RangeInclusive;

use hmac::{Hmac, KeyInit, Mac};
use protocol::Timestamp;
use sha1::Sha1;

use crate::{Error, entropy::Entropy};

/// Seconds for which one code stands.
const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// Steps before and after the one of now whose codes are taken, for clocks that go wrong and fingers that are slow.
const DRIFT: i64 = 1;
/// RFC 4226, section 4, recommends 160 bits.
const SECRET_BYTES: usize = 20;
/// RFC 4648, section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What an authenticator app and the server both know. It says nothing of itself to logs.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TotpSecret(Vec<u8>);

impl TotpSecret {
    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, Error> {
        let mut bytes = vec![0; SECRET_BYTES];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(crate) const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// For storage.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// In base 32, as apps take it.
    pub(super) fn base32(&self) -> String {
        base32(&self.0)
    }

    /// The code of a step (RFC 4226, section 5.3).
    pub(crate) fn code(&self, step: i64) -> Result<String, Error> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest.last().copied().unwrap_or_default() & 0xf);
        let four = digest.get(offset..offset + 4).and_then(|bytes| bytes.try_into().ok());
        let number = u32::from_be_bytes(four.ok_or_else(|| Error::internal("a digest that is too short"))?);
        Ok(format!("{:0DIGITS$}", (number & 0x7fff_ffff) % 10_u32.pow(6)))
    }

    /// The step whose code was typed, if one that stands now was.
    pub(super) fn matching_step(&self, typed: &str, now: Timestamp) -> Result<Option<i64>, Error> {
        let mut found = None;
        for step in steps(now) {
            // All are compared, so that the time it takes does not tell which one it was.
            if subtle::ConstantTimeEq::ct_eq(self.code(step)?.as_bytes(), typed.as_bytes()).into() {
                found = Some(step);
            }
        }
        Ok(found)
    }
}

/// The step of a moment.
pub(crate) fn step_at(now: Timestamp) -> i64 {
    now.micros().div_euclid(STEP_SECONDS * 1_000_000)
}

fn steps(now: Timestamp) -> RangeInclusive<i64> {
    let step = step_at(now);
    step - DRIFT..=step + DRIFT
}

/// The digits of what was typed, if it can be a code: apps show "123 456".
pub(super) fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

/// Base 32 without padding. What is written in it here is a multiple of five bytes long.
pub(super) fn base32(bytes: &[u8]) -> String {
    let (mut text, mut buffer, mut bits) = (String::new(), 0_u16, 0_u8);
    for byte in bytes {
        buffer = (buffer << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let digit = BASE32.get(usize::from((buffer >> bits) & 31));
            text.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, without the first two of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890".to_vec());
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_at(Timestamp::from_micros(seconds * 1_000_000));
            assert_eq!(secret.code(step).expect("a code"), code, "{seconds}");
        }
    }

    #[test]
    fn one_step_before_and_after_is_taken_and_no_more() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890".to_vec());
        let now = Timestamp::from_micros(1_234_567_890_000_000);
        for (drift, is_taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = secret.code(step_at(now) + drift).expect("a code");
            let found = secret.matching_step(&code, now).expect("an answer");
            assert_eq!(found, is_taken.then_some(step_at(now) + drift), "{drift}");
        }
    }

    #[test]
    fn what_can_be_no_code_is_none() {
        assert_eq!(digits(" 123 456\n").as_deref(), Some("123456"));
        for typed in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345", "123456\0"] {
            assert_eq!(digits(typed), None, "{typed:?}");
        }
    }

    /// RFC 4648, section 10.
    #[test]
    fn base_32_is_that_of_the_standard() {
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(base32(b""), "");
    }
}
