//! Whether somebody is hidden or does not exist, takes the same steps: the same statements, one after the other. An answer that
//! takes longer would tell.

use std::fmt::Debug;

use protocol::{
    AccountId, CommentId, PostId, Problem,
    chat::NewMessage,
    comment::{EditComment, NewComment, PageRequest},
    media::PictureSize,
};
use uuid::Uuid;

use crate::{
    Error, Scope, block, chat, comment, follow, like, media, post, profile,
    testing::{Seed, both, id, watch},
};

/// Ben, who is hidden from Ana, and his things; or nobody, and nothing.
struct Target {
    person: AccountId,
    username: String,
    post: PostId,
    comment: CommentId,
    /// On a post that Ana sees.
    comment_elsewhere: CommentId,
    picture: protocol::PictureId,
}

/// What was answered and which statements that took.
async fn steps<T: Debug>(
    seed: &Seed,
    what: impl Future<Output = Result<T, Error>>,
) -> (Problem, Vec<String>) {
    seed.query_log.take();
    let answer = what.await;
    let statements = seed.query_log.take().into_iter().map(|statement| statement.sql).collect();
    (answer.expect_err("a refusal").into_problem(), statements)
}

async fn all_steps(
    seed: &Seed,
    ana: &Scope,
    elsewhere: PostId,
    target: &Target,
) -> Vec<(&'static str, (Problem, Vec<String>))> {
    let cx = &seed.cx;
    let comment = |post, answers| NewComment { client_id: None, post, answers, body: "hello".into() };
    let edit = |comment| EditComment { comment, version: 0, body: "other".into() };
    let message =
        NewMessage { to: target.person, client_id: Uuid::from_u128(7), body: "hello".into(), reply_to: None };
    vec![
        ("profile", steps(seed, profile::view(cx, ana, &target.username, None)).await),
        ("follow", steps(seed, follow::follow(cx, ana, target.person)).await),
        ("block", steps(seed, block::block(cx, ana, target.person)).await),
        ("send", steps(seed, chat::send(cx, ana, message)).await),
        ("open", steps(seed, chat::open(cx, ana, &target.username)).await),
        ("post", steps(seed, post::view(cx, ana, target.post)).await),
        ("versions", steps(seed, post::versions(cx, ana, target.post)).await),
        ("like", steps(seed, like::like(cx, ana, target.post)).await),
        ("unlike", steps(seed, like::unlike(cx, ana, target.post)).await),
        ("people", steps(seed, like::people(cx, ana, target.post, None)).await),
        ("counts", steps(seed, like::counts(cx, ana, target.post)).await),
        ("comments", steps(seed, comment::page(cx, ana, target.post, PageRequest::First)).await),
        ("write", steps(seed, comment::write(cx, ana, comment(target.post, None))).await),
        (
            "answer",
            steps(seed, comment::write(cx, ana, comment(elsewhere, Some(target.comment_elsewhere)))).await,
        ),
        ("edit", steps(seed, comment::edit(cx, ana, edit(target.comment))).await),
        ("edit elsewhere", steps(seed, comment::edit(cx, ana, edit(target.comment_elsewhere))).await),
        ("remove", steps(seed, comment::remove(cx, ana, target.comment)).await),
        ("remove elsewhere", steps(seed, comment::remove(cx, ana, target.comment_elsewhere)).await),
        ("replies", steps(seed, comment::replies(cx, ana, target.comment, target.comment)).await),
        (
            "replies elsewhere",
            steps(seed, comment::replies(cx, ana, target.comment_elsewhere, target.comment_elsewhere)).await,
        ),
        (
            "picture",
            steps(seed, async { media::open(cx, ana, target.picture, PictureSize::Small).await.map(drop) })
                .await,
        ),
    ]
}

#[tokio::test]
async fn somebody_hidden_takes_the_same_statements_as_somebody_who_does_not_exist() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let elsewhere = seed.post(&cid, "by cid").await.id;
        let post = seed.post(&ben, "by ben").await.id;
        let hidden = Target {
            person: id(&ben),
            username: "ben".to_owned(),
            post,
            comment: seed.comment(&cid, post, "by cid").await.id,
            comment_elsewhere: seed.comment(&ben, elsewhere, "by ben").await.id,
            picture: seed.picture(&ben).await,
        };
        let unknown = Target {
            person: Uuid::from_u128(1).into(),
            username: "nobody_here".to_owned(),
            post: Uuid::from_u128(2).into(),
            comment: Uuid::from_u128(3).into(),
            comment_elsewhere: Uuid::from_u128(4).into(),
            picture: Uuid::from_u128(5).into(),
        };
        seed.block(&ben, &ana).await;
        let (hidden, unknown) = (
            all_steps(&seed, &ana, elsewhere, &hidden).await,
            all_steps(&seed, &ana, elsewhere, &unknown).await,
        );
        for ((what, hidden), (_, unknown)) in hidden.into_iter().zip(unknown) {
            assert_eq!(hidden.0, Problem::NotFound, "{what}");
            assert_eq!(hidden, unknown, "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_takes_back_from_somebody_hidden_takes_the_same_statements_as_from_nobody() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ben, &ana).await;
        let steps = async |whom: AccountId| {
            seed.query_log.take();
            follow::unfollow(&seed.cx, &ana, whom).await.expect("no follow");
            block::unblock(&seed.cx, &ana, whom).await.expect("no block");
            let statements = seed.query_log.take().into_iter().map(|statement| statement.sql);
            statements.collect::<Vec<_>>()
        };
        assert_eq!(steps(id(&ben)).await, steps(Uuid::from_u128(1).into()).await);
        let socket = seed.connect(&ana).await;
        let post = seed.post(&ben, "by ben").await.id;
        let watch = async |post| {
            seed.query_log.take();
            socket.say(watch([post], [])).await;
            seed.query_log.take().len()
        };
        assert_eq!(watch(post).await, watch(Uuid::from_u128(2).into()).await);
    })
    .await;
}
