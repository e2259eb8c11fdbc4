use protocol::{Problem, Reason};

use super::{entity, store};
use crate::{Cx, Error, Scope, limit::Limit};

/// The field of forms that ask for it.
const FIELD: &str = "current_password";

/// The account of the asker, if `password` is theirs. Whoever guesses in front of somebody else's open browser is stopped as at the
/// log-in; strangers cannot use these tries up.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password`, [`Problem::TooMany`].
pub(crate) async fn check_password(cx: &Cx, scope: &Scope, password: String) -> Result<entity::Model, Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Password, account)?;
    let row = store::find(cx.db.read(), account).await?.ok_or(Problem::SignInNeeded)?;
    if password.is_empty() {
        cx.limits.refund(Limit::Password, account);
        return Err(Problem::field(FIELD, Reason::Empty).into());
    }
    if !cx.passwords.verify(password, Some(row.password_hash.clone())).await? {
        tracing::info!(%account, network = %scope.address().network(), "a wrong password in the settings");
        return Err(Problem::field(FIELD, Reason::Wrong).into());
    }
    cx.limits.refund(Limit::Password, account);
    Ok(row)
}
