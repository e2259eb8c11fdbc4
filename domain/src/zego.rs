//! What ZegoCloud asks of a server whose people hold their calls there: a token that lets somebody into a room, and the signed
//! request that removes somebody from one. Nothing here talks to it, and nothing decides who may join: whoever calls this has
//! decided.

use std::{fmt, str::FromStr};

mod kick_out;
mod kit_token;
#[cfg(test)]
mod tests;
mod token;

pub use kick_out::kick_out_query;
pub use kit_token::kit_token;
pub use token::{Grant, TokenMode, token};

/// Seconds for which a token is good. The client renews it over the live socket; short, because the SDK writes it into the address
/// to which it sends its log.
pub const TOKEN_SECONDS: i64 = 600;

/// An operator's account at ZegoCloud.
#[derive(Debug, Clone)]
pub struct ZegoAccount {
    /// Its number.
    pub app_id: u32,
    /// What signs its tokens.
    pub secret: ServerSecret,
    /// The address that clients connect to, `wss://…`.
    pub server: String,
    /// How its tokens are encrypted.
    pub mode: TokenMode,
}

/// The secret that ZegoCloud shares with the operator: 32 characters of ASCII, which are the bytes of an AES-256 key as they stand,
/// though most look like hexadecimal digits.
#[derive(Clone)]
pub struct ServerSecret([u8; 32]);

/// Not a server secret. What was given is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a server secret has 32 letters and digits")]
pub struct NotASecret;

impl FromStr for ServerSecret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let bytes = <[u8; 32]>::try_from(text.as_bytes()).map_err(|_| NotASecret)?;
        if bytes.iter().all(u8::is_ascii_alphanumeric) { Ok(Self(bytes)) } else { Err(NotASecret) }
    }
}

impl fmt::Debug for ServerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSecret(…)")
    }
}
