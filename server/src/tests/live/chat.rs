use domain::testing::{both, id};
use protocol::{
    Problem, Reason,
    chat::{ChatMessage, ChatRequest, NewMessage},
    live::{ClientMessage, ServerMessage},
};

use super::{browser, message, said, sent};
use crate::tests::{Site, test_socket::TestSocket};

#[tokio::test]
async fn what_one_says_is_answered_and_reaches_the_other_at_once() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let address = site.listen().await;
        let mut anas = TestSocket::open(address, &browser(&site, "ana").await).await;
        let mut bens = TestSocket::open(address, &browser(&site, "ben").await).await;
        let new = message(&site.seed, &ben, "hi Ben");
        anas.say(&ClientMessage::Chat(ChatRequest::Send { message: new.clone() })).await;
        let stored = anas.receive_matching(sent).await.expect("it is stored");
        assert_eq!((stored.seq, stored.client_id, stored.sender), (1, new.client_id, id(&ana)));
        assert_eq!(bens.receive_matching(said).await, stored);

        anas.say(&ClientMessage::Chat(ChatRequest::Send {
            message: NewMessage { body: "changed".into(), ..new },
        }))
        .await;
        assert_eq!(anas.receive_matching(sent).await, Ok(stored.clone()), "a retry gets the first answer");
        bens.say(&ClientMessage::Chat(ChatRequest::Send { message: message(&site.seed, &ana, "hi Ana") }))
            .await;
        assert_eq!(bens.receive_matching(sent).await.expect("an answer").seq, 2);
        assert_eq!(
            anas.receive_matching(|heard| said(heard).filter(|heard| heard.seq > 1)).await.body,
            "hi Ana"
        );
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
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
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
            line.say(&ClientMessage::Chat(ChatRequest::Send { message: new.clone() })).await;
            let refused = line.receive_matching(|message| match message {
                ServerMessage::Chat(ChatMessage::Refused { client_id, problem }) => {
                    Some((client_id, problem))
                }
                ServerMessage::Chat(ChatMessage::Sent { message }) => panic!("{message:?}"),
                _ => None,
            });
            assert_eq!(refused.await, (new.client_id, problem), "{text:.20}");
        }
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, 0);
    })
    .await;
}
