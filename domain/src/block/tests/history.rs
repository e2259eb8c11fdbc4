use super::{SEEN, across};
use crate::history;

#[tokio::test]
async fn the_history_counts_nothing_of_a_hidden_person() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.ana, "hello").await.id;
        for who in [&scene.ben, &scene.cid] {
            scene.seed.like(who, post).await;
            scene.seed.comment(who, post, "hello").await;
        }
        scene.relate().await;
        let seen = history::overview(scene.cx(), &scene.ana).await.expect("an overview");
        let listed = history::posts(scene.cx(), &scene.ana, None).await.expect("posts").items;
        assert_eq!((seen.likes_received, seen.comments_received), (listed[0].likes, listed[0].comments));
        match (listed[0].likes, listed[0].comments) {
            (2, 2) => true,
            (1, 1) => false,
            other => panic!("{other:?}"),
        }
    })
    .await;
}
