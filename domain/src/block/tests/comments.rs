use protocol::{
    CommentId, PostId,
    comment::{CommentMessage, CommentView, EditComment, NewComment, PageRequest},
    live::ServerMessage,
};

use super::{DONE, Each, NOT_FOUND, SEEN, Scene, across, refused};
use crate::{Scope, comment, post};

impl Scene {
    async fn reply(&self, who: &Scope, to: &CommentView, body: &str) -> CommentView {
        let new = NewComment { client_id: None, post: to.post, answers: Some(to.id), body: body.to_owned() };
        self.seed.reply(who, new).await
    }

    /// Ana changes what she wrote, or tries to.
    async fn ana_edits(&self, comment: &CommentView) -> Option<protocol::Problem> {
        let edit = EditComment { comment: comment.id, version: comment.version, body: "other words".into() };
        refused(comment::edit(self.cx(), &self.ana, edit).await)
    }

    /// Ana removes a comment, or tries to.
    async fn ana_removes(&self, comment: &CommentView) -> Option<protocol::Problem> {
        refused(comment::remove(self.cx(), &self.ana, comment.id).await)
    }

    /// What Ana finds in a page of the comments.
    async fn ana_finds(&self, post: PostId, request: PageRequest) -> Vec<CommentId> {
        let page = comment::page(self.cx(), &self.ana, post, request).await.expect("comments");
        let threads = page.threads.into_iter();
        threads
            .flat_map(|thread| std::iter::once(thread.comment).chain(thread.replies))
            .map(|found| found.id)
            .collect()
    }
}

#[tokio::test]
async fn comments_on_a_hidden_authors_post_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.seed.comment(&scene.ana, post, "by ana").await;
        scene.relate().await;
        refused(comment::page(scene.cx(), &scene.ana, post, PageRequest::First).await)
    })
    .await;
}

#[tokio::test]
async fn a_hidden_authors_post_cannot_be_commented() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.bens_post().await;
        scene.relate().await;
        let new = NewComment { client_id: None, post, answers: None, body: "by ana".into() };
        refused(comment::write(scene.cx(), &scene.ana, new).await)
    })
    .await;
}

#[tokio::test]
async fn a_hidden_persons_comment_cannot_be_answered() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.ben, scene.cids_post().await, "by ben").await;
        scene.relate().await;
        let new = NewComment {
            client_id: None,
            post: comment.post,
            answers: Some(comment.id),
            body: "by ana".into(),
        };
        refused(comment::write(scene.cx(), &scene.ana, new).await)
    })
    .await;
}

#[tokio::test]
async fn a_reply_in_a_hidden_persons_thread_cannot_be_answered() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.ben, scene.cids_post().await, "by ben").await;
        let reply = scene.reply(&scene.cid, &comment, "by cid").await;
        scene.relate().await;
        let new = NewComment {
            client_id: None,
            post: comment.post,
            answers: Some(reply.id),
            body: "by ana".into(),
        };
        refused(comment::write(scene.cx(), &scene.ana, new).await)
    })
    .await;
}

#[tokio::test]
async fn other_peoples_posts_stay_open_for_comments() {
    across(DONE, |scene| async move {
        let comment = scene.seed.comment(&scene.cid, scene.cids_post().await, "by cid").await;
        scene.reply(&scene.ben, &comment, "by ben").await;
        scene.relate().await;
        let new = NewComment {
            client_id: None,
            post: comment.post,
            answers: Some(comment.id),
            body: "by ana".into(),
        };
        refused(comment::write(scene.cx(), &scene.ana, new).await)
    })
    .await;
}

