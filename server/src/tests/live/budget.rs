//! What one person's sockets may ask for.

use domain::{
    limit::{Limit, Rates},
    testing::{Seed, TestDb, both, id},
};
use protocol::{
    Problem,
    chat::{ChatMessage, ChatRequest, KnownPosition, MESSAGES_AT_ONCE, MessageBody, ReadPosition},
    feed::FeedMessage,
    live::{CLOSE_REPLACED, ClientMessage, SOCKETS_PER_ACCOUNT, ServerMessage},
};
use tokio_tungstenite::tungstenite::{Bytes, Message};

use super::{browser, message, said, sent};
use crate::tests::{
    Site,
    test_socket::{Received, TestSocket, until},
};

/// Units that opening a socket takes.
const SOCKET: u32 = 10;

/// A Kith with the limits that people meet, on a clock that stands still.
async fn site() -> Site {
    Site::new(Seed::new(TestDb::sqlite(Rates::default()).await))
}

/// Uses up what a person may ask for, less `but` units.
async fn use_up(line: &mut TestSocket, but: u32) {
    for _ in 0..Rates::default().of(Limit::Frames).burst - SOCKET - but {
        line.say(&ClientMessage::Heartbeat).await;
    }
}

/// Whether nothing is left of what the person may ask for.
fn is_used_up(site: &Site, who: &domain::Scope) -> bool {
    let (limits, who) = (&site.state.cx.limits, id(who));
    let is_used_up = limits.spend(Limit::Frames, who).is_err();
    if !is_used_up {
        limits.refund(Limit::Frames, who);
    }
    is_used_up
}

#[tokio::test]
async fn one_small_frame_is_not_answered_with_megabytes() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let body = "x".repeat(MessageBody::MAX as usize);
        for _ in 0..MESSAGES_AT_ONCE {
            site.seed.say(&ben, &ana, &body).await;
        }
        let small = site.seed.say(&site.seed.person("cid").await, &ana, "hello").await.conversation;
        let large = site.seed.say(&ana, &ben, "the last one").await.conversation;
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
        let mut seen = vec![KnownPosition { conversation: large, seq: 1, revision: 0 }; 50];
        seen.extend([KnownPosition { conversation: small, seq: 0, revision: 0 }; 50]);
        line.say(&ClientMessage::Chat(ChatRequest::Resume { positions: seen })).await;
        line.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ben, "and on") }))
            .await;
        let (mut bytes, mut answers) = (0, 0);
        loop {
            match line.receive().await {
                Received::Message(ServerMessage::Chat(ChatMessage::Sent { .. })) => break,
                Received::Message(
                    answer @ (ServerMessage::Chat(ChatMessage::Backlog { .. })
                    | ServerMessage::Chat(ChatMessage::Resync { .. })),
                ) => {
                    answers += 1;
                    bytes += serde_json::to_vec(&answer).expect("JSON").len();
                }
                Received::Message(_) => {}
                gone => panic!("{gone:?}"),
            }
        }
        assert_eq!(answers, 2, "each conversation once");
        assert!(bytes < 1_000, "{bytes}");
    })
    .await;
}

#[tokio::test]
async fn the_oldest_of_too_many_sockets_is_closed() {
    let site = Site::sqlite().await;
    let (ana, ben, address) = (site.member("ana").await, site.member("ben").await, site.listen().await);
    let mut other = TestSocket::open(address, &ben).await;
    let mut lines = Vec::new();
    for _ in 0..=SOCKETS_PER_ACCOUNT {
        lines.push(TestSocket::open(address, &ana).await);
    }
    assert_eq!(lines[0].close_code().await, CLOSE_REPLACED);
    until(|| site.sockets() == SOCKETS_PER_ACCOUNT + 1).await;
    ana.post("/posts", &[("body", "hello")]).await;
    for line in lines[1..].iter_mut().chain([&mut other]) {
        line.receive_matching(|message| {
            matches!(message, ServerMessage::Feed(FeedMessage::Published(_))).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn more_frames_than_a_person_can_send_wait_and_nobody_else_does() {
    for frame in [Message::text(r#""heartbeat""#), Message::Ping(Bytes::from_static(b"?"))] {
        let site = site().await;
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let address = site.listen().await;
        let mut line = TestSocket::open(address, &browser(&site, "ana").await).await;
        for _ in 0..Rates::default().of(Limit::Frames).burst {
            line.send(frame.clone()).await;
        }
        line.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ben, "hello") }))
            .await;
        let mut other = TestSocket::open(address, &browser(&site, "ben").await).await;
        other
            .say(&ClientMessage::Chat(ChatRequest::Send {
                message: message(&site.seed, &ana, "others go on"),
            }))
            .await;
        assert!(other.receive_matching(sent).await.is_ok());
        assert_eq!(line.receive_matching(said).await.body, "others go on", "and what others say is heard");
        // Else there might be more to say than comes back.
        until(|| is_used_up(&site, &ana)).await;
        site.seed.clock.advance_seconds(60);
        assert_eq!(line.receive_matching(sent).await.expect("a sent message").body, "hello", "{frame:?}");
    }
}

#[tokio::test]
async fn all_sockets_of_a_person_share_what_they_may_ask_for() {
    let site = site().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let address = site.listen().await;
    let anas = browser(&site, "ana").await;
    let (mut one, mut other) =
        (TestSocket::open(address, &anas).await, TestSocket::open(address, &anas).await);
    use_up(&mut one, SOCKET).await;
    until(|| is_used_up(&site, &ana)).await;
    other.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ben, "hello") })).await;
    let refused = other.receive_matching(sent).await.expect_err("a refusal");
    assert!(matches!(refused, Problem::TooMany { retry_after: 1.. }), "{refused:?}");
    assert_eq!(site.sockets(), 2, "both stay open");
    let mut bens = TestSocket::open(address, &browser(&site, "ben").await).await;
    bens.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ana, "hello") })).await;
    assert!(bens.receive_matching(sent).await.is_ok());
}

#[tokio::test]
async fn read_marks_are_written_only_so_often() {
    let site = site().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let conversation = site.seed.say(&ben, &ana, "hello").await.conversation;
    let address = site.listen().await;
    let mut line = TestSocket::open(address, &browser(&site, "ana").await).await;
    site.seed.query_log.take();
    for _ in 0..400 {
        line.say(&ClientMessage::Chat(ChatRequest::Read { position: ReadPosition { conversation, seq: 1 } }))
            .await;
    }
    let written = std::cell::Cell::new(0);
    let count = || {
        let statements = site.seed.query_log.take();
        let more = statements.iter().filter(|statement| statement.sql.starts_with("UPDATE chat_member"));
        written.set(written.get() + more.count());
        written.get()
    };
    let most = Rates::default().of(Limit::ReadMarker).burst as usize;
    until(|| count() >= most).await;
    let mut other = TestSocket::open(address, &browser(&site, "ben").await).await;
    other
        .say(&ClientMessage::Chat(ChatRequest::Read { position: ReadPosition { conversation, seq: 1 } }))
        .await;
    until(|| count() > most).await;
    assert_eq!(count(), most + 1, "the other one's, and no more");
    assert_eq!(site.sockets(), 2);
}
