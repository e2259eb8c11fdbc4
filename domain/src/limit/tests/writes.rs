//! Every use case that writes has a limit: each one that the matrix of blocks names is either refused here when it is called
//! often enough, or goes to the database without a statement that writes.

use std::time::Duration;

use futures::future::BoxFuture;
use protocol::{
    AccountId, CommentId, ConversationId, NotificationId, PasskeyId, PictureId, PostId, Problem,
    ProfilePictureId, SessionId,
    account::Credentials,
    chat::{ChatRequest, EditMessage, NewMessage, PartnerQuery, ReadPosition},
    comment::{EditComment, NewComment, PageRequest},
    feed::{FeedKind, FeedQuery},
    follow::{FollowList, FollowQuery},
    live::ClientMessage,
    media::{PictureSize, ProfilePictureSize},
    notification::NotificationSettings,
    post::{EditPost, NewPost},
    preference::Preferences,
    profile::EditProfile,
};

use crate::{
    Error, Scope,
    account::{self, settings::ChangePassword},
    badge, block, chat, comment, deletion, export, feed, follow, history,
    hub::Outgoing,
    like,
    limit::{Limit, Rate, Rates},
    live, media, notification, passkey, post, presence, profile, search, session, suggestion,
    testing::{Seed, TestDb, id},
    two_factor,
};

/// Tries that each limit has in these tests. They never come back.
const TRIES: u32 = 20;

/// People who have met.
struct Scene {
    seed: Seed,
    ana: Scope,
    ben: AccountId,
    /// Whom Ana follows.
    cid: AccountId,
    /// Whom Ana has blocked.
    dan: AccountId,
    post: PostId,
    session: SessionId,
    /// One that Ana likes.
    liked: PostId,
    removed: PostId,
    picture: PictureId,
    comment: CommentId,
    conversation: ConversationId,
    /// One that Ana has written.
    own_message: ReadPosition,
}

async fn scene() -> Scene {
    let rates = Rates::default().each(|limit, rate| match limit {
        // What a socket says may not be what is refused.
        Limit::Frames => rate,
        _ => Rate { burst: TRIES, refill: Duration::from_secs(1 << 30) },
    });
    let seed = Seed::new(TestDb::sqlite(rates).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    let (cid, dan) = (seed.person("cid").await, seed.person("dan").await);
    seed.follow(&ana, &cid).await;
    seed.block(&ana, &dan).await;
    let (liked, removed) = (seed.post(&ana, "liked").await.id, seed.post(&ana, "removed").await.id);
    seed.like(&ana, liked).await;
    post::remove(&seed.cx, &ana, removed).await.expect("a removed post");
    let picture = seed.picture(&ana).await;
    let post = seed.post(&ana, "hello").await.id;
    let comment = seed.comment(&ana, post, "hello").await.id;
    let conversation = seed.say(&ben, &ana, "hello").await.conversation;
    let own = seed.say(&ana, &ben, "hello").await;
    let session = seed.signed_in(ana.member().expect("a person").clone()).await;
    Scene {
        session: session.session().expect("a session").id,
        ana,
        ben: id(&ben),
        cid: id(&cid),
        dan: id(&dan),
        post,
        liked,
        removed,
        picture,
        comment,
        conversation,
        own_message: ReadPosition { conversation: own.conversation, seq: own.seq },
        seed,
    }
}

impl Scene {
    fn seen(&self) -> ReadPosition {
        ReadPosition { conversation: self.conversation, seq: 1 }
    }
}

type Call = for<'s> fn(&'s Scene) -> BoxFuture<'s, Result<(), Error>>;

/// A use case by its name, and how it is called.
macro_rules! calls {
    ($($name:literal => |$scene:ident| $call:expr),* $(,)?) => {
        &[$((
            $name,
            (|$scene| Box::pin(async move { $call.await.map(|_| ()) })) as Call,
        )),*]
    };
}

