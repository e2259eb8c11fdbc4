//! The counts on icons, all of them in one statement.

use std::hash::{DefaultHasher, Hash, Hasher};

use protocol::{AccountId, live::Badges};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    db::{IntoValue, all, placeholders, to_u32},
};

/// Makes the columns of all badges, and what they are read into, of a list of names and of the macros whose SQL counts
/// what they show for the account in `$reader`.
macro_rules! badges {
    ($dollar:tt $($name:ident: $($count:ident)::+,)+) => {
        /// SQL for the columns of a [`Row`], for the account in `$reader`.
        macro_rules! badge_columns {
            ($dollar reader:literal) => {
                concat!($("(", $crate::$($count)::+!($dollar reader), ") AS ", stringify!($name), ", ",)+ "1 AS badges")
            };
        }

        /// The same columns where nobody looks at them.
        macro_rules! no_badge_columns {
            () => {
                concat!($("CAST(0 AS bigint) AS ", stringify!($name), ", ",)+ "1 AS badges")
            };
        }

        /// What [`badge_columns`] selects.
        #[derive(Debug, Clone, Copy, FromQueryResult)]
        pub(crate) struct Row {
            $($name: i64,)+
        }

        impl From<Row> for Badges {
            fn from(row: Row) -> Self {
                Self { $($name: to_u32(row.$name),)+ }
            }
        }
    };
}
badges! { $
    chats: chat::count_unread,
    notifications: notification::count_unread,
}
pub(crate) use {badge_columns, no_badge_columns};

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
        concat!(
            "SELECT account.id, ",
            badge_columns!("account.id"),
            " FROM account WHERE account.id IN ({})"
        ),
        placeholders(1, accounts.len())
    );
    let values: Vec<Value> = accounts.iter().map(|id| id.into_value()).collect();
    let rows: Vec<Of> = all(cx.db.read(), &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.badges.into())).collect())
}

/// A digest that is another one when the badges are.
pub(crate) fn digest(badges: Badges) -> u64 {
    let mut hasher = DefaultHasher::new();
    badges.hash(&mut hasher);
    hasher.finish()
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[shows(
    "badge::own",
    &[
        "messages_of_a_hidden_person_are_not_unread_anywhere",
        "what_a_hidden_person_did_is_not_among_the_notifications",
        "what_happened_below_a_hidden_persons_things_is_not_among_the_notifications",
    ],
)];
