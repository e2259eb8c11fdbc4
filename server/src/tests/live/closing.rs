use std::time::Duration;

use axum::http::StatusCode;
use domain::{
    bus::{Announcement, Audience},
    db::execute,
    session::{IDLE_SECONDS, LIFETIME_SECONDS},
    testing::{both, id},
};
use protocol::{
    chat::{ChatMessage, ChatRequest, MessageView, ReadPosition},
    feed::FeedMessage,
    live::{
        CLOSE_BEHIND, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage, HEARTBEAT_SECONDS, SILENCE_SECONDS,
        ServerMessage,
    },
};
use tokio::time::timeout;

use super::{browser, message, said};
use crate::tests::{
    Site,
    test_socket::{Received, TestSocket},
};

#[tokio::test]
async fn logging_out_closes_the_sockets_of_that_session_within_a_second() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("ana").await;
        let (leaving, staying) = (browser(&site, "ana").await, browser(&site, "ana").await);
        let address = site.listen().await;
        let mut lines =
            [TestSocket::open(address, &leaving).await, TestSocket::open(address, &leaving).await];
        let mut other = TestSocket::open(address, &staying).await;
        leaving.post("/logout", &[]).await;
        for line in &mut lines {
            let code = timeout(Duration::from_secs(1), line.close_code()).await;
            assert_eq!(code, Ok(CLOSE_SIGNED_OUT));
        }
        staying.post("/posts", &[("body", "still here")]).await;
        other
            .receive_matching(|message| {
                matches!(message, ServerMessage::Feed(FeedMessage::Published(_))).then_some(())
            })
            .await;
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
            TestSocket::open(address, &browser(&site, "ana").await).await,
            TestSocket::open(address, &browser(&site, "ana").await).await,
        ];
        let mut other = TestSocket::open(address, &ben).await;
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
        other
            .receive_matching(|message| {
                matches!(message, ServerMessage::Feed(FeedMessage::Published(_))).then_some(())
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_tells_every_socket_to_come_back() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let address = site.listen().await;
    let mut lines = [TestSocket::open(address, &ana).await, TestSocket::open(address, &ben).await];
    site.state.cx.hub.close_all();
    for line in &mut lines {
        assert_eq!(line.close_code().await, CLOSE_RESTART);
    }
    drop(lines);
    site.state.sockets.close();
    timeout(Duration::from_secs(5), site.state.sockets.wait()).await.expect("no socket is left behind");
}

#[tokio::test]
async fn a_reader_that_falls_behind_is_let_go_and_told_to_resume() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let address = site.listen().await;
    let mut slow = TestSocket::open(address, &browser(&site, "ana").await).await;
    let mut quick = TestSocket::open(address, &browser(&site, "ben").await).await;
    let first = site.seed.say(&ana, &ben, "hello").await;
    quick.receive_matching(said).await;
    let mut delivered = 1;
    while site.sockets() == 2 {
        delivered += 1;
        let message = MessageView { seq: delivered, body: "x".repeat(64 * 1024), ..first.clone() };
        let between = vec![id(&ana), id(&ben)];
        let message = ChatMessage::Message { message };
        let announcement = Announcement::new(Audience::Members(between.clone()), between, message);
        site.state.cx.hub.deliver(announcement.into());
        quick.receive_matching(|heard| said(heard).filter(|heard| heard.seq == delivered)).await;
        // What the kernel keeps for both sides of a line, and our own queue, have an end.
        assert!(delivered < 2_000, "nobody lets the slow reader go");
    }
    let mut last = 0;
    loop {
        match slow.receive().await {
            Received::Message(ServerMessage::Chat(ChatMessage::Message { message })) => {
                assert_eq!(message.seq, last + 1, "what arrives is in order and whole");
                last = message.seq;
            }
            Received::Message(_) => {}
            Received::Closed(code) => break assert_eq!(code, CLOSE_BEHIND),
            Received::ClosedBecause(..) | Received::Cut => panic!("no farewell"),
        }
    }
    assert!(last < delivered, "it did miss something");
}

