use base64::{Engine, prelude::BASE64_STANDARD};
use proptest::prelude::{any, proptest};
use protocol::{AccountId, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Grant, NotASecret, ServerSecret, TOKEN_SECONDS, TokenMode, ZegoAccount,
    kick_out::signature,
    kick_out_query, kit_token,
    token::{cbc, gcm, token},
};
use crate::{
    Error,
    entropy::{Entropy, SystemEntropy},
};

mod decoder;

use decoder::decode;

const SECRET: &str = "fa94dd0f974cf2e293728a526b028271";
const EXPIRE: i64 = 1_700_003_600;
const CONTENT: &str = r#"{"app_id":1234567890,"user_id":"user1","nonce":-626114709,"ctime":1700000000,"expire":1700003600,"payload":""}"#;

fn account(mode: TokenMode) -> ZegoAccount {
    ZegoAccount {
        app_id: 1_234_567_890,
        secret: SECRET.parse().unwrap(),
        server: "wss://zego.example/ws".to_owned(),
        mode,
    }
}

fn person() -> AccountId {
    Uuid::from_u128(7).into()
}

/// Gives the bytes 0, 1, 2, …, in each piece anew.
struct CountingEntropy;

impl Entropy for CountingEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        for (byte, value) in bytes.iter_mut().zip(0..) {
            *byte = value;
        }
        Ok(())
    }
}

#[test]
fn a_gcm_token_is_that_of_the_server_assistant() {
    let iv = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    assert_eq!(
        gcm(&account(TokenMode::Gcm), CONTENT, iv, EXPIRE).unwrap(),
        "04AAAAAGVT/xAADAABAgMEBQYHCAkKCwB+lo4HRoGUdkuLbKI2K1efMONOIJKPVOKQRseifp3N7SQOyJZ7O08V02KwsfUy39hgZAPq5Z4Aq2a1SdttYH9JDo29fw/DKlCHM1ZfeNacW5HUuhpxOlwoFDA36k0+tjGCbFajCfHoChKp6Q6AmlKwvmGAzk8RAr90hOvn7dtsAQ=="
    );
}

#[test]
fn a_cbc_token_is_that_of_the_server_assistant() {
    assert_eq!(
        cbc(&account(TokenMode::Cbc), CONTENT, *b"exn62lbokoa8n8jp", EXPIRE).unwrap(),
        "04AAAAAGVT/xAAEGV4bjYybGJva29hOG44anAAcMDGxqSsv4sR0hpKjr0o9YIPaA8L30UvR649KD81s8ddGsPPKOaG4XUiycEdSsWVmHQecE3TaVs3XQJajxUV/CxzaJjGzvR4tArUbkCA14ETXE1BiG5lvPGeYVJ7wLLv+QwNR7odVxiYB9woBioB9Jc="
    );
}

#[test]
fn a_kit_token_is_that_of_the_sdk() {
    assert_eq!(
        kit_token(1_234_567_890, "04AAA", "room1", "user1", "Zo\u{eb} \u{540d}").unwrap(),
        "04AAA#eyJ1c2VySUQiOiJ1c2VyMSIsInJvb21JRCI6InJvb20xIiwidXNlck5hbWUiOiJabyVDMyVBQiUyMCVFNSU5MCU4RCIsImFwcElEIjoxMjM0NTY3ODkwfQ=="
    );
}

#[test]
fn a_token_is_bound_to_a_person_a_room_and_minutes() {
    let now = Timestamp::from_micros(1_700_000_000_999_999);
    for mode in [TokenMode::Gcm, TokenMode::Cbc] {
        for can_publish in [true, false] {
            let grant = Grant { person: person(), room: "abcdefg-hijklmn-opqrstu", can_publish };
            let made = token(&account(mode), grant, &CountingEntropy, now).unwrap();
            let decoded = decode(&made, SECRET).unwrap();
            assert_eq!((decoded.mode, decoded.expire), (mode, 1_700_000_000 + TOKEN_SECONDS));
            let content: Value = serde_json::from_str(&decoded.content).unwrap();
            let payload: Value = serde_json::from_str(content["payload"].as_str().unwrap()).unwrap();
            assert_eq!(content["app_id"], 1_234_567_890);
            assert_eq!(content["user_id"], person().to_string());
            assert_eq!(content["nonce"], 0x0001_0203);
            assert_eq!(content["ctime"], 1_700_000_000);
            assert_eq!(content["expire"], decoded.expire);
            assert_eq!(
                payload,
                json!({
                    "room_id": "abcdefg-hijklmn-opqrstu", "stream_id_list": null,
                    "privilege": { "1": 1, "2": u8::from(can_publish) },
                })
            );
        }
    }
}

