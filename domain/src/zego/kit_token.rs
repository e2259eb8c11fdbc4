//! The form of a token that ZegoCloud's prebuilt screen takes: it names the person and the room once more, for the screen.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;

use crate::Error;

/// In the order in which the SDK writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KitContent<'a> {
    #[serde(rename = "userID")]
    user: &'a str,
    #[serde(rename = "roomID")]
    room: &'a str,
    user_name: &'a str,
    #[serde(rename = "appID")]
    app: u32,
}

/// Makes a kit token of a [`token`](super::token()). `user` and `room` are those of the token.
///
/// # Errors
/// None with what this crate passes; those of writing JSON.
pub fn kit_token(app_id: u32, token: &str, room: &str, user: &str, name: &str) -> Result<String, Error> {
    let content = KitContent { user, room, user_name: &encode_uri_component(name), app: app_id };
    let json = serde_json::to_string(&content).map_err(Error::internal)?;
    Ok(format!("{token}#{}", BASE64_STANDARD.encode(json)))
}

/// As JavaScript's `encodeURIComponent` does (ECMA-262, section 19.2.6.4).
fn encode_uri_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push('%');
            encoded.push_str(&hex::encode_upper([byte]));
        }
    }
    encoded
}
