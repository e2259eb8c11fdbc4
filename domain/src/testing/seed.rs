use std::{net::Ipv4Addr, ops::Deref};

use protocol::{
    AccountId, PictureId, PostId, Problem, SessionId,
    account::{Credentials, NewAccount, PersonView},
    chat::{MessageView, NewMessage},
    comment::{CommentView, NewComment},
    post::{Counts, NewPost, PostView},
    session::LogInMethod,
    text::{Password, Username},
};

use super::{Authenticator, TestDb};
use crate::{
    ClientAddress, Error, Scope, Session, block, chat, comment,
    cx::Parts,
    db::{IntoValue, execute, one},
    follow, job_runner, like,
    limit::Limit,
    passkey, post, search,
    session::{self, store as sessions},
    two_factor::{
        self,
        totp::{self, TotpSecret},
    },
};

/// A database in which people can be put and do things, for arranging.
pub struct Seed(TestDb);

impl Deref for Seed {
    type Target = TestDb;

    fn deref(&self) -> &TestDb {
        &self.0
    }
}

impl Seed {
    /// Nobody is there yet.
    pub const fn new(store: TestDb) -> Self {
        Self(store)
    }

    /// The same with other settings, before anybody uses it.
    #[must_use]
    pub fn configured(self, change: impl FnOnce(&mut Parts)) -> Self {
        Self(self.0.configured(change))
    }

