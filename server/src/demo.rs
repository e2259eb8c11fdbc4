//! A believable small community, for looking around: the same each time, up to ids and to when "today" is. Everything goes
//! through the use cases, as if people had done it.

use std::{net::IpAddr, sync::Arc};

use anyhow::{Context, anyhow, bail};
use domain::{
    ClientAddress, Cx, Error, Scope, account, block, chat,
    clock::{Clock, SystemClock},
    comment, follow, like,
    limit::Rates,
    post, session,
};
use protocol::{
    AccountId, CommentId, PostId,
    account::{Credentials, NewAccount},
    chat::{NewMessage, ReadPosition},
    comment::NewComment,
    media::AttachedPicture,
    post::{EditPost, NewPost},
    text::Username,
};

use crate::{app_state, config::Config};

mod clock;
mod dialogue;
mod people;
mod pictures;
mod plan;
mod posts;
mod profiles;
pub(crate) mod rng;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use clock::DemoClock;

use people::PEOPLE;
use plan::Act;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "kith demo please 1";
/// Nobody does in an hour what is done here in a minute.
pub(crate) const RATE_FACTOR: u32 = 1_000_000;

/// Fills the empty database of `config`.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    app_state::migrate(config).await?;
    let clock = Arc::new(DemoClock::ending_at(SystemClock::new().now()));
    let cx =
        app_state::open_with(config, Arc::clone(&clock) as _, Rates::default().times(RATE_FACTOR)).await?;
    println!("Making a community. This takes a minute.");
    let filled = fill(&cx, &clock, |percent| println!("  {percent} %")).await;
    cx.db.close().await?;
    let Community { people, posts, pictures, comments, likes, follows, messages } = filled?;
    println!(
        "There are {people} people now with {posts} posts, {pictures} pictures, {comments} comments, {likes} likes, {follows} follows and \
         {messages} messages.\nLog in as “ana”, or any other of them, with the password “{PASSWORD}”."
    );
    Ok(())
}

/// What was made.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Community {
    pub(crate) people: usize,
    pub(crate) posts: usize,
    pub(crate) pictures: usize,
    pub(crate) comments: usize,
    pub(crate) likes: usize,
    pub(crate) follows: usize,
    pub(crate) messages: usize,
}

/// Fills an empty database. `cx` has `clock` for its clock.
pub(crate) async fn fill(cx: &Cx, clock: &DemoClock, progress: impl Fn(usize)) -> anyhow::Result<Community> {
    if account::has_accounts(cx).await.map_err(to_anyhow)? {
        bail!(
            "there are people in this database already; `kith demo` fills an empty one only (KITH_DATA_DIR names another)"
        );
    }
    let mut stage =
        Stage { cx, made: Community::default(), people: Vec::new(), posts: Vec::new(), comments: Vec::new() };
    let plan = plan::plan();
    let acts = plan.len();
    for (number, (moment, act)) in plan.into_iter().enumerate() {
        if number % (acts / 10).max(1) == 0 && number > 0 {
            progress(number * 100 / acts);
        }
        clock.advance_to(moment);
        let failed = format!("{act:?}");
        stage.play(act).await.map_err(to_anyhow).context(failed)?;
    }
    clock.advance_to(plan::SECONDS);
    stage.end().await.map_err(to_anyhow)?;
    Ok(stage.made)
}

/// The cause as well: whoever fills a database is its operator.
fn to_anyhow(error: Error) -> anyhow::Error {
    anyhow!("{error:?}")
}

/// What the acts have made so far, by the numbers that the plan gives them.
struct Stage<'a> {
    cx: &'a Cx,
    made: Community,
    people: Vec<(AccountId, Scope)>,
    posts: Vec<Option<PostId>>,
    comments: Vec<Option<CommentId>>,
}

