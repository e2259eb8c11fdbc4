//! The letters about accounts. To an address that nobody has verified they say nothing that a stranger typed: whoever signs
//! up with the address of somebody else chooses the names, and could write to them what they like.

use protocol::{AccountId, Timestamp};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    closing, email_change, entity, store,
    token::{self, Purpose},
};
use crate::{
    Cx, Error,
    mail::{Action, Letter, Mail, compose, moment},
};

mod security;

/// Sign-ups of one address that a letter has links for at most, the newest. Those before can sign up again.
const LINKS: i64 = 20;

/// Writes a letter; none when there is nobody to write to.
pub(crate) async fn write(cx: &Cx, letter: &Letter) -> Result<Option<Mail>, Error> {
    match letter {
        Letter::Welcome { account } => {
            let Some(account) = entity::Entity::find_by_id(Uuid::from(*account)).one(cx.db.read()).await?
            else {
                return Ok(None);
            };
            match store::by_email(cx.db.read(), &account.email_key).await? {
                Some(owner) if owner.id != account.id && owner.verified_at.is_some() => {
                    Ok(Some(address_taken(cx, &owner)))
                }
                _ if account.verified_at.is_some() => Ok(None),
                _ => verification(cx, &[account]).await,
            }
        }
        Letter::Closed { account } => closed(cx, *account).await,
        Letter::Reopened { account } => reopened(cx, *account).await,
        Letter::VerifyAgain { email_key } => {
            let claims = store::claims(cx.db.read(), email_key, LINKS).await?;
            match claims.first() {
                Some(owner) if owner.verified_at.is_some() => Ok(Some(verified_already(cx, owner))),
                _ => verification(cx, &claims).await,
            }
        }
        Letter::Reset { email_key } => {
            let claims = store::claims(cx.db.read(), email_key, LINKS).await?;
            match claims.first() {
                Some(owner) if owner.verified_at.is_some() => reset(cx, owner).await.map(Some),
                // Somebody who has not verified yet is helped more by the link that was overlooked.
                _ => verification(cx, &claims).await,
            }
        }
        Letter::NewDevice { account, log_in } => security::new_device(cx, *account, *log_in).await,
        Letter::ConfirmEmail { account } => security::confirm_email(cx, *account).await,
        Letter::EmailRequested { account } => security::email_requested(cx, *account).await,
        Letter::EmailChanged { account, old } => security::email_changed(cx, *account, old).await,
        Letter::SecurityChanged { account, change } => security::changed(cx, *account, *change).await,
    }
}

/// A link for each of these accounts, which wait for the verification of one address. Which of them is the reader's own, the
/// reader sees on the page of the link.
async fn verification(cx: &Cx, waiting: &[entity::Model]) -> Result<Option<Mail>, Error> {
    let community = &cx.community.name;
    let mut actions = Vec::new();
    for account in waiting {
        let label = match waiting {
            [_] => "Verify my address".to_owned(),
            _ => format!("Sign-up of {}", moment(Timestamp::from_micros(account.created_at))),
        };
        actions.push(Action { label, link: new_link(cx, account, Purpose::Verify).await? });
    }
    let lead = match waiting {
        [] => return Ok(None),
        [account] => format!(
            "Someone, perhaps you, signed up for {community} with this address on {}. One step is left: confirm that \
             this address is yours.",
            moment(Timestamp::from_micros(account.created_at))
        ),
        _ => format!(
            "Someone, perhaps you, signed up for {community} with this address more than once. Each link belongs to \
             one sign-up; its page says under which username. Use only the one that is yours."
        ),
    };
    let to = waiting.first().map(|account| account.email.as_str()).unwrap_or_default();
    let rest = [
        "Each link works once, for two days. Its page says the username before anything happens.",
        "If you didn't sign up, someone mistyped their address. Ignore this email and nothing will happen.",
    ];
    Ok(Some(compose(community, to, None, "Verify your address", &lead, &actions, &rest)))
}

async fn reset(cx: &Cx, account: &entity::Model) -> Result<Mail, Error> {
    let link = new_link(cx, account, Purpose::Reset).await?;
    Ok(compose(
        &cx.community.name,
        &account.email,
        Some(account.short_name()),
        "Choose a new password",
        &format!("Someone asked for a new password for your account, @{}.", account.username),
        &[Action { label: "Choose a new password".to_owned(), link }],
        &[
            "The link works once, for an hour. Your old password works until then.",
            "If it wasn't you, ignore this email and nothing will change.",
        ],
    ))
}

fn address_taken(cx: &Cx, owner: &entity::Model) -> Mail {
    compose(
        &cx.community.name,
        &owner.email,
        Some(owner.short_name()),
        "You already have an account",
        &format!(
            "Someone tried to sign up with this address, which belongs to your account, @{}.",
            owner.username
        ),
        &[log_in(cx)],
        &[
            &format!("Forgot your password? Choose a new one: {}/forgot", cx.public_url),
            "If it wasn't you, ignore this email. Nobody was told that you are here.",
        ],
    )
}

fn verified_already(cx: &Cx, account: &entity::Model) -> Mail {
    compose(
        &cx.community.name,
        &account.email,
        Some(account.short_name()),
        "Your address is verified",
        &format!("You asked for a new link, but the address of @{} is verified already.", account.username),
        &[log_in(cx)],
        &[&format!("Forgot your password? Choose a new one: {}/forgot", cx.public_url)],
    )
}

async fn closed(cx: &Cx, account: AccountId) -> Result<Option<Mail>, Error> {
    let delete_at = closing::delete_at(cx.db.read(), account).await?;
    let (Some(delete_at), Some(account)) = (delete_at, owner(cx, account).await?) else { return Ok(None) };
    Ok(Some(compose(
        &cx.community.name,
        &account.email,
        Some(account.short_name()),
        "Your account will be deleted",
        &format!(
            "You asked to delete your account, @{}. Nobody sees it any more. On {} it will be deleted with everything in it.",
            account.username,
            moment(delete_at)
        ),
        &[log_in(cx)],
        &[
            "Changed your mind? Log in before then, and everything is back.",
            &format!(
                "If it wasn't you, log in and change your password. Forgot it? Choose a new one: {}/forgot",
                cx.public_url
            ),
        ],
    )))
}

async fn reopened(cx: &Cx, account: AccountId) -> Result<Option<Mail>, Error> {
    let Some(account) = owner(cx, account).await? else { return Ok(None) };
    Ok(Some(compose(
        &cx.community.name,
        &account.email,
        Some(account.short_name()),
        "Your account is back",
        &format!(
            "You logged in, so your account, @{}, will not be deleted. Everything is as it was.",
            account.username
        ),
        &[],
        &[&format!("If it wasn't you, choose a new password: {}/forgot", cx.public_url)],
    )))
}

async fn owner(cx: &Cx, account: AccountId) -> Result<Option<entity::Model>, Error> {
    let account = entity::Entity::find_by_id(Uuid::from(account)).one(cx.db.read()).await?;
    Ok(account.filter(|account| account.verified_at.is_some()))
}

fn log_in(cx: &Cx) -> Action {
    Action { label: "Log in".to_owned(), link: format!("{}/login", cx.public_url) }
}

async fn new_link(cx: &Cx, account: &entity::Model, purpose: Purpose) -> Result<String, Error> {
    let secret = cx.new_secret()?;
    token::store(cx.db.writer(), &secret, account.id.into(), purpose, cx.now()).await?;
    let page = match purpose {
        Purpose::Verify => "verify",
        Purpose::Reset => "reset",
    };
    Ok(format!("{}/{page}/{}", cx.public_url, secret.expose()))
}
