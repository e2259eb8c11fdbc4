//! The letters about accounts.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    entity, store,
    token::{self, Purpose},
};
use crate::{
    Cx, Error,
    mail::{Action, Letter, Mail, compose},
};

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
                _ => verification(cx, &account).await.map(Some),
            }
        }
        Letter::VerifyAgain { email_key } => match store::by_email(cx.db.read(), email_key).await? {
            Some(account) if account.verified_at.is_some() => Ok(Some(verified_already(cx, &account))),
            Some(account) => verification(cx, &account).await.map(Some),
            None => Ok(None),
        },
        Letter::Reset { email_key } => match store::by_email(cx.db.read(), email_key).await? {
            Some(account) if account.verified_at.is_some() => reset(cx, &account).await.map(Some),
            // Somebody who has not verified yet is helped more by the link that was overlooked.
            Some(account) => verification(cx, &account).await.map(Some),
            None => Ok(None),
        },
    }
}

async fn verification(cx: &Cx, account: &entity::Model) -> Result<Mail, Error> {
    let link = new_link(cx, account, Purpose::Verify).await?;
    Ok(compose(
        &account.email,
        &account.first_name,
        "Verify your address",
        &format!(
            "Welcome to Kith, @{}. One step is left: show us that this address is yours.",
            account.username
        ),
        Some(&Action { label: "Verify my address", link }),
        &[
            "The link works once, for two days.",
            "If you did not sign up, or not under this name, somebody mistyped their address. Ignore this mail and \
             nothing will happen.",
        ],
    ))
}

async fn reset(cx: &Cx, account: &entity::Model) -> Result<Mail, Error> {
    let link = new_link(cx, account, Purpose::Reset).await?;
    Ok(compose(
        &account.email,
        &account.first_name,
        "Choose a new password",
        &format!("Somebody asked for a new password for your account, @{}.", account.username),
        Some(&Action { label: "Choose a new password", link }),
        &[
            "The link works once, for an hour. Your old password works until then.",
            "If it was not you, ignore this mail and nothing will change.",
        ],
    ))
}

fn address_taken(cx: &Cx, owner: &entity::Model) -> Mail {
    compose(
        &owner.email,
        &owner.first_name,
        "You already have an account",
        &format!(
            "Somebody tried to sign up with this address, which belongs to your account, @{}.",
            owner.username
        ),
        Some(&Action { label: "Log in", link: format!("{}/login", cx.public_url) }),
        &[
            &format!("Forgotten your password? Choose a new one: {}/forgot", cx.public_url),
            "If it was not you, ignore this mail. Nobody was told that you are here.",
        ],
    )
}

fn verified_already(cx: &Cx, account: &entity::Model) -> Mail {
    compose(
        &account.email,
        &account.first_name,
        "Your address is verified",
        &format!("You asked for a new link, but the address of @{} is verified already.", account.username),
        Some(&Action { label: "Log in", link: format!("{}/login", cx.public_url) }),
        &[&format!("Forgotten your password? Choose a new one: {}/forgot", cx.public_url)],
    )
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