    /// Somebody who is not signed in.
    pub fn nobody() -> Scope {
        Scope::anonymous(ClientAddress::from(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }

    /// The sign-up form of a person called `username`, filled in well.
    pub fn form(username: &str) -> NewAccount {
        NewAccount {
            first_name: format!("{}{}", username[..1].to_uppercase(), &username[1..]),
            last_name: "Tester".to_owned(),
            username: username.to_owned(),
            email: format!("{username}@example.org"),
            password: "plum tiger stairs 9".to_owned(),
        }
    }

    /// A verified person, signed in.
    pub async fn person(&self, username: &str) -> Scope {
        let form = Self::form(username);
        let id = self.cx.new_id().expect("an id");
        let skeleton = Username::parse(&form.username).expect("a username").skeleton();
        let password = Password::parse(&form.password).expect("a password");
        let password_hash = self.cx.passwords.hash(password, &*self.cx.entropy).await.expect("a hash");
        let row = crate::account::entity::ActiveModel {
            id: sea_orm::Set(id),
            username: sea_orm::Set(form.username.clone()),
            skeleton: sea_orm::Set(skeleton),
            first_name: sea_orm::Set(form.first_name.clone()),
            last_name: sea_orm::Set(form.last_name.clone()),
            email: sea_orm::Set(form.email.clone()),
            email_key: sea_orm::Set(form.email),
            password_hash: sea_orm::Set(password_hash),
            created_at: sea_orm::Set(self.cx.now().micros()),
            verified_at: sea_orm::Set(Some(self.cx.now().micros())),
            sign_up_hash: sea_orm::Set(None),
        };
        sea_orm::ActiveModelTrait::insert(row, self.cx.db.writer()).await.expect("a stored account");
        search::index_person(self.cx.db.writer(), id.into()).await.expect("a findable person");
        let person = PersonView {
            id: id.into(),
            username: form.username,
            first_name: form.first_name,
            last_name: form.last_name,
            picture: None,
        };
        self.signed_in(person).await
    }

    /// One more signed-in browser of a person.
    pub async fn signed_in(&self, person: PersonView) -> Scope {
        let (id, revision) = (SessionId::from(self.cx.new_id().expect("an id")), self.cx.next_revision());
        let new = sessions::NewSession {
            id,
            account: person.id,
            token_hash: self.cx.new_secret().expect("a secret").hash(),
            device: "a test".to_owned(),
            address: "127.0.0.1".to_owned(),
            method: LogInMethod::Password,
            now: self.cx.now(),
        };
        sessions::insert(self.cx.db.writer(), new).await.expect("a stored session");
        Scope::signed_in(Session { id, person, revision }, Self::nobody().address())
    }

    /// What the cookie of one more browser of `who` holds.
    pub async fn cookie(&self, who: &Scope) -> String {
        let login = who.member().expect("a person").username.clone();
        let credentials = Credentials { password: Self::form(&login).password, login };
        session::log_in(&self.cx, &Self::nobody(), credentials, "a test")
            .await
            .expect("a log-in")
            .done()
            .expect("a session")
            .session
            .expose()
    }

    /// What the authenticator app of `who` shows now, or so many steps later.
    pub async fn authenticator_code(&self, who: &Scope, later: i64) -> String {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            secret: Vec<u8>,
        }
        let sql = "SELECT secret FROM two_factor WHERE account_id = $1";
        let row: Option<Row> = one(self.cx.db.read(), sql, [id(who).into_value()]).await.expect("an answer");
        let secret = TotpSecret::from_bytes(row.expect("a secret").secret);
        secret.code(totp::step_at(self.cx.now()) + later).expect("a code")
    }

    /// `who` turns two-factor authentication on; says the recovery codes.
    pub async fn turn_on_two_factor(&self, who: &Scope) -> Vec<String> {
        let password = Self::form(&who.member().expect("a person").username).password;
        two_factor::begin(&self.cx, who, password).await.expect("a secret");
        let code = self.authenticator_code(who, 0).await;
        two_factor::confirm(&self.cx, who, &code).await.expect("recovery codes")
    }

    /// `who` makes a passkey; says the device that holds it.
    pub async fn passkey(&self, who: &Scope) -> Authenticator {
        let password = Self::form(&who.member().expect("a person").username).password;
        passkey::begin(&self.cx, who, password).await.expect("a passkey that was begun");
        let options = passkey::set_up(&self.cx, who).await.expect("options");
        let (device, answer) = Authenticator::create(&options, &self.cx.public_url);
        passkey::confirm(&self.cx, who, &answer, "a test").await.expect("a passkey");
        device
    }

    /// Uses up what `who` may do at the moment.
    pub fn spend_all(&self, who: &Scope) {
        for limit in [Limit::Write, Limit::Interaction, Limit::Message, Limit::Upload, Limit::Profile] {
            while self.cx.limits.spend(limit, id(who)).is_ok() {}
        }
    }

    /// Waits until everything is stored that no request waits for.
    pub async fn settle(&self) {
        while !self.cx.background_writes.is_idle() {
            tokio::task::yield_now().await;
        }
    }

    /// Does all jobs that are due.
    pub async fn run_jobs(&self) {
        job_runner::run_due(&self.cx).await.expect("jobs that ran");
    }

    /// `who` publishes.
    pub async fn post(&self, who: &Scope, body: &str) -> PostView {
        post::publish(&self.cx, who, NewPost { body: body.to_owned(), ..NewPost::default() })
            .await
            .expect("a post")
    }

    /// A picture of `who`'s that stands on no post yet. Without files: what those are, the tests of `media` ask.
    pub async fn picture(&self, who: &Scope) -> PictureId {
        let picture = PictureId::from(self.cx.new_id().expect("an id"));
        let sql = "INSERT INTO picture (id, owner_id, width, height, preview, moves, bytes, created_at) \
                   VALUES ($1, $2, 4, 3, 'data:image/webp;base64,', 0, 100, $3)";
        let values = [picture.into_value(), id(who).into_value(), self.cx.now().micros().into()];
        execute(self.cx.db.writer(), sql, values).await.expect("a stored picture");
        picture
    }

    /// `who` comments.
    pub async fn comment(&self, who: &Scope, post: PostId, body: &str) -> CommentView {
        self.reply(who, NewComment { client_id: None, post, answers: None, body: body.to_owned() }).await
    }

    /// `who` comments or replies.
    pub async fn reply(&self, who: &Scope, new: NewComment) -> CommentView {
        comment::write(&self.cx, who, new).await.expect("a comment")
    }

    /// `who` says something to `to`.
    pub async fn say(&self, who: &Scope, to: &Scope, body: &str) -> MessageView {
        let new = NewMessage {
            to: id(to),
            client_id: self.cx.new_id().expect("an id"),
            body: body.to_owned(),
            reply_to: None,
        };
        chat::send(&self.cx, who, new).await.expect("a message")
    }

    /// `who` likes.
    pub async fn like(&self, who: &Scope, post: PostId) -> Counts {
        like::like(&self.cx, who, post).await.expect("a like")
    }

    /// `who` follows `whom`.
    pub async fn follow(&self, who: &Scope, whom: &Scope) {
        follow::follow(&self.cx, who, id(whom)).await.expect("a follow");
    }

    /// `who` blocks `whom`.
    pub async fn block(&self, who: &Scope, whom: &Scope) {
        block::block(&self.cx, who, id(whom)).await.expect("a block");
    }
}

/// Why something was refused.
///
/// # Panics
/// When it was not.
#[track_caller]
pub fn refusal<T>(result: Result<T, Error>) -> Problem {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.into_problem(),
    }
}

/// The post without the revision of its counts, which says when it was read.
pub fn unrevised(mut post: PostView) -> PostView {
    post.counts.revision = 0;
    post
}

/// The account of somebody who is signed in.
pub fn id(who: &Scope) -> AccountId {
    who.account().expect("somebody who is signed in")
}
