//! Signed-in browsers. A session is a row; its cookie holds a random token, the row only the token's hash.

use protocol::{
    AccountId, Problem, SessionId, Timestamp,
    account::{Credentials, MeView},
    text::{EmailAddress, Username},
};

use sea_orm::ConnectionTrait;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{
    Cx, Error, Scope, Session,
    account::{
        closing::{self, Reopening},
        entity, store as accounts,
    },
    bus::Event,
    entropy::Secret,
    job::Task,
    limit::{Limit, LogInTarget},
    mail::Letter,
};

pub(crate) mod device;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod visit;

pub use visit::Visits;

/// Seconds without a visit after which a session ends.
pub const IDLE_SECONDS: i64 = 30 * 24 * 3_600;
/// Seconds after which a session ends in any case.
pub const LIFETIME_SECONDS: i64 = 180 * 24 * 3_600;
/// Seconds between two notes of a visit, so that reading a page seldom writes.
const VISIT_SECONDS: i64 = 600;
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

/// Signs a person in, and says the tokens for the cookies. A session that the browser had before ends.
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
) -> Result<SignedIn, Error> {
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
    }
    let Some(account) = found.filter(|_| matches) else { return Err(Problem::WrongCredentials.into()) };
    cx.limits.refund(Limit::LogInAccount, target);
    if account.verified_at.is_none() {
        return Err(Problem::NotVerified.into());
    }
    let signed_in =
        SignedIn { session: cx.new_secret()?, device: device.map_or_else(|| cx.new_secret(), Ok)? };
    let before = scope.session().map(|session| session.id);
    let password_hash = account.password_hash;
    let new = store::NewSession {
        id: cx.new_id()?.into(),
        account: account.id.into(),
        token_hash: signed_in.session.hash(),
        device: name.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect(),
        address: scope.address().to_string(),
        now: cx.now(),
    };
    let device = DeviceHash::new(new.account, &signed_in.device);
    let person_before = scope.session().map(|session| session.person.id);
    cx.write(move |tx| {
        Box::pin(async move {
            if let (Some(before), Some(account)) = (before, person_before) {
                store::end(&**tx, before).await?;
                tx.announce(Event::SignedOut { account, session: Some(before) });
            }
            if !accounts::lock_with_password(&**tx, new.account, &password_hash).await? {
                return Err(Problem::WrongCredentials.into());
            }
            match closing::reopen(&**tx, new.account, new.now).await? {
                Reopening::NotNeeded => {}
                Reopening::Done => {
                    tx.enqueue(&Task::Mail { letter: Letter::Reopened { account: new.account } }).await?;
                }
                Reopening::TooLate => return Err(Problem::WrongCredentials.into()),
            }
            device::save(&**tx, new.account, device, new.now).await?;
            store::insert(&**tx, new).await
        })
    })
    .await?;
    Ok(signed_in)
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
    if let Some(device) = device.map(|token| DeviceHash::new(account, token))
        && device::is_known(cx.db.read(), account, device, cx.now()).await?
    {
        return Ok(LogInTarget::Device(device));
    }
    Ok(if found.is_some() { LogInTarget::Account(account) } else { LogInTarget::unknown(login) })
}

/// Signs the person out of this browser. Its live sockets close with it.
///
/// # Errors
/// [`Problem::TooMany`] beyond what people do; nobody signed in is none.
pub async fn log_out(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let Some(session) = scope.session() else { return Ok(()) };
    let (id, account) = (session.id, session.person.id);
    cx.limits.spend(Limit::LogOut, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            store::end(&**tx, id).await?;
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
        let (badges, revision, is_new) = (found.badges, found.session.revision, found.is_new);
        (found.session, MeView { person, badges, revision, is_new })
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
    if !cx.visits.begin(session) {
        return;
    }
    let cx = cx.clone();
    tokio::spawn(async move {
        if let Err(error) = store::record_visit(cx.db.writer(), session, now).await {
            error.log();
        }
        cx.visits.end(session);
    });
}

/// Whether somebody is still signed in by this session: what [`resolve`] finds by its token, for a socket that outlives the
/// request that it was opened with.
///
/// # Errors
/// Those of the database.
pub async fn is_signed_in(cx: &Cx, session: SessionId) -> Result<bool, Error> {
    store::is_signed_in(cx.db.read(), oldest(cx), session).await
}

/// Ends sessions that nobody has visited for too long, and forgets devices that nobody has signed in from.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    store::end_old(cx.db.writer(), oldest(cx)).await?;
    device::sweep(cx.db.writer(), cx.now()).await
}

/// Deletes the sessions of an account that goes, and the devices that it was used from.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    store::end_all(db, account).await?;
    device::delete_all(db, account).await
}

fn oldest(cx: &Cx) -> store::Oldest {
    let now = cx.now();
    (now.plus_seconds(-LIFETIME_SECONDS), now.plus_seconds(-IDLE_SECONDS))
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] =
    &[neutral("session::log_in", "shows nobody"), neutral("session::log_out", "acts on the own session")];
