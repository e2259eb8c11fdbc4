//! Reads tokens with other libraries than those that write them.

use aes_gcm::{Aes256Gcm, KeyInit, aead::Aead};
use base64::{Engine, prelude::BASE64_STANDARD};
use cbc::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::Pkcs7};

use crate::zego::TokenMode;

/// What stands in a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) mode: TokenMode,
    pub(super) expire: i64,
    pub(super) content: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAToken;

pub(super) fn decode(token: &str, secret: &str) -> Result<Decoded, NotAToken> {
    let bytes =
        token.strip_prefix("04").and_then(|text| BASE64_STANDARD.decode(text).ok()).ok_or(NotAToken)?;
    let mut rest = bytes.as_slice();
    let expire = i64::from_be_bytes(take(&mut rest, 8)?.try_into().map_err(|_| NotAToken)?);
    let iv = take_sized(&mut rest)?;
    let ciphertext = take_sized(&mut rest)?;
    let (mode, plaintext) = match (iv.len(), rest) {
        (12, [1]) => (TokenMode::Gcm, by_gcm(secret, iv, ciphertext)?),
        (16, []) => (TokenMode::Cbc, by_cbc(secret, iv, ciphertext)?),
        _ => return Err(NotAToken),
    };
    let content = String::from_utf8(plaintext).map_err(|_| NotAToken)?;
    Ok(Decoded { mode, expire, content })
}

fn by_gcm(secret: &str, iv: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, NotAToken> {
    let cipher = Aes256Gcm::new_from_slice(secret.as_bytes()).map_err(|_| NotAToken)?;
    cipher.decrypt(&iv.try_into().map_err(|_| NotAToken)?, ciphertext).map_err(|_| NotAToken)
}

fn by_cbc(secret: &str, iv: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, NotAToken> {
    let cipher =
        cbc::Decryptor::<aes::Aes256>::new_from_slices(secret.as_bytes(), iv).map_err(|_| NotAToken)?;
    cipher.decrypt_padded_vec::<Pkcs7>(ciphertext).map_err(|_| NotAToken)
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Result<&'a [u8], NotAToken> {
    let (taken, left) = rest.split_at_checked(len).ok_or(NotAToken)?;
    *rest = left;
    Ok(taken)
}

fn take_sized<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], NotAToken> {
    let len = take(rest, 2)?;
    take(rest, usize::from(u16::from_be_bytes([len[0], len[1]])))
}

/// Undoes `encodeURIComponent`.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            bytes.extend(hex::decode(&tail[..2]).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}
