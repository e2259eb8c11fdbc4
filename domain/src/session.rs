//! Signed-in browsers. A session is a row; its cookie holds a random token, the row only the token's hash.

use protocol::{
    AccountId, Problem, SessionId, Timestamp,
    account::{Credentials, MeView},
    session::{LogInMethod, SessionEnd},
    text::{EmailAddress, Username},
};

use sea_orm::ConnectionTrait;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{
    Cx, Error, Scope, Session,
    account::{entity, store as accounts},
    bus::Event,
    entropy::Secret,
    limit::{Limit, LogInTarget},
    two_factor,
};

mod background_writes;
pub(crate) mod challenge;
pub(crate) mod device;
pub mod devices;
pub(crate) mod login;
pub mod passkey;
mod passkey_challenge;
mod sign_in;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use background_writes::BackgroundWrites;
pub use challenge::CHALLENGE_SECONDS;
use sign_in::{Proof, sign_in};

/// Seconds without a visit after which a session ends.
pub const IDLE_SECONDS: i64 = 30 * 24 * 3_600;
/// Seconds after which a session ends in any case.
pub const LIFETIME_SECONDS: i64 = 180 * 24 * 3_600;
/// Seconds between two notes of a visit, so that reading a page seldom writes.
const VISIT_SECONDS: i64 = 600;
/// Sessions that one statement stores the last visits of.
const VISITS_AT_ONCE: usize = 500;
/// Characters kept of what a browser calls itself.
const DEVICE_CHARS: usize = 300;

pub use device::{DEVICE_SECONDS, DeviceHash};

/// What a browser says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// What it calls itself.
    pub name: &'a str,
    /// The token that it got when somebody signed in from it before.
    pub device: Option<&'a str>,
}

impl<'a> From<&'a str> for Browser<'a> {
    /// One that nobody has signed in from.
    fn from(name: &'a str) -> Self {
        Self { name, device: None }
    }
}

/// What a browser keeps once somebody has signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The token of the session.
    pub session: Secret,
    /// The token of the device, which outlives the session.
    pub device: Secret,
}

/// How far a log-in has come.
#[derive(Debug)]
pub enum LogIn {
    /// The person is signed in.
    Done(SignedIn),
    /// The password was right, and a code is asked for: [`enter_code`] takes it with this token, within [`CHALLENGE_SECONDS`].
    CodeNeeded(Secret),
}

impl LogIn {
    /// What the browser keeps, when nothing more was asked for.
    pub fn done(self) -> Option<SignedIn> {
        match self {
            Self::Done(signed_in) => Some(signed_in),
            Self::CodeNeeded(_) => None,
        }
    }
}

/// Signs a person in, and says the tokens for the cookies. A session that the browser had before ends. Where a code is asked
/// for, nobody is signed in yet.
///
/// A try is spent before the password is looked at, and given back when it is right.
///
/// # Errors
/// [`Problem::WrongCredentials`], the same and in the same time whether the name, the address or the password is wrong;
/// [`Problem::NotVerified`] only to whom knows the password; [`Problem::TooMany`].
pub async fn log_in<'a>(
    cx: &Cx,
    scope: &Scope,
    credentials: Credentials,
    browser: impl Into<Browser<'a>>,
) -> Result<LogIn, Error> {
    cx.limits.spend(Limit::LogInAddress, scope.address())?;
    let Browser { name, device } = browser.into();
    let device = device.and_then(Secret::parse);
    let found = find_account(cx, &credentials.login).await?;
    let target = target(cx, &credentials.login, found.as_ref(), device.as_ref()).await?;
    cx.limits.spend(Limit::LogInAccount, target)?;
    let stored = found.as_ref().map(|account| account.password_hash.clone());
    let matches = cx.passwords.verify(credentials.password, stored).await?;
    if !matches {
        log_failure(found.as_ref(), scope);
        if let Some(account) = found.as_ref().filter(|account| account.verified_at.is_some()) {
            login::record_failure(cx, account.id.into(), name, LogInMethod::Password);
        }
    }
    let Some(account) = found.filter(|_| matches) else { return Err(Problem::WrongCredentials.into()) };
    cx.limits.refund(Limit::LogInAccount, target);
    if account.verified_at.is_none() {
        return Err(Problem::NotVerified.into());
    }
    let (id, password_hash) = (account.id.into(), account.password_hash);
    if two_factor::store::is_on(cx.db.read(), id).await? {
        return challenge::begin(cx, id, password_hash).await.map(LogIn::CodeNeeded);
    }
    sign_in(cx, scope, id, Proof::Password { password_hash }, name, device).await.map(LogIn::Done)
}

