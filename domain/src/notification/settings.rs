//! Which new notifications somebody wants to see at once.

use protocol::{
    AccountId,
    notification::{NotificationSettings, QuietTime},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Cx, Error, Scope,
    db::{IntoValue, execute, one},
    limit::Limit,
};

/// The settings of the asker.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn view(cx: &Cx, scope: &Scope) -> Result<NotificationSettings, Error> {
    read(cx.db.read(), scope.account()?).await
}

/// Stores the settings of the asker.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`].
pub async fn save(cx: &Cx, scope: &Scope, settings: NotificationSettings) -> Result<(), Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Notification, account)?;
    let muted: Vec<&str> = settings.muted.iter().map(|kind| kind.name()).collect();
    let (muted, quiet) = (muted.join(" "), settings.quiet);
    cx.write(move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO notification_setting (account_id, muted, quiet_from, quiet_until) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (account_id) DO UPDATE SET muted = excluded.muted, \
                       quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until";
            let [from, until] = [quiet.map(|quiet| quiet.from), quiet.map(|quiet| quiet.until)];
            let values = [
                account.into_value(),
                muted.into(),
                from.map(i64::from).into(),
                until.map(i64::from).into(),
            ];
            execute(&**tx, sql, values).await.map(drop)
        })
    })
    .await
}

/// The settings of an account. What a later version has stored is as good as nothing.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<NotificationSettings, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        muted: String,
        quiet_from: Option<i64>,
        quiet_until: Option<i64>,
    }
    let sql = "SELECT muted, quiet_from, quiet_until FROM notification_setting WHERE account_id = $1";
    let Some(row) = one::<Row>(db, sql, [account.into_value()]).await? else {
        return Ok(NotificationSettings::default());
    };
    let minute = |minute: Option<i64>| minute.and_then(|minute| u16::try_from(minute).ok());
    let quiet = minute(row.quiet_from).zip(minute(row.quiet_until));
    Ok(NotificationSettings {
        muted: row.muted.split(' ').filter_map(|name| name.parse().ok()).collect(),
        quiet: quiet.map(|(from, until)| QuietTime { from, until }),
    })
}
