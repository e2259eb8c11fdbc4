//! Signed-in browsers. A session is a row; its cookie holds a random token, the row only the token's hash.

use protocol::{
    Problem, SessionId,
    account::{Credentials, MeView},
    text::{EmailAddress, Username},
};

use crate::{Cx, Error, Scope, Session, account, entropy::Secret, live::Event};

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

/// Signs a person in, and says the token for the cookie. A session that the browser had before ends.
///
/// # Errors
/// [`Problem::WrongCredentials`], the same and in the same time whether the name, the address or the password is wrong;
/// [`Problem::NotVerified`] only to whom knows the password; [`Problem::TooMany`].
pub async fn log_in(cx: &Cx, scope: &Scope, credentials: Credentials, device: &str) -> Result<Secret, Error> {
    cx.limits.log_in_address.spend(&scope.address())?;
    let found = find_account(cx, &credentials.login).await?;
    let stored = found.as_ref().map(|account| account.password_hash.clone());
    let matches = cx.passwords.verify(credentials.password, stored).await?;
    if !matches {
        log_failure(found.as_ref(), scope);
    }
    let Some(account) = found.filter(|_| matches) else { return Err(Problem::WrongCredentials.into()) };
    if account.verified_at.is_none() {
        return Err(Problem::NotVerified.into());
    }
    let secret = cx.new_secret()?;
    let before = scope.session().map(|session| session.id);
    let password_hash = account.password_hash;
    let new = store::NewSession {
        id: cx.new_id()?.into(),
        account: account.id.into(),
        token_hash: secret.hash(),
        device: device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect(),
        address: scope.address().to_string(),
        now: cx.now(),
    };
    let signed_in = scope.session().map(|session| session.person.id);
    cx.write(move |tx| {
        Box::pin(async move {
            if let (Some(before), Some(account)) = (before, signed_in) {
                store::end(&**tx, before).await?;
                tx.announce(Event::SignedOut { account, session: Some(before) });
            }
            if !account::store::lock_with_password(&**tx, new.account, &password_hash).await? {
                return Err(Problem::WrongCredentials.into());
            }
            store::insert(&**tx, new).await
        })
    })
    .await?;
    Ok(secret)
}

/// What was typed stays out of the log: it may be a password in the wrong field.
fn log_failure(account: Option<&account::entity::Model>, scope: &Scope) {
    let network = scope.address().network();
    match account {
        Some(account) => tracing::info!(account = %account.id, %network, "a log-in failed"),
        None => tracing::info!(%network, "a log-in failed: no such account"),
    }
}

/// The account behind what was typed: a username or an address. Its tries are counted under that.
async fn find_account(cx: &Cx, login: &str) -> Result<Option<account::entity::Model>, Error> {
    if let Ok(email) = EmailAddress::parse(login) {
        let key = account::email_key(&email);
        cx.limits.log_in_account.spend(&key)?;
        return account::store::by_email(cx.db.read(), &key).await;
    }
    let Ok(username) = Username::parse(login) else { return Ok(None) };
    cx.limits.log_in_account.spend(&username.as_str().to_owned())?;
    account::store::by_username(cx.db.read(), &username).await
}

/// Signs the person out of this browser. Its live sockets close with it.
///
/// # Errors
/// [`Problem::TooMany`] beyond what people do; nobody signed in is none.
pub async fn log_out(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let Some(session) = scope.session() else { return Ok(()) };
    let (id, account) = (session.id, session.person.id);
    cx.limits.log_out.spend(&account)?;
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
        let unread_conversations = found.unread_conversations.unwrap_or_default();
        (found.session, MeView { person, unread_conversations })
    }))
}

async fn find_session(cx: &Cx, token: &str, count_unread: bool) -> Result<Option<store::Found>, Error> {
    let Some(secret) = Secret::parse(token) else { return Ok(None) };
    let now = cx.now();
    let found = store::find(cx.db.read(), oldest(cx), secret.hash(), count_unread).await?;
    if let Some(found) = &found
        && now.seconds_since(found.seen_at) > VISIT_SECONDS
    {
        cx.visits.note(cx, found.session.id, now);
    }
    Ok(found)
}

/// Whether somebody is still signed in by this session: what [`resolve`] finds by its token, for a socket that outlives the
/// request that it was opened with.
///
/// # Errors
/// Those of the database.
pub async fn is_signed_in(cx: &Cx, session: SessionId) -> Result<bool, Error> {
    store::is_signed_in(cx.db.read(), oldest(cx), session).await
}

/// Ends sessions that nobody has visited for too long.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    store::end_old(cx.db.writer(), oldest(cx)).await
}

fn oldest(cx: &Cx) -> store::Oldest {
    let now = cx.now();
    (now.plus_seconds(-LIFETIME_SECONDS), now.plus_seconds(-IDLE_SECONDS))
}