/// Takes the code of a log-in whose password was right, and signs the person in. It is one of their authenticator app, or a recovery
/// code, and is taken once.
///
/// # Errors
/// [`Problem::SignInNeeded`] when the log-in has to begin again; [`Problem::Invalid`] for the field `code`; [`Problem::TooMany`].
pub async fn enter_code<'a>(
    cx: &Cx,
    scope: &Scope,
    challenge: &str,
    code: &str,
    browser: impl Into<Browser<'a>>,
) -> Result<SignedIn, Error> {
    cx.limits.spend(Limit::LogInAddress, scope.address())?;
    let Browser { name, device } = browser.into();
    let device = device.and_then(Secret::parse);
    let challenge = Secret::parse(challenge).ok_or(Problem::SignInNeeded)?.hash();
    let account = challenge::account(cx.db.read(), &challenge, cx.now()).await?;
    let target = target_of(cx, account, device.as_ref()).await?.unwrap_or(LogInTarget::Account(account));
    cx.limits.spend(Limit::LogInCode, target)?;
    let proof = Proof::Code { challenge, code: code.to_owned() };
    match sign_in(cx, scope, account, proof, name, device).await {
        Err(error) if error.problem().reason_for("code").is_some() => {
            let network = scope.address().network();
            tracing::info!(%account, %network, "a log-in failed: wrong code");
            login::record_failure(cx, account, name, LogInMethod::Code);
            Err(error)
        }
        Err(error) => Err(error),
        Ok(signed_in) => {
            cx.limits.refund(Limit::LogInCode, target);
            Ok(signed_in)
        }
    }
}

/// What was typed stays out of the log: it may be a password in the wrong field.
fn log_failure(account: Option<&entity::Model>, scope: &Scope) {
    let network = scope.address().network();
    match account {
        Some(account) => tracing::info!(account = %account.id, %network, "a log-in failed"),
        None => tracing::info!(%network, "a log-in failed: no such account"),
    }
}

/// The account behind what was typed: a username or an address.
async fn find_account(cx: &Cx, login: &str) -> Result<Option<entity::Model>, Error> {
    if let Ok(email) = EmailAddress::parse(login) {
        return accounts::by_email(cx.db.read(), &accounts::email_key(&email)).await;
    }
    let Ok(username) = Username::parse(login) else { return Ok(None) };
    accounts::by_username(cx.db.read(), &username).await
}

/// Under what a try is counted. The same is asked for a name that no account has.
async fn target(
    cx: &Cx,
    login: &str,
    found: Option<&entity::Model>,
    device: Option<&Secret>,
) -> Result<LogInTarget, Error> {
    let account = found.map_or(uuid::Uuid::nil(), |account| account.id).into();
    if let Some(device) = target_of(cx, account, device).await? {
        return Ok(device);
    }
    Ok(if found.is_some() { LogInTarget::Account(account) } else { LogInTarget::unknown(login) })
}

/// The device, if `account` has signed in from it before.
async fn target_of(
    cx: &Cx,
    account: AccountId,
    device: Option<&Secret>,
) -> Result<Option<LogInTarget>, Error> {
    let Some(device) = device.map(|token| DeviceHash::new(account, token)) else { return Ok(None) };
    let is_known = device::is_known(cx.db.read(), account, device, cx.now()).await?;
    Ok(is_known.then_some(LogInTarget::Device(device)))
}

/// Signs the person out of this browser. Its live sockets close with it.
///
/// # Errors
/// [`Problem::TooMany`] beyond what people do; nobody signed in is none.
pub async fn log_out(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let Some(session) = scope.session() else { return Ok(()) };
    let (id, account, now) = (session.id, session.person.id, cx.now());
    cx.limits.spend(Limit::LogOut, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            store::end(&**tx, id, SessionEnd::LogOut, now).await?;
            tx.announce(Event::SignedOut { account, session: Some(id) });
            Ok(())
        })
    })
    .await
}

