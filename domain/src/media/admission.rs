//! Who may begin to send a picture: rate, quota, free space and the sum of what is under way are asked before the first byte
//! is read.

use protocol::Reason;

use super::{rejection::rejected, store, uploads::Admission};
use crate::{Cx, Error, Scope, limit::Limit};

pub(super) async fn admit(cx: &Cx, scope: &Scope, announced: Option<u64>) -> Result<Admission, Error> {
    let owner = scope.account()?;
    cx.limits.spend(Limit::Upload, owner)?;
    let admission = Admission::new(owner, &cx.uploads, announced.unwrap_or(0))?;
    if cx.files.free_space().await? < cx.free_space_floor {
        return Err(rejected(Reason::StorageFull));
    }
    store::check_quota(cx.db.read(), owner, 1, cx.picture_quota_mb).await?;
    Ok(admission)
}