const WRITES: &[(&str, Call)] = calls! {
    "account::sign_up" => |s| account::sign_up(&s.seed.cx, &Seed::nobody(), Seed::form("newcomer")),
    "account::verify" => |s| account::verify(&s.seed.cx, &Seed::nobody(), "x"),
    "account::resend" => |s| account::resend(&s.seed.cx, &Seed::nobody(), "ana@example.org", None),
    "account::forgot" => |s| account::forgot(&s.seed.cx, &Seed::nobody(), "ana@example.org"),
    "account::reset" => |s| account::reset(&s.seed.cx, &Seed::nobody(), "x", "plum tiger stairs 9"),
    "deletion::close_account" => |s| deletion::close_account(&s.seed.cx, &s.ana, "wrong".into()),
    "export::request" => |s| export::request(&s.seed.cx, &s.ana),
    "account::settings::save_preferences" =>
        |s| account::settings::save_preferences(&s.seed.cx, &s.ana, Preferences::default()),
    "account::settings::change_password" =>
        |s| account::settings::change_password(&s.seed.cx, &s.ana, ChangePassword { current_password: "wrong".into(), ..ChangePassword::default() }),
    "account::email_change::request" =>
        |s| account::email_change::request(&s.seed.cx, &s.ana, "new@example.org", "wrong".into()),
    "account::email_change::cancel" => |s| account::email_change::cancel(&s.seed.cx, &s.ana),
    "account::email_change::confirm" => |s| account::email_change::confirm(&s.seed.cx, &Seed::nobody(), "x"),
    "session::enter_code" => |s| session::enter_code(&s.seed.cx, &Seed::nobody(), "x", "123456", "a test"),
    "session::devices::sign_out" => |s| session::devices::sign_out(&s.seed.cx, &s.ana, s.session),
    "session::devices::sign_out_others" => |s| session::devices::sign_out_others(&s.seed.cx, &s.ana),
    "two_factor::begin" => |s| two_factor::begin(&s.seed.cx, &s.ana, "wrong".into()),
    "two_factor::confirm" => |s| two_factor::confirm(&s.seed.cx, &s.ana, "123456"),
    "two_factor::renew_recovery_codes" => |s| two_factor::renew_recovery_codes(&s.seed.cx, &s.ana, "wrong".into()),
    "two_factor::turn_off" => |s| two_factor::turn_off(&s.seed.cx, &s.ana, "wrong".into(), "123456"),
    "passkey::begin" => |s| passkey::begin(&s.seed.cx, &s.ana, "wrong".into()),
    "passkey::confirm" => |s| passkey::confirm(&s.seed.cx, &s.ana, "{}", "a test"),
    "passkey::remove" => |s| passkey::remove(&s.seed.cx, &s.ana, "wrong".into(), unknown_passkey()),
    "session::passkey::begin" => |s| session::passkey::begin(&s.seed.cx, &Seed::nobody()),
    "session::passkey::log_in" => |s| session::passkey::log_in(&s.seed.cx, &Seed::nobody(), "x", "{}", "a test"),
    "session::log_in" => |s| session::log_in(&s.seed.cx, &Seed::nobody(), credentials(), "a test"),
    "session::log_out" => |s| session::log_out(&s.seed.cx, &s.ana),
    "block::block" => |s| block::block(&s.seed.cx, &s.ana, s.ben),
    "block::unblock" => |s| block::unblock(&s.seed.cx, &s.ana, s.dan),
    "follow::follow" => |s| follow::follow(&s.seed.cx, &s.ana, s.ben),
    "follow::unfollow" => |s| follow::unfollow(&s.seed.cx, &s.ana, s.cid),
    "suggestion::dismiss" => |s| suggestion::dismiss(&s.seed.cx, &s.ana, s.ben),
    "post::publish" => |s| post::publish(&s.seed.cx, &s.ana, NewPost { body: "hello".into(), ..NewPost::default() }),
    "post::edit" => |s| post::edit(&s.seed.cx, &s.ana, edited_post(s)),
    "post::remove" => |s| post::remove(&s.seed.cx, &s.ana, s.post),
    "post::restore" => |s| post::restore(&s.seed.cx, &s.ana, s.removed),
    "comment::write" => |s| comment::write(&s.seed.cx, &s.ana, new_comment(s)),
    "comment::edit" => |s| comment::edit(&s.seed.cx, &s.ana, edited_comment(s)),
    "comment::remove" => |s| comment::remove(&s.seed.cx, &s.ana, s.comment),
    "like::like" => |s| like::like(&s.seed.cx, &s.ana, s.post),
    "like::unlike" => |s| like::unlike(&s.seed.cx, &s.ana, s.liked),
    // Nothing can be accepted that was not admitted.
    "media::admit" => |s| media::admit(&s.seed.cx, &s.ana, None),
    "media::accept" => |s| s.seed.send_picture(&s.ana, b"no picture"),
    "media::discard" => |s| media::discard(&s.seed.cx, &s.ana, s.picture),
    "profile::edit" => |s| profile::edit(&s.seed.cx, &s.ana, EditProfile { bio: "hello".into(), ..EditProfile::default() }),
    "profile::change_username" => |s| profile::change_username(&s.seed.cx, &s.ana, "another"),
    "profile::set_picture" => |s| profile::set_picture(&s.seed.cx, &s.ana, s.picture, None),
    "profile::remove_picture" => |s| profile::remove_picture(&s.seed.cx, &s.ana),
    "chat::send" => |s| chat::send(&s.seed.cx, &s.ana, new_message(s)),
    "chat::message::edit" => |s| chat::message::edit(&s.seed.cx, &s.ana, edited_message(s)),
    "chat::message::remove" => |s| chat::message::remove(&s.seed.cx, &s.ana, s.own_message.conversation, s.own_message.seq),
    "chat::read" => |s| chat::read(&s.seed.cx, &s.ana, s.seen()),
    "notification::read" => |s| notification::read(&s.seed.cx, &s.ana, any_notification(s)),
    "notification::read_all" => |s| notification::read_all(&s.seed.cx, &s.ana, any_notification(s)),
    "notification::delete" => |s| notification::delete(&s.seed.cx, &s.ana, any_notification(s)),
    "notification::delete_all" => |s| notification::delete_all(&s.seed.cx, &s.ana, any_notification(s)),
    "notification::settings::save" =>
        |s| notification::settings::save(&s.seed.cx, &s.ana, NotificationSettings::default()),
    "live::answer" => |s| answered(s, ClientMessage::Chat(ChatRequest::Read { position: s.seen() })),
};

