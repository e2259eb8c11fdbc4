//! Random simulations of four people, run on both databases: the same things happen, everybody sees the same, and every
//! number that is shown is the length of the list behind it.

use proptest::{
    prelude::{Strategy, any},
    test_runner::{Config, TestRunner},
};
use protocol::{
    AccountId, CommentId, PostId,
    comment::{CommentView, EditComment, NewComment, PageRequest, ThreadView},
    feed::{FeedKind, FeedQuery},
    media::AttachedPicture,
    post::{Counts, EditPost, NewPost, PostView, UNDO_SECONDS},
    profile::{ProfileContent, ProfileView},
};

use crate::{
    Error, Scope, badge, block, chat, comment, feed, follow, like,
    limit::Rates,
    notification, post, profile,
    testing::{Seed, TestDb, id},
};

const NAMES: [&str; 4] = ["ana", "ben", "cid", "dora"];

/// What one of the four does. Posts and comments are chosen among those that there are.
#[derive(Debug, Clone, Copy)]
struct Step {
    who: usize,
    action: Action,
    whom: usize,
    which: usize,
}

#[derive(Debug, Clone, Copy)]
enum Action {
    Follow,
    Unfollow,
    Block,
    Unblock,
    Post,
    PostPicture,
    EditPost,
    RemovePost,
    RestorePost,
    Like,
    Unlike,
    Comment,
    Reply,
    EditComment,
    RemoveComment,
    Message,
    Read,
    /// Half a minute goes by, and what was put off is done.
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    use Action::{
        Block, Comment, EditComment, EditPost, Follow, Like, Message, Post, PostPicture, Read, RemoveComment,
        RemovePost, Reply, RestorePost, Unblock, Unfollow, Unlike, Wait,
    };
    let actions = [
        Follow,
        Unfollow,
        Block,
        Unblock,
        Unblock,
        Post,
        Post,
        PostPicture,
        EditPost,
        RemovePost,
        RestorePost,
        Like,
        Like,
        Unlike,
        Comment,
        Comment,
        Reply,
        Reply,
        Reply,
        EditComment,
        RemoveComment,
        RemoveComment,
        Message,
        Message,
        Read,
        Wait,
    ];
    (0..4_usize, proptest::sample::select(actions.to_vec()), 0..4_usize, any::<proptest::sample::Index>())
        .prop_map(|(who, action, whom, which)| Step { who, action, whom, which: which.index(1_000) })
}

/// One simulation on one database. People are new in each simulation, so simulations do not meet.
struct Simulation<'s> {
    seed: &'s Seed,
    people: Vec<Scope>,
    posts: Vec<PostId>,
    comments: Vec<(PostId, CommentId)>,
}

impl<'s> Simulation<'s> {
    async fn begin(seed: &'s Seed, number: usize) -> Self {
        let mut people = Vec::new();
        for name in NAMES {
            people.push(seed.person(&format!("{name}_{number}x")).await);
        }
        Self { seed, people, posts: Vec::new(), comments: Vec::new() }
    }

