//! The letters about what protects an account. Each says what to do if it was somebody else.

use protocol::{AccountId, SessionId};
use uuid::Uuid;

use super::{email_change, entity, store};
use crate::{
    Cx, Error,
    mail::{Action, Mail, SecurityChange, compose, moment},
    session::login,
    user_agent,
};

/// That somebody logged in from a device that was not known; none when the log-in or its account is gone.
pub(super) async fn new_device(
    cx: &Cx,
    account: AccountId,
    log_in: SessionId,
) -> Result<Option<Mail>, Error> {
    let Some(owner) = store::find(cx.db.read(), account).await? else { return Ok(None) };
    let Some((at, browser_name)) = login::find(cx.db.read(), log_in).await? else { return Ok(None) };
    let lead = format!(
        "Someone logged in to your account, @{}, with {} on {}. It's the first log-in from that browser.",
        owner.username,
        user_agent::in_words(&browser_name),
        moment(at),
    );
    Ok(Some(compose(
        &cx.community.name,
        &owner.email,
        Some(owner.short_name()),
        "A log-in from a new device",
        &lead,
        &[devices(cx)],
        &["If it was you, there's nothing to do.", &wrong_hands(cx)],
    )))
}

/// To an address that somebody wants: how to confirm it; or, when it has an owner already, that somebody tried.
pub(super) async fn confirm_email(cx: &Cx, account: AccountId) -> Result<Option<Mail>, Error> {
    let wanted = email_change::wanted_by(cx.db.read(), account, cx.now()).await?;
    let Some((email, email_key)) = wanted else { return Ok(None) };
    match store::by_email(cx.db.read(), &email_key).await? {
        Some(owner) if Uuid::from(account) != owner.id && owner.verified_at.is_some() => {
            return Ok(Some(address_in_use(cx, &owner)));
        }
        _ => {}
    }
    let link = cx.new_secret()?;
    if !email_change::store_link(cx.db.writer(), account, &email_key, &link).await? {
        return Ok(None);
    }
    let action = Action {
        label: "Confirm this address".to_owned(),
        link: format!("{}/email/{}", cx.public_url, link.expose()),
    };
    // Nobody has verified this address: the letter says nothing that a stranger has typed.
    Ok(Some(compose(
        &cx.community.name,
        &email,
        None,
        "Confirm your new address",
        "Someone, perhaps you, wants to use this address for their account. One step is left: confirm that it is yours.",
        &[action],
        &[
            "The link works once, for a day.",
            "If it wasn't you, someone mistyped their address. Ignore this email and nothing will happen.",
        ],
    )))
}

fn address_in_use(cx: &Cx, owner: &entity::Model) -> Mail {
    compose(
        &cx.community.name,
        &owner.email,
        Some(owner.short_name()),
        "This address is in use",
        &format!(
            "Someone wanted to use this address for another account. It belongs to yours, @{}, and stays there.",
            owner.username
        ),
        &[super::log_in(cx)],
        &["If it wasn't you, ignore this email. Nobody was told that you are here."],
    )
}

/// To the address of now: that another one was asked for.
pub(super) async fn email_requested(cx: &Cx, account: AccountId) -> Result<Option<Mail>, Error> {
    let Some(owner) = store::find(cx.db.read(), account).await? else { return Ok(None) };
    let wanted = email_change::wanted_by(cx.db.read(), account, cx.now()).await?;
    let Some((email, _)) = wanted else { return Ok(None) };
    Ok(Some(compose(
        &cx.community.name,
        &owner.email,
        Some(owner.short_name()),
        "Your address is about to change",
        &format!(
            "Someone asked to change the address of your account, @{}, to {email}. It changes as soon as that address is confirmed.",
            owner.username
        ),
        &[],
        &[
            "If it was you, there's nothing to do here.",
            &wrong_hands(cx),
            "A new password also stops this change.",
        ],
    )))
}

/// To the address before: that it is none any more.
pub(super) async fn email_changed(cx: &Cx, account: AccountId, old: &str) -> Result<Option<Mail>, Error> {
    let Some(owner) = store::find(cx.db.read(), account).await? else { return Ok(None) };
    Ok(Some(compose(
        &cx.community.name,
        old,
        Some(owner.short_name()),
        "Your address has changed",
        &format!(
            "Your account, @{}, has a new address now. Emails about it no longer come here.",
            owner.username
        ),
        &[],
        &["If it wasn't you, tell whoever runs this Kith right away: they can give you your account back."],
    )))
}

/// What protects the account is another.
pub(super) async fn changed(
    cx: &Cx,
    account: AccountId,
    change: SecurityChange,
) -> Result<Option<Mail>, Error> {
    let Some(owner) = store::find(cx.db.read(), account).await? else { return Ok(None) };
    let (subject, lead) = match change {
        SecurityChange::Password => (
            "Your password was changed",
            "The password of your account, {}, was changed. Other devices were signed out.",
        ),
        SecurityChange::TwoFactorOn => (
            "Two-factor authentication is on",
            "Two-factor authentication was turned on for your account, {}. Logging in asks for a code from now on.",
        ),
        SecurityChange::TwoFactorOff => (
            "Two-factor authentication is off",
            "Two-factor authentication was turned off for your account, {}. The password is enough to log in.",
        ),
        SecurityChange::RecoveryCodes => (
            "New recovery codes",
            "New recovery codes were made for your account, {}. Those before no longer work.",
        ),
        SecurityChange::PasskeyAdded => {
            ("A passkey was added", "A passkey was added to your account, {}. Whoever has it can log in.")
        }
        SecurityChange::PasskeyRemoved => {
            ("A passkey was removed", "A passkey was removed from your account, {}. It no longer opens it.")
        }
    };
    Ok(Some(compose(
        &cx.community.name,
        &owner.email,
        Some(owner.short_name()),
        subject,
        &lead.replace("{}", &format!("@{}", owner.username)),
        &[devices(cx)],
        &["If it was you, there's nothing to do.", &wrong_hands(cx)],
    )))
}

/// Where one sees which devices are signed in.
fn devices(cx: &Cx) -> Action {
    Action { label: "See your devices".to_owned(), link: format!("{}/settings/security", cx.public_url) }
}

/// What to do if it was somebody else.
fn wrong_hands(cx: &Cx) -> String {
    format!(
        "If it wasn't you, choose a new password now: {}/forgot. It signs out every device.",
        cx.public_url
    )
}