const READS: &[(&str, Call)] = calls! {
    "account::me" => |s| account::me(&s.seed.cx, &s.ana),
    "account::settings::view" => |s| account::settings::view(&s.seed.cx, &s.ana),
    "session::devices::list" => |s| session::devices::list(&s.seed.cx, &s.ana),
    "passkey::list" => |s| passkey::list(&s.seed.cx, &s.ana),
    "passkey::set_up" => |s| passkey::set_up(&s.seed.cx, &s.ana),
    "two_factor::view" => |s| two_factor::view(&s.seed.cx, &s.ana),
    "two_factor::set_up" => |s| two_factor::set_up(&s.seed.cx, &s.ana),
    "history::overview" => |s| history::overview(&s.seed.cx, &s.ana),
    "history::posts" => |s| history::posts(&s.seed.cx, &s.ana, None),
    "history::log_ins" => |s| history::log_ins(&s.seed.cx, &s.ana, None),
    "profile::view" => |s| profile::view(&s.seed.cx, &s.ana, "ben", None),
    "profile::own" => |s| profile::own(&s.seed.cx, &s.ana),
    "follow::list" => |s| follow::list(&s.seed.cx, &s.ana, followers_of_ben()),
    "block::list" => |s| block::list(&s.seed.cx, &s.ana, None),
    "search::people" => |s| search::people(&s.seed.cx, &s.ana, "ben"),
    "search::posts" => |s| search::posts(&s.seed.cx, &s.ana, "hello", None),
    "suggestion::list" => |s| suggestion::list(&s.seed.cx, &s.ana),
    "suggestion::panel" => |s| suggestion::panel(&s.seed.cx, &s.ana),
    "post::view" => |s| post::view(&s.seed.cx, &s.ana, s.post),
    "post::versions" => |s| post::versions(&s.seed.cx, &s.ana, s.post),
    "feed::page" => |s| feed::page(&s.seed.cx, &s.ana, FeedQuery { kind: FeedKind::Everyone, before: None }),
    "comment::page" => |s| comment::page(&s.seed.cx, &s.ana, s.post, PageRequest::First),
    "comment::replies" => |s| comment::replies(&s.seed.cx, &s.ana, s.comment, s.comment),
    "like::people" => |s| like::people(&s.seed.cx, &s.ana, s.post, None),
    "like::counts" => |s| like::counts(&s.seed.cx, &s.ana, s.post),
    "post::published" => |s| post::published(&s.seed.cx, &s.ana, s.seed.cx.new_id().ok()),
    "media::own" => |s| media::own(&s.seed.cx, &s.ana, &[s.picture]),
    "media::open" => |s| media::open(&s.seed.cx, &s.ana, s.picture, PictureSize::Small),
    "media::open_profile_picture" => |s| media::open_profile_picture(&s.seed.cx, &s.ana, face(s), ProfilePictureSize::Small),
    "chat::open" => |s| chat::open(&s.seed.cx, &s.ana, "ben"),
    "chat::earlier" => |s| chat::earlier(&s.seed.cx, &s.ana, s.conversation, 1),
    "chat::typing" => |s| chat::typing(&s.seed.cx, &s.ana, s.conversation),
    "presence::states" => |s| presence::states(&s.seed.cx, &s.ana, &[s.ben]),
    "chat::since" => |s| chat::since(&s.seed.cx, &s.ana, s.seen().into(), 0),
    "chat::partners::list" => |s| chat::partners::list(&s.seed.cx, &s.ana, PartnerQuery::default()),
    "chat::conversations" => |s| chat::conversations(&s.seed.cx, &s.ana),
    "notification::list" => |s| notification::list(&s.seed.cx, &s.ana, None),
    "notification::preview" => |s| notification::preview(&s.seed.cx, &s.ana, any_notification(s)),
    "notification::settings::view" => |s| notification::settings::view(&s.seed.cx, &s.ana),
    "export::latest" => |s| export::latest(&s.seed.cx, &s.ana),
    "export::open" => |s| export::open(&s.seed.cx, &s.ana, s.seed.cx.new_id().expect("an id").into()),
    "badge::own" => |s| badge::own(&s.seed.cx, &s.ana),
    "live::connect" => |s| live::connect(&s.seed.cx, &s.ana, OPENING),
    "live::resolve" => |s| resolved(s),
};