    /// Does a step, and says what came of it.
    async fn perform(&mut self, step: Step) -> String {
        let (cx, who, whom) = (&self.seed.cx, &self.people[step.who], id(&self.people[step.whom]));
        let post = self.posts.get(step.which % self.posts.len().max(1)).copied();
        let commented = self.comments.get(step.which % self.comments.len().max(1)).copied();
        let body = format!("{step:?}");
        let done: Result<(), Error> = match (step.action, post, commented) {
            (Action::Follow, ..) => follow::follow(cx, who, whom).await,
            (Action::Unfollow, ..) => follow::unfollow(cx, who, whom).await,
            (Action::Block, ..) => block::block(cx, who, whom).await,
            (Action::Unblock, ..) => block::unblock(cx, who, whom).await,
            (Action::Post, ..) => {
                let new = NewPost { body, ..NewPost::default() };
                post::publish(cx, who, new).await.map(|post| self.posts.push(post.id))
            }
            (Action::PostPicture, ..) => {
                let pictures = vec![AttachedPicture { id: self.seed.picture(who).await, alt: body }];
                let new = NewPost { pictures, ..NewPost::default() };
                post::publish(cx, who, new).await.map(|post| self.posts.push(post.id))
            }
            (Action::EditPost, Some(post), _) => {
                // The same number of edits on both databases, whoever asks.
                let version = post::view(cx, who, post).await.map_or(0, |post| post.version);
                post::edit(cx, who, EditPost { post, version, body, pictures: Vec::new() }).await.map(drop)
            }
            (Action::RemovePost, Some(post), _) => post::remove(cx, who, post).await,
            (Action::RestorePost, Some(post), _) => post::restore(cx, who, post).await.map(drop),
            (Action::Like, Some(post), _) => like::like(cx, who, post).await.map(drop),
            (Action::Unlike, Some(post), _) => like::unlike(cx, who, post).await.map(drop),
            (Action::Comment, Some(post), _) => {
                comment::write(cx, who, NewComment { client_id: None, post, answers: None, body })
                    .await
                    .map(|comment| self.comments.push((post, comment.id)))
            }
            (Action::Reply, _, Some((post, answered))) => {
                comment::write(cx, who, NewComment { client_id: None, post, answers: Some(answered), body })
                    .await
                    .map(|comment| self.comments.push((post, comment.id)))
            }
            (Action::EditComment, _, Some((_, comment))) => {
                comment::edit(cx, who, EditComment { comment, version: 0, body }).await.map(drop)
            }
            (Action::RemoveComment, _, Some((_, comment))) => comment::remove(cx, who, comment).await,
            (Action::Wait, ..) => {
                self.seed.clock.advance_seconds(i64::from(UNDO_SECONDS) + 1);
                self.seed.run_jobs().await;
                Ok(())
            }
            (Action::Message, ..) => {
                let client_id = cx.new_id().expect("an id");
                let new = protocol::chat::NewMessage { to: whom, client_id, body, reply_to: None };
                chat::send(cx, who, new).await.map(drop)
            }
            (Action::Read, ..) => self.read_all(who).await,
            // There is none yet.
            (Action::EditPost | Action::RemovePost | Action::RestorePost, None, _) => Ok(()),
            (Action::Like | Action::Unlike | Action::Comment, None, _) => Ok(()),
            (Action::Reply | Action::EditComment | Action::RemoveComment, _, None) => Ok(()),
        };
        self.seed.clock.advance_seconds(1);
        match done {
            Ok(()) => "done".to_owned(),
            Err(error) => format!("{:?}", error.problem()),
        }
    }

    async fn read_all(&self, who: &Scope) -> Result<(), Error> {
        for row in chat::conversations(&self.seed.cx, who).await? {
            let seen = protocol::chat::ReadPosition { conversation: row.id, seq: row.last.seq };
            chat::read(&self.seed.cx, who, seen).await?;
        }
        Ok(())
    }

    /// Everything that everybody sees, with people by their place among the four.
    async fn seen_by_all(&self) -> Vec<String> {
        let mut seen = Vec::new();
        for who in &self.people {
            self.feeds(who, &mut seen).await;
            self.profiles(who, &mut seen).await;
            self.chats(who, &mut seen).await;
            self.notifications(who, &mut seen).await;
        }
        seen
    }

    async fn feeds(&self, who: &Scope, seen: &mut Vec<String>) {
        let cx = &self.seed.cx;
        let mut kinds =
            vec![("everyone".to_owned(), FeedKind::Everyone), ("following".to_owned(), FeedKind::Following)];
        kinds.extend(self.people.iter().enumerate().map(|(number, person)| {
            (format!("by {number}"), FeedKind::By(person.account().expect("a person")))
        }));
        for (name, kind) in kinds {
            let page = feed::page(cx, who, FeedQuery { kind, before: None }).await.expect("a feed");
            for post in page.items.iter().filter(|post| self.posts.contains(&post.id)) {
                let author = self.place(post.author.id);
                let PostView { counts, liked, body, version, pictures, .. } = post;
                let alts: Vec<_> = pictures.iter().map(|picture| &picture.alt).collect();
                let Counts { likes, comments, .. } = counts;
                seen.push(format!("{name} {author} {likes} {comments} {liked} {body} {version} {alts:?}"));
                let comments = self.comments_on(who, post.id).await;
                let written = comments.iter().filter(|comment| comment.author.is_some()).count();
                assert_eq!(written, post.counts.comments as usize, "{post:?}: {comments:?}");
                seen.extend(comments.iter().map(|comment| {
                    let author = comment.author.as_ref().map(|author| self.place(author.id));
                    let answers = comment.answers.as_ref().map(|person| self.place(person.id));
                    format!("{author:?} {} {answers:?} {}", comment.body, comment.version)
                }));
            }
        }
    }

