use std::time::Duration;

use axum::http::StatusCode;
use domain::{
    live::Event,
    testing::{Seed, both, id},
};
use protocol::{
    Problem, Reason,
    chat::{MessageView, NewMessage},
    live::{
        CLOSE_BEHIND, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage, FRAME_BYTES, Seen,
        ServerMessage,
    },
};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{
    Bytes, Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::{
    Browser, Site,
    line::{Heard, Line, until},
};

const PASSWORD: &str = "plum tiger stairs 9";

/// The browser of somebody whom the seed knows.
async fn browser(site: &Site, username: &str) -> Browser {
    let mut browser = site.visitor();
    browser.log_in(username, PASSWORD).await;
    browser
}

fn message(seed: &Seed, to: &domain::Scope, body: &str) -> NewMessage {
    NewMessage { to: id(to), client_id: seed.cx.new_id().expect("an id"), body: body.to_owned() }
}

fn sent(message: ServerMessage) -> Option<Result<MessageView, Problem>> {
    match message {
        ServerMessage::Sent { message } => Some(Ok(message)),
        ServerMessage::Refused { problem, .. } => Some(Err(problem)),
        _ => None,
    }
}

fn said(message: ServerMessage) -> Option<MessageView> {
    match message {
        ServerMessage::Message { message } => Some(message),
        _ => None,
    }
}

#[tokio::test]
async fn only_a_page_of_ours_opens_a_socket() {
    let site = Site::sqlite().await;
    let (ana, address) = (site.member("ana").await, site.listen().await);
    for origin in [
        "http://evil.example",
        "http://localhost:3000.evil.example",
        "http://evil.example/http://localhost:3000",
        "http://evillocalhost:3000",
        "http://localhost:30000",
        "http://localhost:300",
        "http://localhost",
        "http://localhost:3001",
        "https://localhost:3000",
        "http://localhost:3000/",
        "http://LOCALHOST:3000",
        "http://user@localhost:3000",
        "http://127.0.0.1:3000",
        "null",
        "",
    ] {
        let refused = Line::try_open(address, &ana, &[("origin", origin)]).await.err();
        assert_eq!(refused, Some(StatusCode::FORBIDDEN), "{origin}");
    }
    let ours = ("origin", "http://localhost:3000");
    assert_eq!(Line::try_open(address, &ana, &[]).await.err(), Some(StatusCode::FORBIDDEN));
    assert_eq!(Line::try_open(address, &ana, &[ours, ours]).await.err(), Some(StatusCode::FORBIDDEN));
    assert!(Line::try_open(address, &ana, &[ours]).await.is_ok());
}

#[tokio::test]
async fn only_somebody_who_is_signed_in_opens_a_socket() {
    let site = Site::sqlite().await;
    let (mut ana, address) = (site.member("ana").await, site.listen().await);
    let ours = [("origin", "http://localhost:3000")];
    let nobody = site.visitor();
    assert_eq!(Line::try_open(address, &nobody, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    let cookie = ana.cookie.replace(format!("kith={}", "0".repeat(64)));
    assert_eq!(Line::try_open(address, &ana, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    ana.cookie = cookie;
    ana.post("/logout", &[]).await;
    assert_eq!(Line::try_open(address, &ana, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(ana.get("/live").await.status, StatusCode::FORBIDDEN, "a page cannot be made of it");
}

#[tokio::test]
async fn frames_that_our_client_does_not_send_close_their_socket_alone() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let address = site.listen().await;
    let mut other = Line::open(address, &ben).await;
    let not_utf8 = Frame::message(Bytes::from_static(b"\xff\xfe{"), OpCode::Data(Data::Text), true);
    let frames = [
        Message::text(""),
        Message::text("hello"),
        Message::text("{}"),
        Message::text("[]"),
        Message::text("null"),
        Message::text(r#"{"type":"become_admin"}"#),
        Message::text(r#"{"type":"welcome","version":1,"unread_conversations":0}"#),
        Message::text(r#"{"type":"send"}"#),
        Message::text(r#"{"type":"send","message":{"to":"1","client_id":"2","body":"x"}}"#),
        Message::text(r#"{"type":"watch","posts":"all"}"#),
        Message::text(r#"{"type":"resume","seen":[{"conversation":7,"seq":"x"}]}"#),
        Message::text(r#"{"type":"read","seen":{"seq":1e99}}"#),
        Message::text("[".repeat(FRAME_BYTES)),
        Message::binary(vec![0, 159, 146, 150]),
        Message::text("x".repeat(FRAME_BYTES + 1)),
        Message::binary(vec![0; FRAME_BYTES * 4]),
        Message::Frame(not_utf8),
    ];
    for frame in frames {
        let what = format!("{frame:.60?}");
        let mut line = Line::open(address, &ana).await;
        line.send(frame).await;
        assert_eq!(line.close_code().await, CLOSE_PROTOCOL, "{what}");
    }
    until(|| site.sockets() == 1).await;
    site.seed.post(&site.seed.person("cid").await, "still here").await;
    other.hear_of(|message| matches!(message, ServerMessage::Published { .. }).then_some(())).await;
}

#[tokio::test]
async fn more_frames_than_a_person_can_send_close_the_socket() {
    let site = Site::sqlite().await;
    let (ana, address) = (site.member("ana").await, site.listen().await);
    for frame in [Message::text(r#"{"type":"beat"}"#), Message::Ping(Bytes::from_static(b"?"))] {
        let mut line = Line::open(address, &ana).await;
        for _ in 0..200 {
            line.send(frame.clone()).await;
        }
        assert_eq!(line.close_code().await, CLOSE_PROTOCOL, "{frame:?}");
    }
}

#[tokio::test]
async fn numbers_and_lists_out_of_bounds_do_no_harm() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let conversation = site.seed.say(&ben, &ana, "hello").await.conversation;
    let mut line = Line::open(site.listen().await, &browser(&site, "ana").await).await;
    for seq in [i64::MIN, -1, 2, i64::MAX] {
        line.say(&ClientMessage::Read { seen: Seen { conversation, seq } }).await;
        line.say(&ClientMessage::Resume { seen: vec![Seen { conversation, seq }] }).await;
        let missed = line.hear_of(|message| match message {
            ServerMessage::Missed { messages, .. } => Some(messages.len()),
            _ => None,
        });
        assert_eq!(missed.await, usize::from(seq < 1), "{seq}");
    }
    let unknown: protocol::ConversationId = site.seed.cx.new_id().expect("an id").into();
    let posts = (0..300).map(|_| site.seed.cx.new_id().expect("an id").into()).collect();
    line.say(&ClientMessage::Watch { posts }).await;
    let seen = vec![Seen { conversation: unknown, seq: 0 }; 300];
    line.say(&ClientMessage::Resume { seen }).await;
    line.say(&ClientMessage::Read { seen: Seen { conversation: unknown, seq: 1 } }).await;
    line.say(&ClientMessage::Send { message: message(&site.seed, &ben, "still here") }).await;
    assert!(line.hear_of(sent).await.is_ok());
}

#[tokio::test]
async fn what_one_says_is_answered_and_reaches_the_other_at_once() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let address = site.listen().await;
        let mut anas = Line::open(address, &browser(&site, "ana").await).await;
        let mut bens = Line::open(address, &browser(&site, "ben").await).await;
        let new = message(&site.seed, &ben, "hi Ben");
        anas.say(&ClientMessage::Send { message: new.clone() }).await;
        let stored = anas.hear_of(sent).await.expect("it is stored");
        assert_eq!((stored.seq, stored.client_id, stored.sender), (1, new.client_id, id(&ana)));
        assert_eq!(bens.hear_of(said).await, stored);

        anas.say(&ClientMessage::Send { message: NewMessage { body: "changed".into(), ..new } }).await;
        assert_eq!(anas.hear_of(sent).await, Ok(stored.clone()), "a retry gets the first answer");
        bens.say(&ClientMessage::Send { message: message(&site.seed, &ana, "hi Ana") }).await;
        assert_eq!(bens.hear_of(sent).await.expect("an answer").seq, 2);
        assert_eq!(anas.hear_of(|heard| said(heard).filter(|heard| heard.seq > 1)).await.body, "hi Ana");
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_under_its_id() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.seed.person("ana").await;
        let (ben, cid, dan) =
            (site.seed.person("ben").await, site.seed.person("cid").await, site.seed.person("dan").await);
        site.seed.block(&ana, &ben).await;
        site.seed.block(&cid, &ana).await;
        let mut line = Line::open(site.listen().await, &browser(&site, "ana").await).await;
        let (long, marks) = ("x".repeat(4_001), format!("a{}", "\u{301}".repeat(20)));
        let body = |reason| Problem::field("body", reason);
        for (to, text, problem) in [
            (&ben, "hello", Problem::YouBlocked),
            (&cid, "hello", Problem::NotFound),
            (&ana, "hello", Problem::NotFound),
            (&dan, " \n", body(Reason::Empty)),
            (&dan, "\u{202e}\u{200b}", body(Reason::Empty)),
            (&dan, &long, body(Reason::TooLong { max: 4_000 })),
            (&dan, &marks, body(Reason::StackedMarks)),
        ] {
            let new = message(&site.seed, to, text);
            line.say(&ClientMessage::Send { message: new.clone() }).await;
            let refused = line.hear_of(|message| match message {
                ServerMessage::Refused { client_id, problem } => Some((client_id, problem)),
                ServerMessage::Sent { message } => panic!("{message:?}"),
                _ => None,
            });
            assert_eq!(refused.await, (new.client_id, problem), "{text:.20}");
        }
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, 0);
    })
    .await;
}

#[tokio::test]
async fn logging_out_closes_the_sockets_of_that_session_within_a_second() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("ana").await;
        let (leaving, staying) = (browser(&site, "ana").await, browser(&site, "ana").await);
        let address = site.listen().await;
        let mut lines = [Line::open(address, &leaving).await, Line::open(address, &leaving).await];
        let mut other = Line::open(address, &staying).await;
        leaving.post("/logout", &[]).await;
        for line in &mut lines {
            let code = timeout(Duration::from_secs(1), line.close_code()).await;
            assert_eq!(code, Ok(CLOSE_SIGNED_OUT));
        }
        staying.post("/posts", &[("body", "still here")]).await;
        other.hear_of(|message| matches!(message, ServerMessage::Published { .. }).then_some(())).await;
    })
    .await;
}

#[tokio::test]
async fn a_new_password_closes_all_sockets_of_the_person_within_a_second() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("ana").await;
        let ben = site.member("ben").await;
        let address = site.listen().await;
        let mut lines = [
            Line::open(address, &browser(&site, "ana").await).await,
            Line::open(address, &browser(&site, "ana").await).await,
        ];
        let mut other = Line::open(address, &ben).await;
        site.visitor().post("/forgot", &[("email", "ana@example.org")]).await;
        site.seed.run_jobs().await;
        let token = site.seed.mailbox.take_token("ana@example.org");
        let done =
            site.visitor().post(&format!("/reset/{token}"), &[("password", "quiet river lamp 27")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        for line in &mut lines {
            let code = timeout(Duration::from_secs(1), line.close_code()).await;
            assert_eq!(code, Ok(CLOSE_SIGNED_OUT));
        }
        ben.post("/posts", &[("body", "still here")]).await;
        other.hear_of(|message| matches!(message, ServerMessage::Published { .. }).then_some(())).await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_tells_every_socket_to_come_back() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let address = site.listen().await;
    let mut lines = [Line::open(address, &ana).await, Line::open(address, &ben).await];
    site.host.cx.hub.close_all();
    for line in &mut lines {
        assert_eq!(line.close_code().await, CLOSE_RESTART);
    }
    drop(lines);
    site.host.sockets.close();
    timeout(Duration::from_secs(5), site.host.sockets.wait()).await.expect("no socket is left behind");
}

#[tokio::test]
async fn a_reader_that_falls_behind_is_let_go_and_told_to_resume() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let address = site.listen().await;
    let mut slow = Line::open(address, &browser(&site, "ana").await).await;
    let mut quick = Line::open(address, &browser(&site, "ben").await).await;
    let first = site.seed.say(&ana, &ben, "hello").await;
    quick.hear_of(said).await;
    let mut delivered = 1;
    while site.sockets() == 2 {
        delivered += 1;
        let message = MessageView { seq: delivered, body: "x".repeat(64 * 1024), ..first.clone() };
        site.host.cx.hub.deliver(&Event::Message { message, between: [id(&ana), id(&ben)] });
        quick.hear_of(|heard| said(heard).filter(|heard| heard.seq == delivered)).await;
        // What the kernel keeps for both sides of a line, and our own queue, have an end.
        assert!(delivered < 2_000, "nobody lets the slow reader go");
    }
    let mut last = 0;
    loop {
        match slow.hear().await {
            Heard::Message(ServerMessage::Message { message }) => {
                assert_eq!(message.seq, last + 1, "what arrives is in order and whole");
                last = message.seq;
            }
            Heard::Message(_) => {}
            Heard::Closed(code) => break assert_eq!(code, CLOSE_BEHIND),
            Heard::Cut => panic!("no farewell"),
        }
    }
    assert!(last < delivered, "it did miss something");
}
