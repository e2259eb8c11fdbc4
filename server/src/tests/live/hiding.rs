//! What a block hides, over a real line.

use domain::testing::{both, id, watch};
use protocol::{feed::FeedMessage, live::ServerMessage, post::PostMessage};

use super::browser;
use crate::tests::{
    Site,
    test_socket::{Received, TestSocket},
};

/// The author of the next post that is heard of.
async fn next_author(line: &mut TestSocket) -> protocol::AccountId {
    line.receive_matching(|message| match message {
        ServerMessage::Feed(FeedMessage::Published(published)) => Some(published.author),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn no_frame_tells_what_somebody_hidden_does() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben, cid) =
            (site.seed.person("ana").await, site.seed.person("ben").await, site.seed.person("cid").await);
        let post = site.seed.post(&cid, "by cid").await.id;
        site.seed.block(&ben, &ana).await;
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
        line.say(&watch([post], [])).await;
        let watched = line.receive().await;
        assert!(
            matches!(watched, Received::Message(ServerMessage::Post(PostMessage::State { .. }))),
            "{watched:?}"
        );
        for _ in 0..3 {
            site.seed.like(&ben, post).await;
            site.seed.comment(&ben, post, "by ben").await;
        }
        site.seed.clock.advance_seconds(2);
        site.seed.like(&cid, post).await;
        match line.receive().await {
            Received::Message(ServerMessage::Post(PostMessage::CountsChanged { counts, .. })) => {
                assert_eq!((counts.likes, counts.comments), (1, 0));
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_block_and_its_end_hold_at_once_for_a_socket_that_is_open() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, cid) = (site.seed.person("ana").await, site.seed.person("cid").await);
        let bens = site.member("ben").await;
        let ben = bens.scope(&site).await;
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
        let whom = id(&ana).to_string();
        for _ in 0..3 {
            bens.post("/block", &[("whom", &whom)]).await;
            site.seed.post(&ben, "while there is a block").await;
            site.seed.post(&cid, "by cid").await;
            assert_eq!(next_author(&mut line).await, id(&cid));
            bens.post("/unblock", &[("whom", &whom)]).await;
            site.seed.post(&ben, "while there is none").await;
            assert_eq!(next_author(&mut line).await, id(&ben));
        }
    })
    .await;
}
