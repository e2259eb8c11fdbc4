//! What is undone is told no more, and what is done again is not told twice.

use protocol::{
    comment::EditComment,
    notification::Cause,
    post::{EditPost, UNDO_SECONDS},
};

use super::{all, causes, reply, three, unread};
use crate::{
    chat, comment, deletion, follow, like,
    notification::{delete, read},
    post,
    testing::{both, id},
};

#[tokio::test]
async fn a_like_taken_back_is_told_no_more_and_given_again_not_told_twice() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        seed.like(&ben, post).await;
        let first = all(&seed, &ana).await[0].id;
        like::unlike(&seed.cx, &ben, post).await.expect("an undone like");
        assert_eq!(causes(&seed, &ana).await, []);
        seed.like(&ben, post).await;
        assert_eq!(all(&seed, &ana).await[0].id, first, "the same one");
        read(&seed.cx, &ana, first).await.expect("read");
        like::unlike(&seed.cx, &ben, post).await.expect("an undone like");
        seed.like(&ben, post).await;
        assert_eq!((causes(&seed, &ana).await, unread(&seed, &ana).await), (vec![Cause::Like(post)], 0));
        delete(&seed.cx, &ana, first).await.expect("deleted");
        like::unlike(&seed.cx, &ben, post).await.expect("an undone like");
        seed.like(&ben, post).await;
        assert_eq!(causes(&seed, &ana).await, [], "what was deleted does not come back");
    })
    .await;
}

#[tokio::test]
async fn a_follow_taken_back_is_told_no_more_and_given_again_not_told_twice() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        seed.follow(&ben, &ana).await;
        let first = all(&seed, &ana).await[0].id;
        follow::unfollow(&seed.cx, &ben, id(&ana)).await.expect("no follow");
        assert_eq!(causes(&seed, &ana).await, []);
        seed.follow(&ben, &ana).await;
        assert_eq!(all(&seed, &ana).await[0].id, first, "the same one");
    })
    .await;
}

#[tokio::test]
async fn a_removed_comment_is_told_no_more_with_or_without_replies_below_it() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        let alone = seed.comment(&ben, post, "alone").await.id;
        let head = seed.comment(&ben, post, "with a reply").await.id;
        let answer = reply(&seed, &cid, post, head, "a reply").await;
        for comment in [alone, head] {
            comment::remove(&seed.cx, &ben, comment).await.expect("a removed comment");
        }
        assert_eq!(causes(&seed, &ana).await, [Cause::Comment(post, answer)]);
        comment::remove(&seed.cx, &ana, answer).await.expect("a removed comment");
        assert_eq!((causes(&seed, &ana).await, causes(&seed, &ben).await), (vec![], vec![]));
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM notification").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_removed_post_takes_what_is_told_of_it_along_and_brings_it_back() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "for @cid").await.id;
        seed.like(&ben, post).await;
        let head = seed.comment(&ben, post, "a comment").await.id;
        reply(&seed, &cid, post, head, "a reply").await;
        let before = (all(&seed, &ana).await, all(&seed, &ben).await, all(&seed, &cid).await);
        assert_eq!((before.0.len(), before.1.len(), before.2.len()), (3, 1, 1));
        post::remove(&seed.cx, &ana, post).await.expect("a removed post");
        for who in [&ana, &ben, &cid] {
            assert_eq!(causes(&seed, who).await, []);
        }
        post::restore(&seed.cx, &ana, post).await.expect("a post");
        assert_eq!((all(&seed, &ana).await, all(&seed, &ben).await, all(&seed, &cid).await), before);
        post::remove(&seed.cx, &ana, post).await.expect("a removed post");
        seed.clock.advance_seconds(i64::from(UNDO_SECONDS) + 1);
        seed.run_jobs().await;
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM notification").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whom_an_edit_mentions_no_more_is_told_no_more_and_whom_it_mentions_now_is_told() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "for @ben").await.id;
        let edit = |version, body: &str| EditPost { post, version, body: body.into(), pictures: Vec::new() };
        post::edit(&seed.cx, &ana, edit(0, "for @cid")).await.expect("an edited post");
        assert_eq!(
            (causes(&seed, &ben).await, causes(&seed, &cid).await),
            (vec![], vec![Cause::Mention(post, None)])
        );
        post::edit(&seed.cx, &ana, edit(1, "for @cid and @ben")).await.expect("an edited post");
        assert_eq!(causes(&seed, &ben).await.len(), 1);
        let written = seed.comment(&ana, post, "a comment").await.id;
        let edit = EditComment { comment: written, version: 0, body: "for @cid".into() };
        comment::edit(&seed.cx, &ana, edit).await.expect("an edited comment");
        assert_eq!(
            causes(&seed, &cid).await,
            [Cause::Mention(post, Some(written)), Cause::Mention(post, None)]
        );
    })
    .await;
}

#[tokio::test]
async fn what_somebody_did_who_has_left_is_told_no_more() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let (post, bens) = (seed.post(&ana, "by ana").await.id, seed.post(&ben, "by ben").await.id);
        seed.like(&ben, post).await;
        seed.follow(&ben, &ana).await;
        let comment = seed.comment(&ana, bens, "by ana").await.id;
        reply(&seed, &cid, bens, comment, "on ben's post").await;
        assert_eq!(unread(&seed, &ana).await, 3);
        let mut socket = seed.connect(&ana).await;
        deletion::close_account(&seed.cx, &ben, "plum tiger stairs 9".into())
            .await
            .expect("a closed account");
        assert_eq!(causes(&seed, &ana).await, []);
        let badges = socket.received().await.into_iter().filter_map(|message| match message {
            protocol::live::ServerMessage::Badges(badges) => Some(badges.notifications),
            _ => None,
        });
        assert_eq!(badges.collect::<Vec<_>>(), [0], "she hears it at once");
        // Logging in opens the account again.
        seed.cookie(&ben).await;
        assert_eq!(unread(&seed, &ana).await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_a_deleted_message_are_told_no_more() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let (first, second) = (seed.say(&ben, &ana, "first").await, seed.say(&ben, &ana, "second").await);
        for (message, left) in [(second, "first"), (first, "")] {
            chat::message::remove(&seed.cx, &ben, message.conversation, message.seq)
                .await
                .expect("a deleted message");
            assert_eq!(all(&seed, &ana).await[0].excerpt, left);
        }
    })
    .await;
}
