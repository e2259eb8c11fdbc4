//! What one does about other people: follow, block, and both back.

use axum::response::Response;
use domain::{block, follow};

use super::{Posted, see};

pub(crate) async fn follow(posted: Posted) -> Response {
    let done = match posted.id("whom") {
        Ok(whom) => follow::follow(&posted.host.cx, &posted.scope, whom).await,
        Err(error) => Err(error),
    };
    back(posted, done).await
}

pub(crate) async fn unfollow(posted: Posted) -> Response {
    let done = match posted.id("whom") {
        Ok(whom) => follow::unfollow(&posted.host.cx, &posted.scope, whom).await,
        Err(error) => Err(error),
    };
    back(posted, done).await
}

pub(crate) async fn block(posted: Posted) -> Response {
    let done = match posted.id("whom") {
        Ok(whom) => block::block(&posted.host.cx, &posted.scope, whom).await,
        Err(error) => Err(error),
    };
    back(posted, done).await
}

pub(crate) async fn unblock(posted: Posted) -> Response {
    let done = match posted.id("whom") {
        Ok(whom) => block::unblock(&posted.host.cx, &posted.scope, whom).await,
        Err(error) => Err(error),
    };
    back(posted, done).await
}

async fn back(posted: Posted, done: Result<(), domain::Error>) -> Response {
    match done {
        Ok(()) => see(&posted.back("/")),
        Err(error) => posted.refuse(error).await,
    }
}