/// Ben comments, Cid answers him; Cid comments, Ben answers him and Cid answers Ben.
#[tokio::test]
async fn comments_and_threads_of_hidden_people_are_neither_listed_nor_counted() {
    across(
        Each { stranger: (5, 5), follower: (5, 5), blocked: (2, 2), blocker: (2, 2) },
        |scene| async move {
            let post = scene.cids_post().await;
            let (bens, cids) = (
                scene.seed.comment(&scene.ben, post, "ben").await,
                scene.seed.comment(&scene.cid, post, "cid").await,
            );
            scene.reply(&scene.cid, &bens, "in ben's thread").await;
            let in_cids = scene.reply(&scene.ben, &cids, "ben in cid's thread").await;
            scene.reply(&scene.cid, &in_cids, "cid to ben").await;
            scene.relate().await;
            let page =
                comment::page(scene.cx(), &scene.ana, post, PageRequest::First).await.expect("comments");
            let listed = page.threads.iter().map(|thread| 1 + thread.replies.len() as u32).sum::<u32>();
            (listed, post::view(scene.cx(), &scene.ana, post).await.expect("the post").counts.comments)
        },
    )
    .await;
}

#[tokio::test]
async fn a_reply_does_not_name_a_hidden_person() {
    across(SEEN, |scene| async move {
        let cids = scene.seed.comment(&scene.cid, scene.cids_post().await, "by cid").await;
        let bens = scene.reply(&scene.ben, &cids, "by ben").await;
        let to_ben = scene.reply(&scene.cid, &bens, "to ben").await;
        scene.relate().await;
        let page =
            comment::page(scene.cx(), &scene.ana, cids.post, PageRequest::First).await.expect("comments");
        let replies = page.threads.iter().flat_map(|thread| &thread.replies);
        replies.into_iter().find(|reply| reply.id == to_ben.id).expect("Cid's reply").answers.is_some()
    })
    .await;
}

#[tokio::test]
async fn a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.ana, scene.bens_post().await, "by ana").await;
        scene.relate().await;
        let edited = scene.ana_edits(&comment).await;
        assert_eq!(edited, scene.ana_removes(&comment).await);
        edited
    })
    .await;
}

#[tokio::test]
async fn a_reply_in_a_hidden_persons_thread_is_neither_edited_nor_removed() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.ben, scene.cids_post().await, "by ben").await;
        let reply = scene.reply(&scene.ana, &comment, "by ana").await;
        scene.relate().await;
        let edited = scene.ana_edits(&reply).await;
        assert_eq!(edited, scene.ana_removes(&reply).await);
        edited
    })
    .await;
}

#[tokio::test]
async fn a_hidden_persons_comment_below_an_own_post_cannot_be_removed() {
    across(NOT_FOUND, |scene| async move {
        let post = scene.seed.post(&scene.ana, "by ana").await.id;
        let comment = scene.seed.comment(&scene.ben, post, "by ben").await;
        scene.relate().await;
        scene.ana_removes(&comment).await
    })
    .await;
}

#[tokio::test]
async fn replies_on_a_hidden_authors_post_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.cid, scene.bens_post().await, "by cid").await;
        let reply = scene.reply(&scene.cid, &comment, "a reply").await;
        scene.relate().await;
        refused(comment::replies(scene.cx(), &scene.ana, comment.id, reply.id).await)
    })
    .await;
}

#[tokio::test]
async fn replies_in_a_hidden_persons_thread_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let comment = scene.seed.comment(&scene.ben, scene.cids_post().await, "by ben").await;
        let reply = scene.reply(&scene.cid, &comment, "a reply").await;
        scene.relate().await;
        refused(comment::replies(scene.cx(), &scene.ana, comment.id, reply.id).await)
    })
    .await;
}

#[tokio::test]
async fn further_replies_leave_hidden_people_out() {
    across(Each { stranger: 2, follower: 2, blocked: 1, blocker: 1 }, |scene| async move {
        let comment = scene.seed.comment(&scene.cid, scene.cids_post().await, "by cid").await;
        let first = scene.reply(&scene.cid, &comment, "first").await;
        scene.reply(&scene.ben, &comment, "by ben").await;
        scene.reply(&scene.cid, &comment, "by cid").await;
        scene.relate().await;
        let page = comment::replies(scene.cx(), &scene.ana, comment.id, first.id).await.expect("replies");
        page.items.len()
    })
    .await;
}

