mod devices;
mod expiry;
mod log_in;
mod log_out;
mod new_device;

use protocol::account::Credentials;

use super::{log_in, resolve};
use crate::{Cx, Error, Scope, entropy::Secret};

const PASSWORD: &str = "plum tiger stairs 9";

async fn enter(cx: &Cx, scope: &Scope, login: &str, password: &str) -> Result<Secret, Error> {
    let credentials = Credentials { login: login.to_owned(), password: password.to_owned() };
    log_in(cx, scope, credentials, "Firefox on Debian")
        .await
        .map(|log_in| log_in.done().expect("no code is asked for").session)
}

async fn person_behind(cx: &Cx, secret: &Secret) -> Option<String> {
    resolve(cx, &secret.expose()).await.expect("an answer").map(|session| session.person.username)
}
