//! What stands across a block is hidden from everybody: Cid, who has a block with nobody, looks at what Ana and Ben have
//! below each other's things.

use protocol::{
    PostId,
    comment::{CommentView, PageRequest},
    feed::FeedQuery,
    live::ServerMessage,
    post::PostMessage,
};

use super::{Each, Relation, Scene, across};
use crate::{Scope, block, comment, feed, like, post, testing::id};

impl Scene {
    /// How many comments Cid counts, and how many of them Cid can read, in pieces and thread by thread.
    async fn cid_reads(&self, post: PostId) -> (u32, usize) {
        let page = comment::page(self.cx(), &self.cid, post, PageRequest::First).await.expect("comments");
        let mut read = page.threads.len();
        for thread in page.threads {
            read += thread.replies.len();
            let first = comment::replies(self.cx(), &self.cid, thread.comment.id, thread.comment.id).await;
            assert_eq!(first.expect("replies").items, thread.replies, "both ways lead to the same");
        }
        (self.cid_counts(post).await.1, read)
    }

    /// The likes and comments that Cid counts, everywhere the same.
    async fn cid_counts(&self, post: PostId) -> (u32, u32) {
        let viewed = post::view(self.cx(), &self.cid, post).await.expect("the post").counts;
        let counted = like::counts(self.cx(), &self.cid, post).await.expect("counts");
        let page = feed::page(self.cx(), &self.cid, FeedQuery::default()).await.expect("a page");
        let listed = page.items.into_iter().find(|one| one.id == post).expect("the post").counts;
        for other in [counted, listed] {
            assert_eq!((viewed.likes, viewed.comments), (other.likes, other.comments));
        }
        (viewed.likes, viewed.comments)
    }

    /// Whoever blocked takes it back.
    async fn unrelate(&self) {
        let (blocker, blocked) = match self.relation {
            Relation::Blocked => (&self.ben, &self.ana),
            _ => (&self.ana, &self.ben),
        };
        block::unblock(self.cx(), blocker, id(blocked)).await.expect("no block");
    }

    /// Ana comments on Ben's post, Cid answers her and Ben answers Cid; Cid comments, and Ben and Ana talk in that thread.
    async fn discussion(&self) -> PostId {
        let post = self.bens_post().await;
        let anas = self.seed.comment(&self.ana, post, "ana").await;
        let cids = self.reply_of(&self.cid, &anas, "cid to ana").await;
        self.reply_of(&self.ben, &cids, "ben to cid").await;
        let open = self.seed.comment(&self.cid, post, "cid").await;
        let bens = self.reply_of(&self.ben, &open, "ben to cid").await;
        self.reply_of(&self.ana, &bens, "ana to ben").await;
        post
    }

    async fn reply_of(&self, who: &Scope, to: &CommentView, body: &str) -> CommentView {
        let new = protocol::comment::NewComment {
            client_id: None,
            post: to.post,
            answers: Some(to.id),
            body: body.to_owned(),
        };
        self.seed.reply(who, new).await
    }
}

#[tokio::test]
async fn a_comment_across_a_block_and_its_thread_are_neither_read_nor_counted_by_anybody() {
    let expected = Each { stranger: (6, 6), follower: (6, 6), blocked: (2, 2), blocker: (2, 2) };
    across(expected, |scene| async move {
        let post = scene.discussion().await;
        scene.relate().await;
        scene.cid_reads(post).await
    })
    .await;
}

#[tokio::test]
async fn a_reply_across_a_block_is_neither_read_nor_counted_by_anybody() {
    let expected = Each { stranger: (5, 5), follower: (5, 5), blocked: (3, 3), blocker: (3, 3) };
    across(expected, |scene| async move {
        let post = scene.cids_post().await;
        let bens = scene.seed.comment(&scene.ben, post, "ben").await;
        scene.reply_of(&scene.ana, &bens, "ana in ben's thread").await;
        let cids = scene.reply_of(&scene.cid, &bens, "cid in ben's thread").await;
        let open = scene.seed.comment(&scene.cid, post, "cid").await;
        assert_eq!(cids.thread, Some(bens.id));
        let bens = scene.reply_of(&scene.ben, &open, "ben in cid's thread").await;
        scene.reply_of(&scene.ana, &bens, "ana answers ben").await;
        comment::remove(scene.cx(), &scene.cid, cids.id).await.expect("a removed reply");
        scene.relate().await;
        scene.cid_reads(post).await
    })
    .await;
}

