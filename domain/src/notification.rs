//! Notifications: what others did with one's things, who follows and who wrote.
//!
//! A notification is stored in the transaction of its cause (`record`), once for each. Whether it is there is decided when it
//! is read (`stands`): a cause that was undone, a thing that is gone and a block between people hide it, and a cause that comes
//! back shows it as it was, read or not. So what is listed and what is counted are the same, whatever happened in between.

use protocol::{
    NotificationId,
    notification::{NewNotification, NotificationList, NotificationMessage},
};

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{Cx, Error, Scope, account::store as accounts, limit::Limit};

pub(crate) mod record;
pub mod settings;
mod stands;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use stands::{count_unread, like_stands_for, stands};
use store::Mark;

/// A part of what the asker is told, the latest first: what came before `before`.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn list(cx: &Cx, scope: &Scope, before: Option<NotificationId>) -> Result<NotificationList, Error> {
    let reader = scope.account()?;
    // Drawn before it is read.
    let through = cx.new_id()?.into();
    Ok(NotificationList { page: store::page(cx.db.read(), reader, before).await?, through })
}

/// A notification that has just come, to be shown at once; none when the asker wants no such ones, or when it is not there any
/// more.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn preview(
    cx: &Cx,
    scope: &Scope,
    notification: NotificationId,
) -> Result<Option<NewNotification>, Error> {
    let reader = scope.account()?;
    let found = store::find(cx.db.read(), reader, notification).await?;
    let wanted = settings::read(cx.db.read(), reader).await?;
    let shown = found.filter(|found| found.is_unread && wanted.shows(found.cause.kind()));
    Ok(shown.map(|notification| NewNotification { notification, quiet: wanted.quiet }))
}

/// Marks one as read, with what is shown together with it. What came after it stays unread.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`]; one that is not there is no error.
pub async fn read(cx: &Cx, scope: &Scope, notification: NotificationId) -> Result<(), Error> {
    change(cx, scope, Change::One(notification), Mark::Read).await
}

/// Marks all as read that came no later than `through`.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`].
pub async fn read_all(cx: &Cx, scope: &Scope, through: NotificationId) -> Result<(), Error> {
    change(cx, scope, Change::Through(through), Mark::Read).await
}

/// Deletes one, with what is shown together with it. What came after it stays.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`]; one that is not there is no error.
pub async fn delete(cx: &Cx, scope: &Scope, notification: NotificationId) -> Result<(), Error> {
    change(cx, scope, Change::One(notification), Mark::Deleted).await
}

/// Deletes all that came no later than `through`.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`].
pub async fn delete_all(cx: &Cx, scope: &Scope, through: NotificationId) -> Result<(), Error> {
    change(cx, scope, Change::Through(through), Mark::Deleted).await
}

/// Which are changed.
#[derive(Clone, Copy)]
enum Change {
    One(NotificationId),
    Through(NotificationId),
}

async fn change(cx: &Cx, scope: &Scope, which: Change, mark: Mark) -> Result<(), Error> {
    let reader = scope.account()?;
    cx.limits.spend(Limit::Notification, reader)?;
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            // Two changes of many rows at once would wait for each other.
            accounts::lock(&**tx, reader).await?;
            let has_changed = match which {
                Change::One(one) => store::mark(&**tx, reader, one, mark, now).await?,
                Change::Through(last) => store::mark_all(&**tx, reader, last, mark, now).await?,
            };
            if has_changed {
                record::announce(tx, reader, &[], NotificationMessage::Changed);
            }
            Ok(())
        })
    })
    .await
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "notification::list",
        &[
            "what_a_hidden_person_did_is_not_among_the_notifications",
            "what_happened_below_a_hidden_persons_things_is_not_among_the_notifications",
        ],
    ),
    shows("notification::preview", &["what_a_hidden_person_did_is_not_among_the_notifications"]),
    neutral("notification::read", "acts on own notifications"),
    neutral("notification::read_all", "acts on own notifications"),
    neutral("notification::delete", "acts on own notifications"),
    neutral("notification::delete_all", "acts on own notifications"),
    neutral("notification::settings::view", "shows own settings"),
    neutral("notification::settings::save", "acts on own settings"),
];
