//! What the owner of an account sees and changes of it.

use protocol::{
    AccountId, Problem, Reason, SessionId, account::AccountSettings, preference::Preferences,
    session::SessionEnd, text::Password,
};
use sea_orm::FromQueryResult;

use super::{
    email_change,
    reauthentication::check_password,
    store::{self, PreferenceRow},
    token::{self, Purpose},
};
use crate::{
    Cx, Error, Scope, Tx,
    bus::Event,
    db::{IntoValue, execute, one},
    entropy::Secret,
    job::Task,
    limit::Limit,
    mail::{Letter, SecurityChange},
    session::{challenge, device, store as sessions},
};

/// The address and the preferences of the asker.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn view(cx: &Cx, scope: &Scope) -> Result<AccountSettings, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        email: String,
        wanted: Option<String>,
        #[sea_orm(nested)]
        preferences: PreferenceRow,
    }
    let account = scope.account()?;
    let sql = "SELECT account.email, email_change.email AS wanted, theme, date_style, clock_style, read_receipts FROM account \
               LEFT JOIN email_change ON email_change.account_id = account.id AND email_change.expires_at > $2 \
               WHERE account.id = $1";
    let row: Option<Row> = one(cx.db.read(), sql, [account.into_value(), cx.now().micros().into()]).await?;
    let row = row.ok_or(Problem::SignInNeeded)?;
    Ok(AccountSettings { email: row.email, wanted_email: row.wanted, preferences: row.preferences.into() })
}

/// How `account` wants to see Kith.
pub(super) async fn preferences(cx: &Cx, account: AccountId) -> Result<Preferences, Error> {
    let sql = "SELECT theme, date_style, clock_style, read_receipts FROM account WHERE id = $1";
    let row: Option<PreferenceRow> = one(cx.db.read(), sql, [account.into_value()]).await?;
    Ok(row.map(Preferences::from).unwrap_or_default())
}

/// Stores how the asker wants to see Kith.
///
/// # Errors
/// [`Problem::SignInNeeded`], [`Problem::TooMany`].
pub async fn save_preferences(cx: &Cx, scope: &Scope, preferences: Preferences) -> Result<(), Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Interaction, account)?;
    let Preferences { theme, date_style, clock_style, read_receipts } = preferences;
    cx.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE account SET theme = $2, date_style = $3, clock_style = $4, read_receipts = $5 \
                       WHERE id = $1";
            let chosen = [theme.name(), date_style.name(), clock_style.name(), read_receipts.name()];
            let values = std::iter::once(account.into_value()).chain(chosen.map(Into::into));
            execute(&**tx, sql, values.collect::<Vec<_>>()).await.map(drop)
        })
    })
    .await
}

/// A new password, as typed.
#[derive(Default)]
pub struct ChangePassword {
    /// The one of now.
    pub current_password: String,
    /// The new one.
    pub password: String,
    /// The token of the browser that asks, if it has one: it stays a known device.
    pub device: Option<String>,
}

/// Sets a new password, ends all other sessions, and tells the owner by mail.
///
/// # Errors
/// [`Problem::Invalid`] for the fields `current_password` and `password`; [`Problem::TooMany`] for whoever guesses.
pub async fn change_password(cx: &Cx, scope: &Scope, change: ChangePassword) -> Result<(), Error> {
    let account = scope.account()?;
    let row = check_password(cx, scope, change.current_password).await?;
    let password = Password::parse(&change.password).map_err(|reason| Problem::field("password", reason))?;
    let known = vec![row.first_name, row.last_name, row.username, row.email];
    if cx.passwords.is_guessable(password.clone(), known).await? {
        return Err(Problem::field("password", Reason::Guessable).into());
    }
    let (old_hash, new_hash) = (row.password_hash, cx.passwords.hash(password, &*cx.entropy).await?);
    let stays = scope.session().map(|session| session.id);
    let device = change.device.as_deref().and_then(Secret::parse);
    cx.write(move |tx| {
        Box::pin(async move {
            if !store::lock_with_password(&**tx, account, &old_hash).await? {
                return Err(Problem::Changed.into());
            }
            let sql = "UPDATE account SET password_hash = $1 WHERE id = $2";
            execute(&**tx, sql, [new_hash.into(), account.into_value()]).await?;
            end_what_the_old_one_opened(tx, account, stays).await?;
            device::delete_others(&**tx, account, device.as_ref()).await?;
            tx.enqueue(&Task::Mail {
                letter: Letter::SecurityChanged { account, change: SecurityChange::Password },
            })
            .await
        })
    })
    .await?;
    tracing::info!(%account, network = %scope.address().network(), "a password was changed");
    Ok(())
}

/// With a password goes what it has opened or begun: sessions, but for one that stays, log-ins that wait for a code, links to choose
/// another one, and a change of the address.
pub(super) async fn end_what_the_old_one_opened(
    tx: &Tx,
    account: AccountId,
    stays: Option<SessionId>,
) -> Result<(), Error> {
    let now = tx.now();
    token::spend_all(&**tx, account, Purpose::Reset).await?;
    email_change::delete(&**tx, account).await?;
    challenge::delete_all(&**tx, account).await?;
    let ended = sessions::end_all(&**tx, account, stays, SessionEnd::Password, now).await?;
    if stays.is_none() {
        // Also what another process has just let in.
        tx.announce(Event::SignedOut { account, session: None });
    } else {
        for session in ended {
            tx.announce(Event::SignedOut { account, session: Some(session) });
        }
    }
    Ok(())
}
