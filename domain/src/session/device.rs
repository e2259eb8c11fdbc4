//! Known devices: browsers that somebody has signed in from before. Each has tries of its own, so that strangers who guess at
//! an account do not lock its owner out. A device holds one random token; the database holds a hash for each account.

use protocol::{AccountId, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};

use crate::{
    Error,
    db::{IntoValue, execute, one},
    entropy::Secret,
};

/// Seconds without a log-in after which a device is forgotten.
pub const DEVICE_SECONDS: i64 = 90 * 24 * 3_600;
/// Devices that an account keeps; a further one takes the place of that which was not used for longest.
const DEVICES: i64 = 20;

/// What the database holds of a device. The hashes of two accounts do not tell that they share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeviceHash([u8; 32]);

impl DeviceHash {
    pub(super) fn new(account: AccountId, token: &Secret) -> Self {
        Self(Sha256::new_with_prefix(uuid::Uuid::from(account)).chain_update(token.hash()).finalize().into())
    }
}

/// Whether `account` has signed in from this device.
pub(super) async fn is_known(
    db: &impl ConnectionTrait,
    account: AccountId,
    device: DeviceHash,
    now: Timestamp,
) -> Result<bool, Error> {
    #[derive(FromQueryResult)]
    struct Known {}
    let sql =
        "SELECT account_id FROM known_device WHERE account_id = $1 AND token_hash = $2 AND seen_at > $3";
    let values = [account.into_value(), device.0.to_vec().into(), oldest(now).into()];
    Ok(one::<Known>(db, sql, values).await?.is_some())
}

/// Keeps the device from which `account` has just signed in.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    account: AccountId,
    device: DeviceHash,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO known_device (account_id, token_hash, seen_at) VALUES ($1, $2, $3) \
               ON CONFLICT (account_id, token_hash) DO UPDATE SET seen_at = $3";
    execute(db, sql, [account.into_value(), device.0.to_vec().into(), now.micros().into()]).await?;
    let surplus = "DELETE FROM known_device WHERE account_id = $1 AND token_hash NOT IN (\
                   SELECT token_hash FROM known_device WHERE account_id = $1 \
                   ORDER BY seen_at DESC, token_hash LIMIT $2)";
    execute(db, surplus, [account.into_value(), DEVICES.into()]).await.map(drop)
}

/// Forgets all devices of `account` but for this one.
pub(crate) async fn delete_others(
    db: &impl ConnectionTrait,
    account: AccountId,
    stays: Option<&Secret>,
) -> Result<(), Error> {
    let stays = stays.map(|token| DeviceHash::new(account, token).0.to_vec()).unwrap_or_default();
    let sql = "DELETE FROM known_device WHERE account_id = $1 AND token_hash <> $2";
    execute(db, sql, [account.into_value(), stays.into()]).await.map(drop)
}

/// Forgets devices that were not used for too long.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    execute(db, "DELETE FROM known_device WHERE seen_at <= $1", [oldest(now).into()]).await.map(drop)
}

fn oldest(now: Timestamp) -> i64 {
    now.plus_seconds(-DEVICE_SECONDS).micros()
}