    /// All comments and replies, read to the end of each list.
    async fn comments_on(&self, who: &Scope, post: PostId) -> Vec<CommentView> {
        let (cx, mut all, mut piece) = (&self.seed.cx, Vec::new(), PageRequest::First);
        loop {
            let page = comment::page(cx, who, post, piece).await.expect("comments");
            for ThreadView { comment, mut replies, mut more } in page.threads {
                piece = PageRequest::After(comment.id);
                while more {
                    let last = replies.last().expect("a reply").id;
                    let page = comment::replies(cx, who, comment.id, last).await.expect("replies");
                    more = page.more;
                    replies.extend(page.items);
                }
                all.push(comment);
                all.extend(replies);
            }
            if !page.more {
                return all;
            }
        }
    }

    async fn profiles(&self, who: &Scope, seen: &mut Vec<String>) {
        for whom in &self.people {
            let username = &whom.member().expect("a person").username;
            seen.push(match profile::view(&self.seed.cx, who, username, None).await {
                Ok(ProfileView::Open(profile)) => {
                    let ProfileContent::Posts(posts) = &profile.content else { panic!("another tab") };
                    format!(
                        "{} followers, {} following, {:?}, {} posts",
                        profile.followers,
                        profile.following,
                        profile.relation,
                        posts.items.len()
                    )
                }
                Ok(ProfileView::YouBlocked { person }) => format!("blocked {}", self.place(person.id)),
                Err(error) => format!("{:?}", error.problem()),
            });
        }
    }

    async fn chats(&self, who: &Scope, seen: &mut Vec<String>) {
        let cx = &self.seed.cx;
        let rows = chat::conversations(cx, who).await.expect("conversations");
        let unread = badge::own(cx, who).await.expect("a number").chats;
        assert_eq!(rows.iter().filter(|row| row.unread > 0).count(), unread as usize);
        for row in rows {
            let chat = chat::open(cx, who, &row.with.username).await.expect("a chat");
            assert_eq!(chat.messages.last(), Some(&row.last));
            let dense =
                chat.messages.iter().rev().zip((1..=row.last.seq).rev()).all(|(said, seq)| said.seq == seq);
            assert!(dense, "{:?}", chat.messages);
            let said: Vec<_> =
                chat.messages.iter().map(|said| (self.place(said.sender), &said.body)).collect();
            seen.push(format!("with {}: {} unread, {said:?}", self.place(row.with.id), row.unread));
        }
    }

    async fn notifications(&self, who: &Scope, seen: &mut Vec<String>) {
        let cx = &self.seed.cx;
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = notification::list(cx, who, before).await.expect("notifications").page;
            before = page.items.last().map(|last| last.id);
            all.extend(page.items);
            if !page.more {
                break;
            }
        }
        let unread = badge::own(cx, who).await.expect("a number").notifications;
        assert_eq!(all.iter().filter(|one| one.is_unread).count(), unread as usize);
        for one in all {
            let people: Vec<_> = one.people.iter().map(|person| self.place(person.id)).collect();
            let kind = one.cause.kind().name();
            seen.push(format!("{kind} by {people:?} and {}: {} {}", one.others, one.excerpt, one.is_unread));
        }
    }

    fn place(&self, person: AccountId) -> usize {
        self.people.iter().position(|one| id(one) == person).expect("one of the four")
    }
}

/// Runs one simulation on one database: what came of each step, and what everybody sees in the end.
async fn run(seed: &Seed, number: usize, steps: &[Step]) -> (Vec<String>, Vec<String>) {
    let mut simulation = Simulation::begin(seed, number).await;
    let mut outcomes = Vec::new();
    for step in steps {
        outcomes.push(simulation.perform(*step).await);
    }
    (outcomes, simulation.seen_by_all().await)
}

#[test]
fn a_simulation_goes_the_same_way_on_both_databases_and_counters_stay_right() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let rates = Rates::default().times(1_000_000);
    let (sqlite, postgres) =
        runtime.block_on(async { (TestDb::sqlite(rates).await, TestDb::postgres(rates).await) });
    let (sqlite, postgres) = (Seed::new(sqlite), Seed::new(postgres));
    let simulations = std::cell::Cell::new(0);
    let config = Config { cases: 40, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let told = TestRunner::new(config).run(&proptest::collection::vec(step(), 1..40), |steps| {
        simulations.set(simulations.get() + 1);
        runtime.block_on(async {
            let (one, other) = (
                run(&sqlite, simulations.get(), &steps).await,
                run(&postgres, simulations.get(), &steps).await,
            );
            assert_eq!(one, other);
            sqlite.assert_counters_are_right().await;
            postgres.assert_counters_are_right().await;
        });
        Ok(())
    });
    told.unwrap_or_else(|failed| panic!("{failed}"));
}
