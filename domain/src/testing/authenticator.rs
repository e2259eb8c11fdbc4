//! A device that holds a passkey, as Web Authentication (level 3) has it: it answers with the JSON that browsers make.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there, and has shown that it is them (section 6.1).
const PRESENT_AND_VERIFIED: u8 = 0b101;
/// A new key follows.
const HAS_KEY: u8 = 0b100_0000;

/// A device with one passkey.
pub struct Authenticator {
    key: EcdsaKeyPair,
    origin: String,
    relying_party: String,
    /// How it calls the passkey.
    pub credential_id: Vec<u8>,
    /// Whose passkey it is.
    pub owner: String,
    /// How often it has answered.
    pub uses: u32,
}

impl Authenticator {
    /// Makes a passkey for `options`, asked for by a page of `origin`, and says what the browser answers.
    ///
    /// # Panics
    /// When these are no options.
    pub fn create(options: &str, origin: &str) -> (Self, String) {
        let options: Value = serde_json::from_str(options).expect("options");
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new());
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.expect("a key").as_ref());
        let key = key.expect("a key");
        let device = Self {
            // As good as random, and another one for each key.
            credential_id: Sha256::digest(key.public_key()).to_vec(),
            key,
            origin: origin.to_owned(),
            relying_party: text(&options["rp"]["id"]),
            owner: text(&options["user"]["id"]),
            uses: 0,
        };
        let mut data = device.data(PRESENT_AND_VERIFIED | HAS_KEY);
        // No model, the length of the id, the id, the key (section 6.5.1).
        data.extend([0; 16]);
        data.extend(32_u16.to_be_bytes());
        data.extend(&device.credential_id);
        data.extend(cose(device.key.public_key().as_ref()));
        let attestation = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(),
            &[u8::try_from(data.len()).expect("a short one")],
            &data,
        ];
        let answer = json!({
            "attestationObject": BASE64.encode(attestation.concat()),
            "clientDataJSON": device.client_data("webauthn.create", &options),
        });
        let answer = device.credential(answer);
        (device, answer)
    }

    /// Answers at a log-in.
    ///
    /// # Panics
    /// When these are no options.
    pub fn answer(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        self.uses += 1;
        let data = self.data(PRESENT_AND_VERIFIED);
        let client_data = self.client_data("webauthn.get", &options);
        let said = BASE64.decode(&client_data).expect("what was just encoded");
        let signed = [data.as_slice(), &Sha256::digest(said)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        self.credential(json!({
            "authenticatorData": BASE64.encode(data),
            "clientDataJSON": client_data,
            "signature": BASE64.encode(signature),
            "userHandle": self.owner,
        }))
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let relying_party = Sha256::digest(self.relying_party.as_bytes());
        [relying_party.as_slice(), &[flags], &self.uses.to_be_bytes()].concat()
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let said = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin });
        BASE64.encode(said.to_string())
    }

    fn credential(&self, response: Value) -> String {
        let id = BASE64.encode(&self.credential_id);
        let credential = json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} });
        credential.to_string()
    }
}

/// The key as RFC 9053 writes it in CBOR: ES256 on P-256.
fn cose(point: &[u8]) -> Vec<u8> {
    let (x, y) = (&point[1..33], &point[33..65]);
    [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