/// Lets so much time pass at once, and lets it run on from there.
async fn pass(seconds: u32) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds.into())).await;
    tokio::time::resume();
}

fn beat(message: ServerMessage) -> Option<()> {
    matches!(message, ServerMessage::Heartbeat { .. }).then_some(())
}

#[tokio::test]
async fn a_socket_that_answers_lives_on_and_one_that_is_silent_is_closed() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let address = site.listen().await;
    let (mut answering, mut silent) =
        (TestSocket::open(address, &ana).await, TestSocket::open(address, &ben).await);
    for beats in 1..=SILENCE_SECONDS.div_ceil(HEARTBEAT_SECONDS) {
        pass(HEARTBEAT_SECONDS).await;
        answering.receive_matching(beat).await;
        answering.say(&ClientMessage::Heartbeat).await;
        // It hears, and says nothing. Time that leaps while the server asks the database would end that, too.
        if beats * HEARTBEAT_SECONDS <= SILENCE_SECONDS {
            silent.receive_matching(beat).await;
        }
    }
    assert_eq!(silent.close_code().await, CLOSE_RESTART);
    pass(HEARTBEAT_SECONDS).await;
    answering.receive_matching(beat).await;
    assert_eq!(site.sockets(), 1);
}

#[tokio::test]
async fn a_session_that_ended_in_another_process_is_noticed_at_the_next_beat() {
    both(|seed| async move {
        let site = Site::new(seed);
        let mut line = TestSocket::open(site.listen().await, &site.member("ana").await).await;
        // Nothing is said of it here.
        let ended = site.seed.cx.write(|tx| Box::pin(execute(&**tx, "DELETE FROM session", [])));
        assert!(ended.await.expect("an answer") > 0);
        pass(HEARTBEAT_SECONDS).await;
        assert_eq!(line.close_code().await, CLOSE_SIGNED_OUT);
    })
    .await;
}

#[tokio::test]
async fn a_socket_does_nothing_any_more_when_its_session_is_too_old_or_idle() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let (whom, address) = (ben.scope(&site).await, site.listen().await);
        let known = site.seed.say(&whom, &ana.scope(&site).await, "hello").await;
        let seen = ReadPosition { conversation: known.conversation, seq: known.seq };
        let acts = || {
            let new = message(&site.seed, &whom, "from a session that has ended");
            [
                ClientMessage::Chat(ChatRequest::Send { message: new }),
                ClientMessage::Chat(ChatRequest::Read { position: seen }),
                ClientMessage::Chat(ChatRequest::Resume { positions: vec![seen.into()] }),
                ClientMessage::Watch { add: Vec::new(), remove: Vec::new() },
            ]
        };
        for (age, is_used) in [(IDLE_SECONDS, false), (LIFETIME_SECONDS, true)] {
            let browser = browser(&site, "ana").await;
            let mut lines = Vec::new();
            for _ in acts() {
                lines.push(TestSocket::open(address, &browser).await);
            }
            let mut silent = TestSocket::open(address, &browser).await;
            site.seed.clock.advance_seconds(age);
            if is_used {
                let now = site.seed.cx.now().micros();
                let used = site.seed.cx.write(move |tx| {
                    Box::pin(execute(&**tx, "UPDATE session SET seen_at = $1", [now.into()]))
                });
                assert!(used.await.expect("an answer") > 0);
            }
            for (line, act) in lines.iter_mut().zip(acts()) {
                line.say(&act).await;
                assert_eq!(line.close_code().await, CLOSE_SIGNED_OUT, "{act:?}");
            }
            pass(HEARTBEAT_SECONDS).await;
            assert_eq!(silent.close_code().await, CLOSE_SIGNED_OUT);
        }
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, 1);
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM chat_member WHERE read_seq > 0").await, 1);
    })
    .await;
}
