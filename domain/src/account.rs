//! How people come in: sign-up, verification, forgotten passwords.
//!
//! Nobody learns here whether an address has an account. A sign-up stores an account whoever owns the address, in the
//! same steps and the same time; what differs is the letter, which only the owner reads. An address belongs to the
//! account that proved it, which a unique index over verified accounts guards. Until then several may claim it, and nobody
//! but the person at the address chooses between them: a link belongs to one sign-up, and its page says which.

use protocol::{
    AccountId, Problem, Reason, Timestamp,
    account::{CheckedAccount, MeView, NewAccount},
    problem::FieldErrors,
    text::{EmailAddress, Password, Username},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{
    Cx, Error, Scope, badge,
    db::{IntoValue, execute},
    entropy::Secret,
    job::Task,
    limit::{Key, Limit},
    mail::Letter,
    search,
    session::device,
};

pub(crate) mod closing;
pub mod email_change;
pub(crate) mod entity;
pub(crate) mod former_username;
pub(crate) mod mail;
pub(crate) mod reauthentication;
pub mod settings;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod token;

use token::Purpose;

/// Seconds after which an account that was never verified is forgotten, and its username free again.
pub const UNVERIFIED_SECONDS: i64 = 7 * 24 * 3_600;

/// Makes an account that can be used once its address is verified, and writes to that address. Says the token with which
/// the browser asks for that letter again.
///
/// # Errors
/// [`Problem::Invalid`] with all fields that cannot be taken, [`Problem::TooMany`].
pub async fn sign_up(cx: &Cx, scope: &Scope, new: NewAccount) -> Result<Secret, Error> {
    cx.limits.spend(Limit::SignUp, scope.address())?;
    let checked = check(cx, &new).await?;
    // Whoever has many addresses to ask from must not fill the mailbox behind one.
    cx.limits.spend(Limit::MailRecipient, Key::Recipient(recipient_key(&checked.email)))?;
    let password_hash = cx.passwords.hash(checked.password.clone(), &*cx.entropy).await?;
    let token = cx.new_secret()?;
    let (username, now) = (checked.username.clone(), cx.now());
    let row = new_row(cx.new_id()?, &checked, password_hash, &token, now.micros());
    cx.write(move |tx| {
        Box::pin(async move {
            // The check before was for a quick answer; these indexes are what holds.
            let stored = row.insert(&**tx).await.map_err(|error| {
                Error::from(error).on_unique("likeness", "username").on_unique("username", "username")
            })?;
            former_username::assert_free(&**tx, stored.id.into(), &username, now).await?;
            tx.enqueue(&Task::Mail { letter: Letter::Welcome { account: stored.id.into() } }).await
        })
    })
    .await?;
    Ok(token)
}

/// The username of the account that a link verifies; none when the link cannot be used. It is shown before the link is
/// used: who signed up may be somebody else who typed this address.
///
/// # Errors
/// Those of the database.
pub async fn username_to_verify(cx: &Cx, link: &str) -> Result<Option<String>, Error> {
    match token::owner(cx.db.read(), link, Purpose::Verify, cx.now()).await {
        Ok(account) => {
            let account = entity::Entity::find_by_id(Uuid::from(account)).one(cx.db.read()).await?;
            Ok(account.map(|account| account.username))
        }
        Err(error) if *error.problem() == Problem::LinkUnusable => Ok(None),
        Err(error) => Err(error),
    }
}

/// Verifies the address of the account behind a link.
///
/// # Errors
/// [`Problem::LinkUnusable`] when the link is used, expired or none of ours, or the address has got another owner.
pub async fn verify(cx: &Cx, scope: &Scope, link: &str) -> Result<(), Error> {
    cx.limits.spend(Limit::MailAddress, scope.address())?;
    let (link, now) = (link.to_owned(), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let account = token::owner_locked(&**tx, &link, Purpose::Verify, now).await?;
            let sql = "UPDATE account SET verified_at = $1, sign_up_hash = NULL WHERE id = $2 AND verified_at IS NULL";
            execute(&**tx, sql, [now.micros().into(), account.into_value()]).await.map_err(|error| {
                if error.violates_unique() { Problem::LinkUnusable.into() } else { error }
            })?;
            // Not before: who has not proved their address is nobody to be found, however many there are.
            search::index_person(&**tx, account).await?;
            token::spend_all(&**tx, account, Purpose::Verify).await
        })
    })
    .await
}