/// Who holds the token of a cookie, if it still counts.
///
/// # Errors
/// Those of the database.
pub async fn resolve(cx: &Cx, token: &str) -> Result<Option<Session>, Error> {
    Ok(find_session(cx, token, false).await?.map(|found| found.session))
}

/// The same for a page, whose frame says more of them; in one statement.
///
/// # Errors
/// Those of the database.
pub async fn visit(cx: &Cx, token: &str) -> Result<Option<(Session, MeView)>, Error> {
    Ok(find_session(cx, token, true).await?.map(|found| {
        let person = found.session.person.clone();
        let store::Found { session, badges, is_new, preferences, .. } = found;
        let revision = session.revision;
        (session, MeView { person, badges, revision, is_new, preferences })
    }))
}

async fn find_session(cx: &Cx, token: &str, with_badges: bool) -> Result<Option<store::Found>, Error> {
    let Some(secret) = Secret::parse(token) else { return Ok(None) };
    let (now, revision) = (cx.now(), cx.next_revision());
    let found = store::find(cx.db.read(), oldest(cx), secret.hash(), with_badges, revision).await?;
    if let Some(found) = &found
        && now.seconds_since(found.seen_at) > VISIT_SECONDS
    {
        record_visit(cx, found.session.id, now);
    }
    Ok(found)
}

/// Stores that `session` was used now, in a task of its own: reading a page never waits for the writer. Best effort: what cannot be
/// written is written at the next visit.
fn record_visit(cx: &Cx, session: SessionId, now: Timestamp) {
    let db = cx.db.clone();
    cx.background_writes
        .start(session.into(), async move { store::record_visit(db.writer(), session, now).await });
}

/// Stores until when these sessions were used, all at once: many people go at the same moment when a network fails.
pub(crate) async fn record_last_visits(
    cx: &Cx,
    sessions: &[SessionId],
    used_at: Timestamp,
) -> Result<(), Error> {
    for sessions in sessions.chunks(VISITS_AT_ONCE) {
        store::record_visits(cx.db.writer(), sessions, used_at).await?;
    }
    Ok(())
}

/// Whether somebody is still signed in by this session: what [`resolve`] finds by its token, for a socket that outlives the
/// request that it was opened with.
///
/// # Errors
/// Those of the database.
pub async fn is_signed_in(cx: &Cx, session: SessionId) -> Result<bool, Error> {
    store::is_signed_in(cx.db.read(), oldest(cx), session).await
}

/// Ends sessions that nobody has visited for too long, and forgets devices that nobody has signed in from, log-ins that are
/// long ago, and those that wait for a code or a passkey no longer.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    let oldest = oldest(cx);
    cx.write(move |tx| Box::pin(async move { store::end_old(&**tx, oldest).await })).await?;
    challenge::sweep(cx.db.writer(), cx.now()).await?;
    passkey_challenge::sweep(cx.db.writer(), cx.now()).await?;
    crate::passkey::store::sweep(cx.db.writer(), cx.now()).await?;
    login::sweep(cx.db.writer(), cx.now()).await?;
    device::sweep(cx.db.writer(), cx.now()).await
}

/// Deletes the sessions and log-ins of an account that goes, and the devices that it was used from.
pub(crate) async fn delete_all_of(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Error> {
    store::end_all(db, account, None, SessionEnd::Closed, now).await?;
    login::delete_all(db, account).await?;
    challenge::delete_all(db, account).await?;
    device::delete_others(db, account, None).await
}

fn oldest(cx: &Cx) -> store::Oldest {
    let now = cx.now();
    (now.plus_seconds(-LIFETIME_SECONDS), now.plus_seconds(-IDLE_SECONDS))
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("session::log_in", "shows nobody"),
    neutral("session::enter_code", "shows nobody"),
    neutral("session::passkey::begin", "shows nobody"),
    neutral("session::passkey::log_in", "shows nobody"),
    neutral("session::log_out", "acts on the own session"),
    neutral("session::devices::list", "shows the own sessions"),
    neutral("session::devices::sign_out", "acts on an own session"),
    neutral("session::devices::sign_out_others", "acts on the own sessions"),
];