const OPENING: live::Opening =
    live::Opening { since: None, badges: protocol::live::Badges::NONE, is_away: false };

async fn resolved(scene: &Scene) -> Result<(), Error> {
    let (connection, _) = live::connect(&scene.seed.cx, &scene.ana, OPENING).await?;
    live::resolve(&scene.seed.cx, &scene.ana, &connection, Outgoing::Relations).await.map(drop)
}

/// A profile picture that nobody has.
fn face(scene: &Scene) -> ProfilePictureId {
    scene.seed.cx.new_id().expect("an id").into()
}

fn any_notification(scene: &Scene) -> NotificationId {
    scene.seed.cx.new_id().expect("an id").into()
}

fn followers_of_ben() -> FollowQuery {
    FollowQuery { username: "ben".into(), list: FollowList::Followers, name: String::new(), after: None }
}

fn unknown_passkey() -> PasskeyId {
    uuid::Uuid::nil().into()
}

fn credentials() -> Credentials {
    Credentials { login: "ana".into(), password: "plum tiger stairs 9".into() }
}

fn edited_post(scene: &Scene) -> EditPost {
    EditPost { post: scene.post, version: 0, body: "hello again".into(), pictures: Vec::new() }
}

fn new_comment(scene: &Scene) -> NewComment {
    NewComment { client_id: None, post: scene.post, answers: None, body: "hello".into() }
}

fn edited_comment(scene: &Scene) -> EditComment {
    EditComment { comment: scene.comment, version: 0, body: "hello again".into() }
}

fn edited_message(scene: &Scene) -> EditMessage {
    let ReadPosition { conversation, seq } = scene.own_message;
    EditMessage { conversation, seq, body: "hello again".into() }
}

fn new_message(scene: &Scene) -> NewMessage {
    NewMessage {
        to: scene.ben,
        client_id: scene.seed.cx.new_id().expect("an id"),
        body: "hello".into(),
        reply_to: None,
    }
}

async fn answered(scene: &Scene, message: ClientMessage) -> Result<(), Error> {
    let (connection, _) = live::connect(&scene.seed.cx, &scene.ana, OPENING).await?;
    live::answer(&scene.seed.cx, &scene.ana, &mut live::Answers::to(message, &connection)).await.map(drop)
}

#[test]
fn every_use_case_is_among_those_that_write_or_those_that_read() {
    let mut listed: Vec<&str> = WRITES.iter().chain(READS).map(|(name, _)| *name).collect();
    let mut all: Vec<&str> = block::matrix::use_cases().map(|entry| entry.name).collect();
    listed.sort_unstable();
    all.sort_unstable();
    assert_eq!(listed, all);
}

#[tokio::test]
async fn every_use_case_that_writes_is_refused_when_it_comes_too_often() {
    for (name, call) in WRITES {
        let scene = scene().await;
        // What is so already is answered whatever the limits say: so nothing is done before they are used up.
        let (limits, ana) = (&scene.seed.cx.limits, id(&scene.ana));
        for limit in Limit::ALL.into_iter().filter(|limit| *limit != Limit::Frames) {
            while limits.spend(limit, ana).is_ok() {}
        }
        for _ in 0..TRIES {
            // Whether this one does what was asked is no matter.
            _ = call(&scene).await;
        }
        let refused = call(&scene).await.err().map(Error::into_problem);
        assert!(matches!(refused, Some(Problem::TooMany { .. })), "{name}: {refused:?}");
    }
}

#[tokio::test]
async fn every_other_use_case_only_reads() {
    let scene = scene().await;
    for (name, call) in READS {
        scene.seed.query_log.take();
        _ = call(&scene).await;
        for statement in scene.seed.query_log.take() {
            let sql = statement.sql.to_ascii_uppercase();
            let writes = ["INSERT INTO", "UPDATE ", "DELETE FROM"].iter().any(|verb| sql.contains(verb));
            assert!(!writes, "{name}: {sql}");
        }
    }
}