/// Sends the link for verification again, if there is an account that wants it: that of the browser's own sign-up, which
/// `sign_up` is the token of; without one, a link for each account that waits. The answer is the same in any case.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, [`Problem::TooMany`].
pub async fn resend(cx: &Cx, scope: &Scope, email: &str, sign_up: Option<&str>) -> Result<(), Error> {
    let email_key = check_recipient(cx, scope, email)?;
    let token = sign_up.and_then(Secret::parse);
    let letter = match store::signed_up_by(cx.db.read(), token.as_ref(), &email_key).await? {
        Some(account) => Letter::Welcome { account },
        None => Letter::VerifyAgain { email_key },
    };
    enqueue(cx, letter).await
}

/// Sends a link to choose a new password, if the address has an account. The answer is the same if not.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, [`Problem::TooMany`].
pub async fn forgot(cx: &Cx, scope: &Scope, email: &str) -> Result<(), Error> {
    let email_key = check_recipient(cx, scope, email)?;
    enqueue(cx, Letter::Reset { email_key }).await
}

/// Sets a new password for the account behind a link, and ends all its sessions.
///
/// # Errors
/// [`Problem::LinkUnusable`], and [`Problem::Invalid`] for the field `password`.
pub async fn reset(cx: &Cx, scope: &Scope, link: &str, password: &str) -> Result<(), Error> {
    cx.limits.spend(Limit::MailAddress, scope.address())?;
    let account = token::owner(cx.db.read(), link, Purpose::Reset, cx.now()).await?;
    let row = entity::Entity::find_by_id(Uuid::from(account))
        .one(cx.db.read())
        .await?
        .ok_or(Problem::LinkUnusable)?;
    let password = Password::parse(password).map_err(|reason| Problem::field("password", reason))?;
    let known = vec![row.first_name, row.last_name, row.username, row.email];
    if cx.passwords.is_guessable(password.clone(), known).await? {
        return Err(Problem::field("password", Reason::Guessable).into());
    }
    let password_hash = cx.passwords.hash(password, &*cx.entropy).await?;
    let (link, now) = (link.to_owned(), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let account = token::owner_locked(&**tx, &link, Purpose::Reset, now).await?;
            let sql = "UPDATE account SET password_hash = $1 WHERE id = $2";
            execute(&**tx, sql, [password_hash.into(), account.into_value()]).await?;
            settings::end_what_the_old_one_opened(tx, account, None).await?;
            device::delete_others(&**tx, account, None).await
        })
    })
    .await?;
    tracing::info!(%account, network = %scope.address().network(), "a password was reset");
    Ok(())
}

/// The person who is signed in, and what the frame around every page says of them.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn me(cx: &Cx, scope: &Scope) -> Result<MeView, Error> {
    let person = scope.member()?.clone();
    let revision = cx.next_revision();
    let preferences = settings::preferences(cx, person.id).await?;
    // This is for pages that come in answer to something: nobody needs to be shown the first steps there.
    Ok(MeView { person, badges: badge::own(cx, scope).await?, revision, is_new: false, preferences })
}

/// Whether there is any account.
///
/// # Errors
/// Those of the database.
pub async fn has_accounts(cx: &Cx) -> Result<bool, Error> {
    Ok(entity::Entity::find().one(cx.db.read()).await?.is_some())
}

/// Verifies an account by hand, for an operator without a mail server. Says whether there is one to verify.
///
/// # Errors
/// [`Problem::Invalid`] when the address belongs to another account already.
pub async fn verify_by_hand(cx: &Cx, username: &Username) -> Result<bool, Error> {
    let (username, now) = (username.clone(), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE account SET verified_at = $1, sign_up_hash = NULL WHERE username = $2 AND verified_at IS NULL";
            let verified = execute(&**tx, sql, [now.micros().into(), username.as_str().into()]).await;
            let is_verified = verified.map_err(|error| error.on_unique("email", "email"))? == 1;
            if is_verified && let Some(account) = store::by_username(&**tx, &username).await? {
                search::index_person(&**tx, account.id.into()).await?;
            }
            Ok(is_verified)
        })
    })
    .await
}