/// Of six replies the first five are shown at first: which those are depends on who may be seen.
#[tokio::test]
async fn the_first_replies_are_those_of_people_who_are_not_hidden() {
    across(
        Each { stranger: (5, true), follower: (5, true), blocked: (3, false), blocker: (3, false) },
        |scene| async move {
            let comment = scene.seed.comment(&scene.cid, scene.cids_post().await, "by cid").await;
            for who in [&scene.ben, &scene.cid, &scene.ben, &scene.ben, &scene.cid, &scene.cid] {
                scene.reply(who, &comment, "a reply").await;
            }
            scene.relate().await;
            let page = comment::page(scene.cx(), &scene.ana, comment.post, PageRequest::First)
                .await
                .expect("comments");
            (page.threads[0].replies.len(), page.threads[0].more)
        },
    )
    .await;
}

#[tokio::test]
async fn a_removed_comment_of_a_hidden_person_hides_its_thread_as_before() {
    across(Each { stranger: 2, follower: 2, blocked: 0, blocker: 0 }, |scene| async move {
        let comment = scene.seed.comment(&scene.ben, scene.cids_post().await, "by ben").await;
        scene.reply(&scene.cid, &comment, "by cid").await;
        comment::remove(scene.cx(), &scene.ben, comment.id).await.expect("a removed comment");
        scene.relate().await;
        scene.ana_finds(comment.post, PageRequest::First).await.len()
    })
    .await;
}

/// Cid's comments come first and last; Ben's and Cid's reply to Ben stand between them.
#[tokio::test]
async fn the_place_of_a_hidden_comment_is_none() {
    across(
        Each { stranger: [3, 3], follower: [3, 3], blocked: [2, 2], blocker: [2, 2] },
        |scene| async move {
            let post = scene.cids_post().await;
            scene.seed.comment(&scene.cid, post, "before").await;
            let bens = scene.seed.comment(&scene.ben, post, "by ben").await;
            let reply = scene.reply(&scene.cid, &bens, "to ben").await;
            let last = scene.seed.comment(&scene.cid, post, "after").await;
            scene.relate().await;
            let [at_comment, at_reply] = [
                scene.ana_finds(post, PageRequest::At(bens.id)).await,
                scene.ana_finds(post, PageRequest::At(reply.id)).await,
            ];
            assert_eq!(at_comment.last(), Some(&last.id));
            [at_comment.len(), at_reply.len()]
        },
    )
    .await;
}

#[tokio::test]
async fn threads_of_hidden_people_are_on_neither_side_of_a_page() {
    across(
        Each {
            stranger: (true, true),
            follower: (true, true),
            blocked: (false, false),
            blocker: (false, false),
        },
        |scene| async move {
            let post = scene.cids_post().await;
            scene.seed.comment(&scene.ben, post, "before").await;
            let middle = scene.seed.comment(&scene.cid, post, "by cid").await;
            scene.seed.comment(&scene.ben, post, "after").await;
            scene.relate().await;
            let page =
                async |request| comment::page(scene.cx(), &scene.ana, post, request).await.expect("comments");
            let (at, before) =
                (page(PageRequest::At(middle.id)).await, page(PageRequest::Before(middle.id)).await);
            assert!(before.more, "the one that it comes before");
            assert_eq!(before.threads.is_empty(), !at.earlier);
            (at.earlier, at.threads.len() > 1)
        },
    )
    .await;
}

#[tokio::test]
async fn an_edit_and_the_removal_of_a_hidden_persons_comment_are_not_heard() {
    across(
        Each { stranger: [true; 2], follower: [true; 2], blocked: [false; 2], blocker: [false; 2] },
        |scene| async move {
            let post = scene.cids_post().await;
            let comment = scene.seed.comment(&scene.ben, post, "by ben").await;
            let mut socket = scene.seed.connect(&scene.ana).await;
            socket.watch([post]);
            scene.relate().await;
            let edit = EditComment { comment: comment.id, version: 0, body: "other words".into() };
            let edited = comment::edit(scene.cx(), &scene.ben, edit).await.expect("an edited comment");
            comment::remove(scene.cx(), &scene.ben, comment.id).await.expect("a removed comment");
            let heard = socket.received().await;
            let gone = ServerMessage::Comment(CommentMessage::Removed { post, comment: comment.id });
            [
                heard.contains(&ServerMessage::Comment(CommentMessage::Changed { comment: edited.into() })),
                heard.contains(&gone),
            ]
        },
    )
    .await;
}
