use domain::testing::watch;
use protocol::{
    PostId,
    chat::{ChatMessage, ChatRequest, ReadPosition},
    feed::FeedMessage,
    live::{CLOSE_PROTOCOL, ClientMessage, FRAME_BYTES, ServerMessage},
};
use tokio_tungstenite::tungstenite::{
    Bytes, Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::{browser, message, sent};
use crate::tests::{
    Site,
    test_socket::{TestSocket, until},
};

#[tokio::test]
async fn frames_that_our_client_does_not_send_close_their_socket_alone() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let address = site.listen().await;
    let mut other = TestSocket::open(address, &ben).await;
    let not_utf8 = Frame::message(Bytes::from_static(b"\xff\xfe{"), OpCode::Data(Data::Text), true);
    let frames = [
        Message::text(""),
        Message::text("hello"),
        Message::text("{}"),
        Message::text("[]"),
        Message::text("null"),
        Message::text(r#"{"become_admin":{}}"#),
        Message::text(r#"{"welcome":{"version":1,"resync":false}}"#),
        Message::text(r#"{"chat":{"send":{}}}"#),
        Message::text(r#"{"chat":{"send":{"message":{"to":"1","client_id":"2","body":"x"}}}}"#),
        Message::text(r#"{"watch":{"add":"all"}}"#),
        Message::text(r#"{"chat":{"resume":{"positions":[{"conversation":7,"seq":"x"}]}}}"#),
        Message::text(r#"{"chat":{"read":{"position":{"seq":1e99}}}}"#),
        Message::text("[".repeat(FRAME_BYTES)),
        Message::binary(vec![0, 159, 146, 150]),
        Message::text("x".repeat(FRAME_BYTES + 1)),
        Message::binary(vec![0; FRAME_BYTES * 4]),
        Message::Frame(not_utf8),
    ];
    for frame in frames {
        let what = format!("{frame:.60?}");
        let mut line = TestSocket::open(address, &ana).await;
        line.send(frame).await;
        assert_eq!(line.close_code().await, CLOSE_PROTOCOL, "{what}");
    }
    until(|| site.sockets() == 1).await;
    site.seed.post(&site.seed.person("cid").await, "still here").await;
    other
        .receive_matching(|message| {
            matches!(message, ServerMessage::Feed(FeedMessage::Published(_))).then_some(())
        })
        .await;
}

#[tokio::test]
async fn numbers_and_lists_out_of_bounds_do_no_harm() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let conversation = site.seed.say(&ben, &ana, "hello").await.conversation;
    let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
    for seq in [i64::MIN, -1, 2, i64::MAX] {
        line.say(&ClientMessage::Chat(ChatRequest::Read { position: ReadPosition { conversation, seq } }))
            .await;
        line.say(&ClientMessage::Chat(ChatRequest::Resume {
            positions: vec![ReadPosition { conversation, seq }.into()],
        }))
        .await;
        let missed = line.receive_matching(|message| match message {
            ServerMessage::Chat(ChatMessage::Backlog { messages, .. }) => Some(messages.len()),
            _ => None,
        });
        assert_eq!(missed.await, usize::from(seq < 1), "{seq}");
    }
    let unknown: protocol::ConversationId = site.seed.cx.new_id().expect("an id").into();
    let posts: Vec<PostId> = (0..300).map(|_| site.seed.cx.new_id().expect("an id").into()).collect();
    line.say(&watch(posts.clone(), posts)).await;
    let seen = vec![ReadPosition { conversation: unknown, seq: 0 }.into(); 300];
    line.say(&ClientMessage::Chat(ChatRequest::Resume { positions: seen })).await;
    line.say(&ClientMessage::Chat(ChatRequest::Read {
        position: ReadPosition { conversation: unknown, seq: 1 },
    }))
    .await;
    line.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ben, "still here") }))
        .await;
    assert!(line.receive_matching(sent).await.is_ok());
}