#[tokio::test]
async fn a_like_across_a_block_is_neither_listed_nor_counted_by_anybody() {
    let expected = Each { stranger: (2, 2), follower: (2, 2), blocked: (1, 1), blocker: (1, 1) };
    across(expected, |scene| async move {
        let post = scene.bens_post().await;
        scene.seed.like(&scene.ana, post).await;
        scene.seed.like(&scene.cid, post).await;
        scene.relate().await;
        let listed = like::people(scene.cx(), &scene.cid, post, None).await.expect("people").items.len();
        (scene.cid_counts(post).await.0, listed)
    })
    .await;
}

#[tokio::test]
async fn what_stood_across_a_block_is_back_when_the_block_is_lifted() {
    let all = || ((1, 6), (6, 6));
    across(Each { stranger: all(), follower: all(), blocked: all(), blocker: all() }, |scene| async move {
        let post = scene.discussion().await;
        scene.seed.like(&scene.ana, post).await;
        scene.relate().await;
        scene.unrelate().await;
        (scene.cid_counts(post).await, scene.cid_reads(post).await)
    })
    .await;
}

#[tokio::test]
async fn a_block_changes_the_counts_that_others_have_on_the_screen() {
    let expected = Each {
        stranger: None,
        follower: None,
        blocked: Some(((0, 2), (1, 6))),
        blocker: Some(((0, 2), (1, 6))),
    };
    across(expected, |scene| async move {
        let post = scene.discussion().await;
        scene.seed.like(&scene.ana, post).await;
        let mut socket = scene.seed.connect(&scene.cid).await;
        socket.watch([post]);
        scene.relate().await;
        let counted = |heard: Vec<ServerMessage>| {
            heard.into_iter().rev().find_map(|message| match message {
                ServerMessage::Post(PostMessage::CountsChanged { counts, .. }) => {
                    Some((counts.likes, counts.comments))
                }
                _ => None,
            })
        };
        let blocked = counted(socket.received().await);
        scene.unrelate().await;
        blocked.zip(counted(socket.received().await))
    })
    .await;
}

/// Ben has blocks with both; the counts of Cid, who sees everybody, and of Ana, who does not see Ben, agree with the lists.
#[tokio::test]
async fn what_is_hidden_from_everybody_is_not_subtracted_twice() {
    let expected = Each { stranger: (1, 2), follower: (1, 2), blocked: (0, 1), blocker: (0, 1) };
    across(expected, |scene| async move {
        let dan = scene.seed.person(&format!("dan_{:?}", scene.relation).to_lowercase()).await;
        let post = scene.cids_post().await;
        let dans = scene.seed.post(&dan, "by dan").await.id;
        for post in [post, dans] {
            scene.seed.like(&scene.ben, post).await;
            scene.seed.comment(&scene.ben, post, "by ben").await;
            scene.seed.comment(&scene.cid, post, "by cid").await;
        }
        scene.seed.block(&dan, &scene.ben).await;
        scene.relate().await;
        let at_dans = like::counts(scene.cx(), &scene.ana, dans).await.expect("counts");
        assert_eq!(
            (at_dans.likes, at_dans.comments),
            (0, 1),
            "Ben's things on Dan's post are hidden from all"
        );
        let listed = comment::page(scene.cx(), &scene.ana, dans, PageRequest::First).await.expect("comments");
        assert_eq!(listed.threads.len(), 1);
        let counts = like::counts(scene.cx(), &scene.ana, post).await.expect("counts");
        (counts.likes, counts.comments)
    })
    .await;
}
