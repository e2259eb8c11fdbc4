//! What depends on its readers is read for all of them together.

use std::time::Duration;

use protocol::live::ServerMessage;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Scope,
    db::{IntoValue, all, execute},
    hub::{Connection, INTERVAL, Outgoing},
    like,
    live::answer_due,
    post,
    testing::{Seed, Socket, both, id, watch, watched},
};

#[derive(FromQueryResult)]
struct Reader {
    id: Uuid,
}

/// So many people, each with a socket that watches the post; every second one has blocked `hidden`.
async fn watchers(seed: &Seed, count: usize, post: protocol::PostId, hidden: &Scope) -> Vec<(Scope, Socket)> {
    let mut watchers = Vec::new();
    for number in 0..count {
        let person = seed.person(&format!("reader{number}")).await;
        if number % 2 == 0 {
            seed.block(&person, hidden).await;
        }
        let mut socket = seed.connect(&person).await;
        socket.say(watch([post], [])).await;
        socket.received().await;
        watchers.push((person, socket));
    }
    watchers
}

/// What a socket has heard, without when it was read.
async fn counts(socket: &mut Socket) -> Vec<(u32, u32)> {
    let counts = |message| match message {
        ServerMessage::Post(protocol::post::PostMessage::CountsChanged { counts, .. }) => {
            (counts.likes, counts.comments)
        }
        other => panic!("{other:?}"),
    };
    socket.received().await.into_iter().map(counts).collect()
}

#[tokio::test]
async fn a_like_that_many_watch_is_one_statement_whoever_of_them_has_blocks() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        let mut watchers = watchers(&seed, 40, post, &ben).await;
        seed.clock.advance_seconds(2);
        seed.like(&ben, post).await;
        seed.query_log.take();
        answer_due(&seed.cx, Duration::ZERO).await;
        assert_eq!(seed.query_log.take().len(), 1);
        // Five more within a second: they are told together, when it is over.
        for _ in 0..2 {
            seed.like(&cid, post).await;
            like::unlike(&seed.cx, &cid, post).await.unwrap();
        }
        seed.like(&cid, post).await;
        seed.query_log.take();
        answer_due(&seed.cx, Duration::ZERO).await;
        assert_eq!(seed.query_log.take().len(), 0);
        answer_due(&seed.cx, INTERVAL).await;
        assert_eq!(seed.query_log.take().len(), 1);
        for (number, (_, socket)) in watchers.iter_mut().enumerate() {
            let expected = if number % 2 == 0 { vec![(1, 0)] } else { vec![(1, 0), (2, 0)] };
            assert_eq!(counts(socket).await, expected, "reader {number}");
        }
    })
    .await;
}

#[tokio::test]
async fn counts_for_many_readers_are_what_each_of_them_reads_alone() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        let (mut people, mut comments) = (vec![ana, ben, cid], Vec::new());
        for number in 0..6 {
            people.push(seed.person(&format!("reader{number}")).await);
        }
        for (number, person) in people.iter().enumerate() {
            let answers = (number % 3 == 0).then(|| comments.last().copied()).flatten();
            let new = protocol::comment::NewComment { client_id: None, post, answers, body: "hello".into() };
            comments.push(seed.reply(person, new).await.id);
            if number % 2 == 0 {
                seed.like(person, post).await;
            }
        }
        for (blocker, blocked) in [(3, 1), (3, 2), (4, 3), (1, 5), (6, 0), (7, 8)] {
            seed.block(&people[blocker], &people[blocked]).await;
        }
        let ids: Vec<_> = people.iter().map(id).collect();
        let together = post::counts::for_readers(&seed.cx, post, &ids).await.expect("counts");
        for person in &people {
            let alone = like::counts(&seed.cx, person, post).await.ok().map(|one| (one.likes, one.comments));
            let of = |(reader, one): &(_, protocol::post::Counts)| {
                (*reader == id(person)).then_some((one.likes, one.comments))
            };
            assert_eq!(together.iter().find_map(of), alone, "{}", person.member().unwrap().username);
        }
        assert_eq!(together.len(), people.len() - 1, "the author blocked one of them");
    })
    .await;
}

#[tokio::test]
async fn a_like_that_a_thousand_people_watch_half_of_them_with_a_block_is_one_statement() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        seed.grow().await;
        let thousand = "SELECT id FROM account WHERE username LIKE 'grown%' ORDER BY id LIMIT";
        let block = format!(
            "INSERT INTO block (blocker_id, blocked_id, created_at) SELECT id, $1, 0 FROM ({thousand} 500) AS half"
        );
        execute(seed.cx.db.writer(), &block, [id(&ben).into_value()]).await.expect("blocks");
        let readers: Vec<Reader> =
            all(seed.cx.db.read(), &format!("{thousand} 1000"), []).await.expect("people");
        let mut sockets: Vec<Connection> = readers
            .iter()
            .map(|reader| {
                let (socket, _) = seed.cx.hub.attach(reader.id.into(), Uuid::nil().into(), None, false);
                socket.watch(&watched([post]), &[]);
                socket
            })
            .collect();
        seed.like(&ben, post).await;
        seed.query_log.take();
        answer_due(&seed.cx, Duration::ZERO).await;
        assert_eq!(seed.query_log.take().len(), 1);
        for (number, socket) in sockets.iter_mut().enumerate() {
            let Ok(Outgoing::Frame(frame)) = socket.outgoing.try_recv() else { panic!("no frame") };
            let likes = if number < 500 { "\"likes\":0" } else { "\"likes\":1" };
            assert!(String::from_utf8_lossy(&frame).contains(likes), "reader {number}: {frame:?}");
        }
    })
    .await;
}
