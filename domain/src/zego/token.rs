//! Tokens of version 04, as ZegoCloud's server assistant makes them.
//!
//! `"04"`, then in Base64: the time of expiry (8 bytes), the length of the nonce (2 bytes) and the nonce, the length of the
//! ciphertext (2 bytes) and the ciphertext; numbers begin with their highest byte. In [`TokenMode::Gcm`] the nonce has 12 bytes, the
//! ciphertext ends with its tag, and a byte 1 follows it. In [`TokenMode::Cbc`] the nonce has 16 bytes and nothing follows.
//!
//! Source: the repository ZEGOCLOUD/zego_server_assistant, and the tokens of the SDK's own test generator.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    cipher::{AES_256, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey},
    error::Unspecified,
    iv::FixedLength,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use protocol::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{TOKEN_SECONDS, ZegoAccount};
use crate::{Error, entropy::Entropy};

/// How the content of a token is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenMode {
    /// AES-256-GCM, which ZegoCloud recommends.
    #[default]
    Gcm,
    /// AES-256-CBC, which older servers of ZegoCloud take.
    Cbc,
}

/// Who may do what, where.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// Who.
    pub person: AccountId,
    /// The room. Nothing else can be entered with the token.
    pub room: &'a str,
    /// Whether they may send, besides joining.
    pub can_publish: bool,
}

/// The content of a token, in the order in which ZegoCloud writes it.
#[derive(Debug, Serialize)]
struct Content {
    app_id: u32,
    user_id: String,
    nonce: i32,
    ctime: i64,
    expire: i64,
    /// A [`Payload`] as a text within the text.
    payload: String,
}

#[derive(Debug, Serialize)]
struct Payload<'a> {
    room_id: &'a str,
    privilege: Privilege,
    stream_id_list: Option<()>,
}

#[derive(Debug, Serialize)]
struct Privilege {
    #[serde(rename = "1")]
    join: u8,
    #[serde(rename = "2")]
    publish: u8,
}

/// A token that is good for [`TOKEN_SECONDS`] from `now` on.
///
/// # Errors
/// When the source of randomness fails.
pub fn token(
    account: &ZegoAccount,
    grant: Grant<'_>,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<String, Error> {
    let mut nonce = [0; 4];
    entropy.fill(&mut nonce)?;
    let ctime = now.millis().div_euclid(1_000);
    let content = Content {
        app_id: account.app_id,
        user_id: grant.person.to_string(),
        nonce: i32::from_be_bytes(nonce),
        ctime,
        expire: ctime + TOKEN_SECONDS,
        payload: payload(grant)?,
    };
    let text = serde_json::to_string(&content).map_err(Error::internal)?;
    match account.mode {
        TokenMode::Gcm => {
            let mut iv = [0; 12];
            entropy.fill(&mut iv)?;
            gcm(account, &text, iv, content.expire)
        }
        TokenMode::Cbc => {
            let mut iv = [0; 16];
            entropy.fill(&mut iv)?;
            cbc(account, &text, iv, content.expire)
        }
    }
}

fn payload(grant: Grant<'_>) -> Result<String, Error> {
    let privilege = Privilege { join: 1, publish: grant.can_publish.into() };
    serde_json::to_string(&Payload { room_id: grant.room, privilege, stream_id_list: None })
        .map_err(Error::internal)
}

pub(super) fn gcm(account: &ZegoAccount, text: &str, iv: [u8; 12], expire: i64) -> Result<String, Error> {
    let key = UnboundKey::new(&AES_256_GCM, &account.secret.0).map_err(internal)?;
    let mut ciphertext = text.as_bytes().to_vec();
    LessSafeKey::new(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(iv), Aad::empty(), &mut ciphertext)
        .map_err(internal)?;
    let mut bytes = frame(expire, &iv, &ciphertext)?;
    bytes.push(1);
    Ok(encoded(&bytes))
}

pub(super) fn cbc(account: &ZegoAccount, text: &str, iv: [u8; 16], expire: i64) -> Result<String, Error> {
    let key = UnboundCipherKey::new(&AES_256, &account.secret.0).map_err(internal)?;
    let mut ciphertext = text.as_bytes().to_vec();
    PaddedBlockEncryptingKey::cbc_pkcs7(key)
        .and_then(|key| {
            key.less_safe_encrypt(&mut ciphertext, EncryptionContext::Iv128(FixedLength::from(iv)))
        })
        .map_err(internal)?;
    Ok(encoded(&frame(expire, &iv, &ciphertext)?))
}

fn frame(expire: i64, iv: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, Error> {
    let mut bytes = expire.to_be_bytes().to_vec();
    for part in [iv, ciphertext] {
        bytes.extend(u16::try_from(part.len()).map_err(Error::internal)?.to_be_bytes());
        bytes.extend(part);
    }
    Ok(bytes)
}

fn encoded(bytes: &[u8]) -> String {
    format!("04{}", BASE64_STANDARD.encode(bytes))
}

fn internal(_: Unspecified) -> Error {
    Error::internal("a token for ZegoCloud could not be encrypted")
}