/// Forgets accounts that were never verified, links that have expired, and usernames that were given up long ago.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            execute(&**tx, "DELETE FROM mail_token WHERE expires_at < $1", [now.micros().into()]).await?;
            email_change::sweep(&**tx, now).await?;
            former_username::sweep(&**tx, now).await?;
            store::delete_unverified(&**tx, now.plus_seconds(-UNVERIFIED_SECONDS)).await
        })
    })
    .await
}

/// Deletes what is left of an account whose things are gone.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Error> {
    token::delete_all(db, account).await?;
    email_change::delete(db, account).await?;
    closing::forget(db, account).await?;
    former_username::delete_all_of(db, account).await?;
    store::empty(db, account, now).await
}

/// Checks the form: its fields by themselves, and what only the server knows of them. All is said at once.
async fn check(cx: &Cx, new: &NewAccount) -> Result<CheckedAccount, Error> {
    let mut errors = FieldErrors::default();
    if let Ok(username) = Username::parse(&new.username)
        && store::is_taken(cx.db.read(), &username, cx.now()).await?
    {
        errors.check::<()>("username", Err(Reason::Taken));
    }
    if let Ok(password) = Password::parse(&new.password) {
        let known = [&new.first_name, &new.last_name, &new.username, &new.email].map(Clone::clone);
        if cx.passwords.is_guessable(password, known.to_vec()).await? {
            errors.check::<()>("password", Err(Reason::Guessable));
        }
    }
    match (new.check(), errors.into_problem()) {
        (Ok(checked), None) => Ok(checked),
        (Ok(_), Some(problem)) | (Err(problem), None) => Err(problem.into()),
        (Err(one), Some(other)) => Err(one.and(other).sorted_by_form(&NewAccount::FIELDS).into()),
    }
}

fn new_row(
    id: Uuid,
    checked: &CheckedAccount,
    password_hash: String,
    token: &Secret,
    created_at: i64,
) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(id),
        username: Set(checked.username.as_str().to_owned()),
        skeleton: Set(checked.username.skeleton()),
        first_name: Set(checked.first_name.as_str().to_owned()),
        last_name: Set(checked.last_name.as_str().to_owned()),
        email: Set(checked.email.as_str().to_owned()),
        email_key: Set(store::email_key(&checked.email)),
        password_hash: Set(password_hash),
        created_at: Set(created_at),
        verified_at: Set(None),
        sign_up_hash: Set(Some(token.hash())),
    }
}

/// What the ways share in which one mailbox can be written: capitals, and a tag behind a `+`. Only mails are counted under it;
/// whether two such addresses are one person, only their mail server knows.
fn recipient_key(email: &EmailAddress) -> String {
    let key = store::email_key(email);
    match key.rsplit_once('@') {
        Some((local, domain)) => {
            let mailbox = local.split_once('+').map_or(local, |(mailbox, _tag)| mailbox);
            format!("{mailbox}@{domain}")
        }
        None => key,
    }
}

fn check_recipient(cx: &Cx, scope: &Scope, email: &str) -> Result<String, Error> {
    let email = EmailAddress::parse(email).map_err(|reason| Problem::field("email", reason))?;
    cx.limits.spend(Limit::MailAddress, scope.address())?;
    cx.limits.spend(Limit::MailRecipient, Key::Recipient(recipient_key(&email)))?;
    Ok(store::email_key(&email))
}

async fn enqueue(cx: &Cx, letter: Letter) -> Result<(), Error> {
    cx.write(move |tx| Box::pin(async move { tx.enqueue(&Task::Mail { letter }).await })).await
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("account::sign_up", "shows nobody; a username that is taken is taken for everybody"),
    neutral("account::verify", "acts on the account of the link"),
    neutral("account::resend", "answers the same whoever has the address"),
    neutral("account::forgot", "answers the same whoever has the address"),
    neutral("account::reset", "acts on the account of the link"),
    neutral("account::settings::view", "shows the own account"),
    neutral("account::settings::save_preferences", "acts on the own account"),
    neutral("account::settings::change_password", "acts on the own account"),
    neutral("account::email_change::request", "answers the same whoever has the address"),
    neutral("account::email_change::cancel", "acts on the own account"),
    neutral("account::email_change::confirm", "acts on the account of the link"),
    shows("account::me", &["messages_of_a_hidden_person_are_not_unread_anywhere"]),
];
