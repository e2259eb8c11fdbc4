mod email_change;
mod reset;
mod settings;
mod sign_up;
mod sweep;
mod verification;

use protocol::{account::Credentials, text::Username};

use super::{entity, sign_up, store, verify};
use crate::{
    Error,
    entropy::Secret,
    session,
    testing::{Seed, TestDb},
};

impl Seed {
    /// `username` signs up, and gets the letter.
    async fn sign_up(&self, username: &str) {
        sign_up(&self.cx, &Self::nobody(), Self::form(username)).await.expect("a sign-up");
        self.run_jobs().await;
    }

    /// `username` signs up with the address of somebody else, and gets the letter.
    async fn sign_up_with(&self, username: &str, email: &str) {
        let form = protocol::account::NewAccount { email: email.to_owned(), ..Self::form(username) };
        sign_up(&self.cx, &Self::nobody(), form).await.expect("a sign-up");
        self.run_jobs().await;
    }

    async fn verify(&self, link: &str) -> Result<(), Error> {
        verify(&self.cx, &Self::nobody(), link).await
    }

    async fn log_in(&self, username: &str, password: &str) -> Result<Secret, Error> {
        let credentials = Credentials { login: username.to_owned(), password: password.to_owned() };
        let signed_in = session::log_in(&self.cx, &Self::nobody(), credentials, "a test").await?;
        Ok(signed_in.done().expect("no code is asked for").session)
    }
}

impl TestDb {
    async fn account(&self, username: &str) -> Option<entity::Model> {
        let username = Username::parse(username).expect("a username");
        store::by_username(self.cx.db.read(), &username).await.expect("an answer")
    }

    async fn jobs(&self) -> i64 {
        self.number("SELECT COUNT(*) AS count FROM job").await
    }
}
