//! The counts on icons, all of them in one statement.

use protocol::{AccountId, live::Badges};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    db::{IntoValue, all, placeholders, to_u32},
};

/// SQL for the columns of a [`Row`], for the account in `$reader`.
macro_rules! badges {
    ($reader:literal) => {
        concat!("(", $crate::chat::count_unread!($reader), ") AS chats")
    };
}
/// The same columns where nobody looks at them.
macro_rules! no_badges {
    () => {
        "CAST(0 AS bigint) AS chats"
    };
}
pub(crate) use {badges, no_badges};

/// What [`badges`] selects.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct Row {
    chats: i64,
}

impl From<Row> for Badges {
    fn from(row: Row) -> Self {
        Self { chats: to_u32(row.chats) }
    }
}

/// The badges of the asker.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn own(cx: &Cx, scope: &Scope) -> Result<Badges, Error> {
    let found = of(cx, &[scope.account()?]).await?;
    Ok(found.into_iter().next().map(|(_, badges)| badges).unwrap_or_default())
}

/// The badges of these accounts.
pub(crate) async fn of(cx: &Cx, accounts: &[AccountId]) -> Result<Vec<(AccountId, Badges)>, Error> {
    #[derive(FromQueryResult)]
    struct Of {
        id: Uuid,
        #[sea_orm(nested)]
        badges: Row,
    }
    let sql = format!(
        concat!("SELECT account.id, ", badges!("account.id"), " FROM account WHERE account.id IN ({})"),
        placeholders(1, accounts.len())
    );
    let values: Vec<Value> = accounts.iter().map(|id| id.into_value()).collect();
    let rows: Vec<Of> = all(cx.db.read(), &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.badges.into())).collect())
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] =
    &[shows("badge::own", &["messages_of_a_hidden_person_are_not_unread_anywhere"])];
