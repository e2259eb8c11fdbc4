use domain::testing::{Seed, both, watch};
use protocol::{
    PostId,
    live::{ServerMessage, WATCHED_TOPICS},
    post::PostMessage,
};

use super::browser;
use crate::tests::{Site, test_socket::TestSocket};

fn counted(message: ServerMessage) -> Option<(PostId, u32)> {
    match message {
        ServerMessage::Post(PostMessage::CountsChanged { post, counts }) => Some((post, counts.likes)),
        _ => None,
    }
}

fn watched(message: ServerMessage) -> Option<(PostId, u32)> {
    match message {
        ServerMessage::Post(PostMessage::State { post, counts, .. }) => Some((post, counts.likes)),
        ServerMessage::Post(PostMessage::Removed { post }) => Some((post, 0)),
        _ => None,
    }
}

fn nothing(seed: &Seed) -> PostId {
    seed.cx.new_id().expect("an id").into()
}

#[tokio::test]
async fn what_comes_near_the_screen_is_told_and_what_is_far_is_not() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let (one, two) = (site.seed.post(&ana, "one").await.id, site.seed.post(&ana, "two").await.id);
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
        line.say(&watch([one], [])).await;
        assert_eq!(line.receive_matching(watched).await, (one, 0));
        line.say(&watch([two], [one])).await;
        assert_eq!(line.receive_matching(watched).await, (two, 0));
        site.seed.like(&ben, one).await;
        site.seed.like(&ben, two).await;
        assert_eq!(line.receive_matching(counted).await, (two, 1), "the other is far away");
        line.say(&watch([one], [])).await;
        assert_eq!(
            line.receive_matching(watched).await,
            (one, 1),
            "what comes near again is told how it stands"
        );
        site.seed.clock.advance_seconds(2);
        site.seed.like(&ana, one).await;
        assert_eq!(line.receive_matching(counted).await, (one, 2));
    })
    .await;
}

#[tokio::test]
async fn an_endless_feed_keeps_its_socket_and_its_live_counts() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.seed.person("ana").await;
        let last = site.seed.post(&ana, "the last").await.id;
        let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
        let mut near: Vec<PostId> = Vec::new();
        for _ in 0..20 {
            let page: Vec<PostId> = (0..50).map(|_| nothing(&site.seed)).collect();
            line.say(&watch(page.clone(), near)).await;
            for _ in &page {
                line.receive_matching(watched).await;
            }
            near = page;
        }
        line.say(&watch([last], near)).await;
        assert_eq!(line.receive_matching(watched).await, (last, 0));
        site.seed.like(&ana, last).await;
        assert_eq!(line.receive_matching(counted).await, (last, 1));
        assert_eq!(site.sockets(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_too_many_posts_is_told_of_the_first_and_keeps_the_socket() {
    let site = Site::sqlite().await;
    let ana = site.seed.person("ana").await;
    let post = site.seed.post(&ana, "one too many").await.id;
    let mut line = TestSocket::open(site.listen().await, &browser(&site, "ana").await).await;
    let others: Vec<PostId> = (0..WATCHED_TOPICS).map(|_| nothing(&site.seed)).collect();
    line.say(&watch(others.clone(), [])).await;
    for other in &others {
        assert_eq!(line.receive_matching(watched).await, (*other, 0));
    }
    line.say(&watch([post], [])).await;
    line.say(&watch([post], others[..1].to_vec())).await;
    assert_eq!(line.receive_matching(watched).await, (post, 0));
}
