use protocol::{
    PostId,
    feed::{FeedKind, FeedQuery},
    post::EditPost,
};

use super::{Each, NOT_FOUND, SEEN, Scene, across, refused};
use crate::{feed, like, post};

impl Scene {
    pub(super) async fn bens_post(&self) -> PostId {
        self.seed.post(&self.ben, "by ben").await.id
    }

    pub(super) async fn cids_post(&self) -> PostId {
        self.seed.post(&self.cid, "by cid").await.id
    }

    /// Whom Ana finds in a feed.
    async fn finds_ben(&self, kind: FeedKind) -> bool {
        let page = feed::page(self.cx(), &self.ana, FeedQuery { kind, before: None }).await.expect("a feed");
        page.items.iter().any(|post| post.author.id == self.ben.account().expect("a person"))
    }
}

#[tokio::test]
async fn a_hidden_author_is_in_no_feed() {
    across(SEEN, |scene| async move {
        scene.bens_post().await;
        scene.relate().await;
        scene.finds_ben(FeedKind::Everyone).await
    })
    .await;
}

#[tokio::test]
async fn a_hidden_persons_feed_is_as_empty_as_that_of_nobody() {
    across(SEEN, |scene| async move {
        scene.bens_post().await;
        scene.relate().await;
        scene.finds_ben(FeedKind::By(scene.ben.account().expect("a person"))).await
    })
    .await;
}

#[tokio::test]
async fn only_a_follower_finds_an_author_in_following() {
    across(Each { stranger: false, follower: true, blocked: false, blocker: false }, |scene| async move {
        scene.bens_post().await;
        scene.seed.follow(&scene.ana, &scene.ben).await;
        crate::follow::unfollow(scene.cx(), &scene.ana, scene.ben.account().unwrap()).await.unwrap();
        scene.relate().await;
        scene.finds_ben(FeedKind::Following).await
    })
    .await;
}

#[tokio::test]
async fn a_post_of_a_hidden_author_is_not_found() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.relate().await;
        refused(post::view(scene.cx(), &scene.ana, post).await)
    })
    .await;
}

#[tokio::test]
async fn versions_of_a_hidden_authors_post_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        let new = EditPost { post, version: 0, body: "edited".into(), pictures: Vec::new() };
        post::edit(scene.cx(), &scene.ben, new).await.expect("an edited post");
        scene.relate().await;
        refused(post::versions(scene.cx(), &scene.ana, post).await)
    })
    .await;
}

#[tokio::test]
async fn counts_of_a_hidden_authors_post_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.relate().await;
        refused(like::counts(scene.cx(), &scene.ana, post).await)
    })
    .await;
}

#[tokio::test]
async fn a_hidden_authors_post_cannot_be_liked() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.relate().await;
        refused(like::like(scene.cx(), &scene.ana, post).await)
    })
    .await;
}

#[tokio::test]
async fn a_like_of_a_hidden_authors_post_cannot_be_taken_back() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.seed.like(&scene.ana, post).await;
        scene.relate().await;
        refused(like::unlike(scene.cx(), &scene.ana, post).await)
    })
    .await;
}

#[tokio::test]
async fn who_likes_a_hidden_authors_post_is_not_found() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.seed.like(&scene.cid, post).await;
        scene.relate().await;
        refused(like::people(scene.cx(), &scene.ana, post, None).await)
    })
    .await;
}

#[tokio::test]
async fn a_hidden_person_is_neither_counted_nor_listed_among_likes() {
    across(
        Each { stranger: [2; 4], follower: [2; 4], blocked: [1; 4], blocker: [1; 4] },
        |scene| async move {
            let post = scene.cids_post().await;
            scene.seed.like(&scene.ben, post).await;
            scene.relate().await;
            // Ana's own like tells her the counts, too.
            let after_liking = scene.seed.like(&scene.ana, post).await.likes;
            let counted = like::counts(scene.cx(), &scene.ana, post).await.expect("counts").likes;
            let viewed = post::view(scene.cx(), &scene.ana, post).await.expect("the post").counts.likes;
            let people = like::people(scene.cx(), &scene.ana, post, None).await.expect("people");
            [after_liking, counted, viewed, people.items.len() as u32]
        },
    )
    .await;
}

#[tokio::test]
async fn a_like_taken_back_leaves_a_count_without_hidden_people() {
    across(Each { stranger: 1, follower: 1, blocked: 0, blocker: 0 }, |scene| async move {
        let post = scene.cids_post().await;
        scene.seed.like(&scene.ben, post).await;
        scene.seed.like(&scene.ana, post).await;
        scene.relate().await;
        like::unlike(scene.cx(), &scene.ana, post).await.expect("an undone like").likes
    })
    .await;
}