impl Stage<'_> {
    async fn play(&mut self, act: Act) -> Result<(), Error> {
        let cx = self.cx;
        match act {
            Act::Join { who } => {
                let person = join(cx, PEOPLE[who]).await?;
                profiles::fill(cx, &person.1, who).await?;
                self.people.push(person);
                self.made.people += 1;
            }
            Act::Follow { who, whom } => {
                follow::follow(cx, self.scope(who), self.people[whom].0).await?;
                self.made.follows += 1;
            }
            Act::Post { post, who, body } => {
                let pictures = pictures::upload(cx, self.scope(who), post).await?;
                self.made.pictures += pictures.len();
                let new = NewPost { client_id: None, body, pictures };
                let view = post::publish(cx, self.scope(who), new).await?;
                put(&mut self.posts, post, view.id);
                self.made.posts += 1;
            }
            Act::Edit { post, who, body } => {
                let scope = self.scope(who);
                let before = post::view(cx, scope, self.post(post)?).await?;
                let pictures = before
                    .pictures
                    .into_iter()
                    .map(|picture| AttachedPicture { id: picture.id, alt: picture.alt });
                let (post, version, pictures) = (before.id, before.version, pictures.collect());
                post::edit(cx, scope, EditPost { post, version, body, pictures }).await?;
            }
            Act::Comment { comment, post, answers, who, body } => {
                let answers = answers.and_then(|answered| self.comments[answered]);
                let new = NewComment { client_id: None, post: self.post(post)?, answers, body };
                let view = comment::write(cx, self.scope(who), new).await?;
                put(&mut self.comments, comment, view.id);
                self.made.comments += 1;
            }
            Act::Like { who, post } => {
                like::like(cx, self.scope(who), self.post(post)?).await?;
                self.made.likes += 1;
            }
            Act::Say { who, to, body } => {
                let new = NewMessage { to: self.people[to].0, client_id: cx.new_id()?, body, reply_to: None };
                chat::send(cx, self.scope(who), new).await?;
                self.made.messages += 1;
            }
            Act::Block { who, whom } => block::block(cx, self.scope(who), self.people[whom].0).await?,
        }
        Ok(())
    }

    /// All have read what was said to them, but for Ana; and all go.
    async fn end(&self) -> Result<(), Error> {
        for (number, (_, scope)) in self.people.iter().enumerate() {
            for conversation in chat::conversations(self.cx, scope).await? {
                let position = ReadPosition { conversation: conversation.id, seq: conversation.last.seq };
                if number > 0 {
                    chat::read(self.cx, scope, position).await?;
                }
            }
            session::log_out(self.cx, scope).await?;
        }
        // The letters of welcome: there is nothing left to verify, so nothing is sent.
        domain::job_runner::run_due(self.cx).await
    }

    fn scope(&self, who: usize) -> &Scope {
        &self.people[who].1
    }

    fn post(&self, post: usize) -> Result<PostId, Error> {
        self.posts.get(post).copied().flatten().ok_or_else(|| Error::internal("a post that is not there yet"))
    }
}

/// Signs up, verifies and logs in.
async fn join(
    cx: &Cx,
    (username, first_name, last_name): (&str, &str, &str),
) -> Result<(AccountId, Scope), Error> {
    let home = ClientAddress::from(IpAddr::from([127, 0, 0, 1]));
    let nobody = Scope::anonymous(home);
    let new = NewAccount {
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        username: username.to_owned(),
        email: format!("{username}@kith.example"),
        password: PASSWORD.to_owned(),
    };
    account::sign_up(cx, &nobody, new).await?;
    let name =
        Username::parse(username).map_err(|reason| Error::internal(format!("{username}: {reason:?}")))?;
    account::verify_by_hand(cx, &name).await?;
    let credentials = Credentials { login: username.to_owned(), password: PASSWORD.to_owned() };
    let signed_in = session::log_in(cx, &nobody, credentials, "kith demo").await?;
    let token = signed_in.done().map(|signed_in| signed_in.session.expose()).unwrap_or_default();
    let session = session::resolve(cx, &token).await?;
    let session = session.ok_or_else(|| Error::internal("nobody is signed in"))?;
    Ok((session.person.id, Scope::signed_in(session, home)))
}

/// Puts something at its place, which may be behind others that come later.
fn put<T>(places: &mut Vec<Option<T>>, at: usize, thing: T) {
    if places.len() <= at {
        places.resize_with(at + 1, || None);
    }
    places[at] = Some(thing);
}
