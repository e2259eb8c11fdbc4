use protocol::{
    AccountId, PasskeyId, Problem, Reason, SessionId, Timestamp,
    session::{LogInMethod, SessionEnd},
};
use webauthn_rs::prelude::Passkey;

use super::{
    DEVICE_CHARS, SignedIn, challenge,
    device::{self, DeviceHash},
    login, passkey_challenge,
    store::{self, NewSession},
};
use crate::{
    Cx, Error, Scope, Tx,
    account::{
        closing::{self, Reopening},
        store as accounts,
    },
    bus::Event,
    entropy::Secret,
    job::Task,
    mail::Letter,
    notification::record as notification,
    passkey::store as passkeys,
    two_factor::store as codes,
};

/// What shows that somebody is who they say. It is looked at in the transaction that signs them in, behind the lock of the account:
/// of a log-in and a new password that come at once, the password wins.
pub(super) enum Proof {
    /// The password had this hash.
    Password {
        /// As it is stored.
        password_hash: String,
    },
    /// The password was right before, and this code was typed.
    Code {
        /// The hash of the token that was given for the password.
        challenge: Vec<u8>,
        /// As typed.
        code: String,
    },
    /// A passkey has answered.
    Passkey {
        /// The hash of the token of what it was asked.
        challenge: Vec<u8>,
        /// Which one.
        id: PasskeyId,
        /// As it is after that answer.
        passkey: Box<Passkey>,
    },
}

impl Proof {
    async fn check(self, tx: &Tx, account: AccountId, now: Timestamp) -> Result<LogInMethod, Error> {
        match self {
            Self::Password { password_hash } => {
                if !accounts::lock_with_password(&**tx, account, &password_hash).await? {
                    return Err(Problem::WrongCredentials.into());
                }
                Ok(LogInMethod::Password)
            }
            Self::Code { challenge, code } => {
                accounts::lock(&**tx, account).await?;
                challenge::take(&**tx, &challenge, now).await?;
                let method = codes::take_code(&**tx, account, &code, now).await?;
                method.ok_or_else(|| Problem::field("code", Reason::Wrong).into())
            }
            Self::Passkey { challenge, id, passkey } => {
                accounts::lock(&**tx, account).await?;
                passkey_challenge::take(&**tx, &challenge, now).await?;
                if !passkeys::record_use(&**tx, id, &passkey, now).await? {
                    return Err(Problem::UnknownPasskey.into());
                }
                Ok(LogInMethod::Passkey)
            }
        }
    }
}

/// Signs a person in, if the proof holds. A session that the browser had before ends.
pub(super) async fn sign_in(
    cx: &Cx,
    scope: &Scope,
    account: AccountId,
    proof: Proof,
    browser_name: &str,
    device: Option<Secret>,
) -> Result<SignedIn, Error> {
    let signed_in =
        SignedIn { session: cx.new_secret()?, device: device.map_or_else(|| cx.new_secret(), Ok)? };
    let (id, token_hash, now) = (SessionId::from(cx.new_id()?), signed_in.session.hash(), cx.now());
    let browser_name: String = browser_name.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect();
    let address = scope.address().to_string();
    let device = DeviceHash::new(account, &signed_in.device);
    let before = scope.session().map(|session| (session.id, session.person.id));
    cx.write(move |tx| {
        Box::pin(async move {
            if let Some((before, account)) = before {
                store::end(&**tx, before, SessionEnd::LogOut, now).await?;
                tx.announce(Event::SignedOut { account, session: Some(before) });
            }
            let method = proof.check(tx, account, now).await?;
            match closing::reopen(&**tx, account, now).await? {
                Reopening::NotNeeded => {}
                Reopening::Done => {
                    notification::recount_account(tx, account).await?;
                    tx.enqueue(&Task::Mail { letter: Letter::Reopened { account } }).await?;
                }
                Reopening::TooLate => return Err(Problem::WrongCredentials.into()),
            }
            let is_known = device::is_known(&**tx, account, device, now).await?;
            // Nobody has to be told of their own first log-in.
            if !is_known && login::is_any(&**tx, account).await? {
                tx.enqueue(&Task::Mail { letter: Letter::NewDevice { account, log_in: id } }).await?;
            }
            device::save(&**tx, account, device, now).await?;
            let new = NewSession { id, account, token_hash, device: browser_name, address, method, now };
            store::insert(&**tx, new).await
        })
    })
    .await?;
    Ok(signed_in)
}