#[test]
fn no_two_tokens_are_the_same() {
    let grant = Grant { person: person(), room: "a", can_publish: true };
    let make = || token(&account(TokenMode::Gcm), grant, &SystemEntropy, Timestamp::from_micros(0)).unwrap();
    assert_ne!(make(), make());
}

#[test]
fn the_request_that_removes_somebody_is_signed() {
    let query = kick_out_query(
        &account(TokenMode::Gcm),
        "abc",
        person(),
        &CountingEntropy,
        Timestamp::from_micros(5_000_000),
    )
    .unwrap();
    // Of "1234567890", "0001020304050607", the secret and "5", by md5sum of coreutils.
    assert_eq!(
        query,
        format!(
            "Action=KickoutUser&RoomId=abc&UserId[]={}&AppId=1234567890&SignatureNonce=0001020304050607&Timestamp=5\
             &Signature=5684a3cbd0a1bb6d6d020f1d291149c5&SignatureVersion=2.0",
            person()
        )
    );
    assert_ne!(
        signature(&account(TokenMode::Gcm), "0001020304050607", 6),
        "5684a3cbd0a1bb6d6d020f1d291149c5"
    );
}

#[test]
fn a_secret_has_32_letters_and_digits_and_is_never_shown() {
    for text in [
        "",
        &SECRET[1..],
        &format!("{SECRET}a"),
        "fa94dd0f974cf2e293728a526b02827 ",
        "fa94dd0f974cf2e293728a526b0282\u{e4}",
    ] {
        assert_eq!(text.parse::<ServerSecret>().map(|_| ()), Err(NotASecret), "{text:?}");
    }
    let shown = format!("{:?} {:?}", account(TokenMode::Gcm), NotASecret);
    assert!(!shown.contains(SECRET) && !shown.contains(&SECRET[..8]), "{shown}");
}

proptest! {
    #[test]
    fn whatever_is_in_a_token_is_read_back(content in "\\PC{0,300}", expire: i64, iv: [u8; 16], is_gcm: bool) {
        let mode = if is_gcm { TokenMode::Gcm } else { TokenMode::Cbc };
        let made = match mode {
            TokenMode::Gcm => gcm(&account(mode), &content, std::array::from_fn(|index| iv[index]), expire),
            TokenMode::Cbc => cbc(&account(mode), &content, iv, expire),
        };
        let decoded = decode(&made.unwrap(), SECRET).unwrap();
        assert_eq!((decoded.mode, decoded.expire, decoded.content), (mode, expire, content));
    }

    #[test]
    fn a_name_stays_within_its_quotes(name in any::<String>()) {
        let made = kit_token(7, "04AAA", "room", "user", &name).unwrap();
        let json = BASE64_STANDARD.decode(made.strip_prefix("04AAA#").unwrap()).unwrap();
        let content: Value = serde_json::from_slice(&json).unwrap();
        let encoded = content["userName"].as_str().unwrap();
        assert_eq!(decoder::percent_decoded(encoded), name);
    }

    #[test]
    fn a_broken_token_is_no_token(index: usize, bits in 1u8..) {
        for mode in [TokenMode::Gcm, TokenMode::Cbc] {
            let grant = Grant { person: person(), room: "a", can_publish: true };
            let made = token(&account(mode), grant, &CountingEntropy, Timestamp::from_micros(0)).unwrap();
            let mut bytes = BASE64_STANDARD.decode(&made[2..]).unwrap();
            let index = index % bytes.len();
            bytes[index] ^= bits;
            let broken = format!("04{}", BASE64_STANDARD.encode(bytes));
            // The time of expiry before the content is not protected; that in the content counts. Nor is the content in the mode CBC.
            let is_protected = mode == TokenMode::Gcm && index >= 8;
            if let Ok(decoded) = decode(&broken, SECRET) {
                assert!(!is_protected && Ok(decoded) != decode(&made, SECRET));
            }
        }
    }
}
