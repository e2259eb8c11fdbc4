//! Changing the username.

use protocol::{AccountId, Problem, Reason, text::Username};
use sea_orm::FromQueryResult;

use crate::{
    Cx, Error, Tx,
    account::{former_username, store as accounts},
    db::{IntoValue, execute, one},
    limit::Limit,
};

/// Changes in [`PERIOD_DAYS`] at most: each keeps a name from everybody else for a while.
const CHANGES: u32 = 3;
const PERIOD_DAYS: i64 = 30;

pub(super) async fn change(cx: &Cx, account: AccountId, typed: &str) -> Result<(), Error> {
    let wrong = |reason| Error::from(Problem::field("username", reason));
    let username = Username::parse(typed).map_err(wrong)?;
    cx.limits.spend(Limit::Profile, account)?;
    let (id, now) = (cx.new_id()?, cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            let before = current(tx, account).await?;
            if before == username {
                return Ok(());
            }
            if username.is_reserved() {
                return Err(wrong(Reason::Taken));
            }
            let since = now.plus_seconds(-PERIOD_DAYS * 24 * 3_600);
            if former_username::count_since(&**tx, account, since).await? >= i64::from(CHANGES) {
                return Err(wrong(Reason::TooMany { max: CHANGES }));
            }
            let sql = "UPDATE account SET username = $1, likeness = $2 WHERE id = $3";
            let values = [username.as_str().into(), username.skeleton().into(), account.into_value()];
            let changed = execute(&**tx, sql, values).await;
            changed
                .map_err(|error| error.on_unique("likeness", "username").on_unique("username", "username"))?;
            former_username::assert_free(&**tx, account, &username, now).await?;
            former_username::insert(&**tx, id, account, &before, now).await
        })
    })
    .await
}

async fn current(tx: &Tx, account: AccountId) -> Result<Username, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        username: String,
    }
    let sql = "SELECT username FROM account WHERE id = $1";
    let row: Option<Row> = one(&**tx, sql, [account.into_value()]).await?;
    let row = row.ok_or(Problem::SignInNeeded)?;
    Username::parse(&row.username).map_err(|reason| Error::internal(format!("a stored username: {reason:?}")))
}
