//! The request by which a server removes somebody from a room of ZegoCloud.

use md5::{Digest, Md5};
use protocol::{AccountId, Timestamp};

use super::ZegoAccount;
use crate::{Error, entropy::Entropy};

/// The query of `GET https://rtc-api.zego.im/` that removes `person` from `room`. Its signature is the MD5 of account, nonce, secret
/// and time (ZegoCloud's server API, version 2.0 of signatures), and good for some minutes.
///
/// # Errors
/// When the source of randomness fails.
pub fn kick_out_query(
    account: &ZegoAccount,
    room: &str,
    person: AccountId,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<String, Error> {
    let mut nonce = [0; 8];
    entropy.fill(&mut nonce)?;
    let (app_id, nonce) = (account.app_id, hex::encode(nonce));
    let time = now.millis().div_euclid(1_000);
    let signature = signature(account, &nonce, time);
    Ok(format!(
        "Action=KickoutUser&RoomId={room}&UserId[]={person}&AppId={app_id}&SignatureNonce={nonce}&Timestamp={time}\
         &Signature={signature}&SignatureVersion=2.0"
    ))
}

/// In lower-case hexadecimal digits.
pub(super) fn signature(account: &ZegoAccount, nonce: &str, time: i64) -> String {
    let mut md5 = Md5::new();
    md5.update(account.app_id.to_string());
    md5.update(nonce);
    md5.update(account.secret.0);
    md5.update(time.to_string());
    hex::encode(md5.finalize())
}
