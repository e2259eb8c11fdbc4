use protocol::{AccountId, PasskeyId, Timestamp, account::PersonView, passkey::PasskeyView};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;
use webauthn_rs::{
    Webauthn,
    prelude::{CredentialID, Passkey, PasskeyRegistration},
};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::{
    Error,
    db::{IntoValue, all, execute, one},
    user_agent,
};

/// A passkey that is being made.
#[derive(Debug, FromQueryResult)]
pub(crate) struct SetUp {
    /// What the browser is asked for.
    pub(super) options: String,
    /// What its answer has to match.
    state: String,
}

impl SetUp {
    /// Asks for a passkey of `person`, on another device than those that hold the `known` ones.
    pub(super) fn begin(
        relying_party: &Webauthn,
        person: &PersonView,
        known: Vec<CredentialID>,
    ) -> Result<Self, Error> {
        let (mut options, state) = relying_party
            .start_passkey_registration(person.id.into(), &person.username, &person.full_name(), Some(known))
            .map_err(Error::internal)?;
        // It has to know whose it is: nobody types a name at a log-in.
        if let Some(selection) = &mut options.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        let options = serde_json::to_string(&options.public_key).map_err(Error::internal)?;
        Ok(Self { options, state: serde_json::to_string(&state).map_err(Error::internal)? })
    }

    pub(super) fn state(&self) -> Result<PasskeyRegistration, Error> {
        serde_json::from_str(&self.state).map_err(Error::internal)
    }
}

/// A passkey as it is stored.
#[derive(Debug)]
pub(crate) struct NewPasskey {
    id: PasskeyId,
    account: AccountId,
    credential_id: Vec<u8>,
    credential: String,
    device: String,
    now: Timestamp,
}

impl NewPasskey {
    pub(super) fn new(
        id: PasskeyId,
        account: AccountId,
        passkey: &Passkey,
        browser: &str,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let credential = serde_json::to_string(passkey).map_err(Error::internal)?;
        let (credential_id, device) = (passkey.cred_id().to_vec(), user_agent::in_words(browser));
        Ok(Self { id, account, credential_id, credential, device, now })
    }
}

/// The passkeys of an account, the newest first.
pub(super) async fn list(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<PasskeyView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        device: String,
        created_at: i64,
        used_at: Option<i64>,
    }
    let sql = "SELECT id, device, created_at, used_at FROM passkey WHERE account_id = $1 ORDER BY id DESC";
    let rows: Vec<Row> = all(db, sql, [account.into_value()]).await?;
    let view = |row: Row| PasskeyView {
        id: row.id.into(),
        device: row.device,
        created_at: Timestamp::from_micros(row.created_at),
        used_at: row.used_at.map(Timestamp::from_micros),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// How the devices call the passkeys of an account.
pub(super) async fn credential_ids(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<CredentialID>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        credential_id: Vec<u8>,
    }
    let sql = "SELECT credential_id FROM passkey WHERE account_id = $1";
    let rows: Vec<Row> = all(db, sql, [account.into_value()]).await?;
    Ok(rows.into_iter().map(|row| row.credential_id).collect())
}

/// Stores what was asked for; what was before is forgotten.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    account: AccountId,
    set_up: &SetUp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO passkey_set_up (account_id, options, state, expires_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (account_id) DO UPDATE SET options = $2, state = $3, expires_at = $4";
    let (options, state) = (set_up.options.as_str(), set_up.state.as_str());
    let values = [account.into_value(), options.into(), state.into(), expires_at.micros().into()];
    execute(db, sql, values).await.map(drop)
}

/// The passkey that `account` is making.
pub(super) async fn set_up(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<SetUp>, Error> {
    let sql = "SELECT options, state FROM passkey_set_up WHERE account_id = $1 AND expires_at > $2";
    one(db, sql, [account.into_value(), now.micros().into()]).await
}

/// Ends the making of this one; false when it has ended already.
pub(super) async fn end_set_up(
    db: &impl ConnectionTrait,
    account: AccountId,
    set_up: &SetUp,
) -> Result<bool, Error> {
    let sql = "DELETE FROM passkey_set_up WHERE account_id = $1 AND state = $2";
    Ok(execute(db, sql, [account.into_value(), set_up.state.as_str().into()]).await? == 1)
}

/// Stores a passkey; false when one of this name is there already, whoever has it.
pub(super) async fn insert(db: &impl ConnectionTrait, new: NewPasskey) -> Result<bool, Error> {
    let sql = "INSERT INTO passkey (id, account_id, credential_id, credential, device, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING";
    let values = [
        new.id.into_value(),
        new.account.into_value(),
        new.credential_id.into(),
        new.credential.into(),
        new.device.into(),
        new.now.micros().into(),
    ];
    Ok(execute(db, sql, values).await? == 1)
}

/// Deletes a passkey of `account`; false when it has none of that id.
pub(super) async fn delete(
    db: &impl ConnectionTrait,
    account: AccountId,
    passkey: PasskeyId,
) -> Result<bool, Error> {
    let sql = "DELETE FROM passkey WHERE id = $1 AND account_id = $2";
    Ok(execute(db, sql, [passkey.into_value(), account.into_value()]).await? == 1)
}

/// A passkey that answers at a log-in.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: PasskeyId,
    pub(crate) account: AccountId,
    pub(crate) passkey: Passkey,
}

/// The passkey that its device calls `credential_id`.
pub(crate) async fn by_credential_id(
    db: &impl ConnectionTrait,
    credential_id: &[u8],
) -> Result<Option<Found>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        account_id: Uuid,
        credential: String,
    }
    let sql = "SELECT id, account_id, credential FROM passkey WHERE credential_id = $1";
    let Some(row) = one::<Row>(db, sql, [credential_id.to_vec().into()]).await? else { return Ok(None) };
    let passkey = serde_json::from_str(&row.credential).map_err(Error::internal)?;
    Ok(Some(Found { id: row.id.into(), account: row.account_id.into(), passkey }))
}

/// Stores that somebody logged in by a passkey, and what has to be remembered of it; false when it was removed meanwhile.
pub(crate) async fn record_use(
    db: &impl ConnectionTrait,
    id: PasskeyId,
    passkey: &Passkey,
    now: Timestamp,
) -> Result<bool, Error> {
    let credential = serde_json::to_string(passkey).map_err(Error::internal)?;
    let sql = "UPDATE passkey SET credential = $2, used_at = $3 WHERE id = $1";
    Ok(execute(db, sql, [id.into_value(), credential.into(), now.micros().into()]).await? == 1)
}

/// Forgets the passkeys of an account that goes.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    for table in ["passkey", "passkey_set_up"] {
        let sql = format!("DELETE FROM {table} WHERE account_id = $1");
        execute(db, &sql, [account.into_value()]).await?;
    }
    Ok(())
}

/// Forgets what was asked for and not answered in time.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    execute(db, "DELETE FROM passkey_set_up WHERE expires_at <= $1", [now.micros().into()]).await.map(drop)
}
