//! A copy of everything that a person has here: a ZIP with what they wrote as JSON, as pages to read and as tables, and with their
//! pictures. A job makes it; it is kept for some days, and only its owner can fetch it.

use protocol::{
    AccountId, ExportId, Problem, Timestamp,
    export::{EXPORT_DAYS, ExportView},
};

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{Cx, Error, Scope, files::Content, job::Task, limit::Limit};

mod archive;
mod contents;
mod make;
mod pages;
mod progress;
mod record;
mod store;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use make::make;

/// Asks for a copy. While one is under way, it is that one.
///
/// # Errors
/// [`Problem::TooMany`].
pub async fn request(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Export, account)?;
    let (export, now) = (ExportId::from(cx.new_id()?), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            crate::account::store::lock(&**tx, account).await?;
            if store::is_under_way(&**tx, account).await? {
                return Ok(());
            }
            for former in store::delete_all_of(&**tx, account).await? {
                tx.enqueue(&Task::DeleteExport { export: former }).await?;
            }
            store::insert(&**tx, export, account, now).await?;
            tx.enqueue(&Task::Export { export }).await
        })
    })
    .await
}

/// The copy that the asker asked for last, if it is still there.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn latest(cx: &Cx, scope: &Scope) -> Result<Option<ExportView>, Error> {
    store::latest(cx.db.read(), scope.account()?, oldest(cx.now())).await
}

/// The file of a copy of the asker.
///
/// # Errors
/// [`Problem::NotFound`] when it is not theirs, not ready, or gone.
pub async fn open(cx: &Cx, scope: &Scope, export: ExportId) -> Result<Content, Error> {
    if store::is_ready(cx.db.read(), scope.account()?, export, oldest(cx.now())).await? {
        cx.files.get(&key(export)).await
    } else {
        Err(Problem::NotFound.into())
    }
}

/// Deletes copies whose days are over.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    let oldest = oldest(cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            for export in store::delete_old(&**tx, oldest).await? {
                tx.enqueue(&Task::DeleteExport { export }).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Deletes all copies of an account that goes.
pub(crate) async fn delete_all_of(tx: &crate::Tx, account: AccountId) -> Result<(), Error> {
    for export in store::delete_all_of(&**tx, account).await? {
        tx.enqueue(&Task::DeleteExport { export }).await?;
    }
    Ok(())
}

/// Deletes the file of a copy.
pub(crate) async fn delete_file(cx: &Cx, export: ExportId) -> Result<(), Error> {
    cx.files.delete(&key(export)).await
}

/// When those were asked for that go now.
fn oldest(now: Timestamp) -> Timestamp {
    now.plus_seconds(-EXPORT_DAYS * 24 * 3_600)
}

fn key(export: ExportId) -> String {
    format!("exports/{export}.zip")
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("export::request", "what goes into it is tested by nothing_of_somebody_hidden_is_in_an_export"),
    neutral("export::latest", "shows an own copy"),
    neutral("export::open", "shows an own copy; those of others are not found, whoever they are"),
];
