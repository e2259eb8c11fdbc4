//! Reading and deleting.

use protocol::{chat::ReadPosition, notification::Cause};

use super::{all, causes, three, told, unread};
use crate::{
    Scope, chat, like,
    notification::{delete, delete_all, list, read, read_all},
    testing::{Seed, both, id},
};

async fn say_and_like(seed: &Seed, ana: &Scope, ben: &Scope, cid: &Scope) -> protocol::PostId {
    let post = seed.post(ana, "by ana").await.id;
    seed.like(ben, post).await;
    seed.say(cid, ana, "hello").await;
    post
}

#[tokio::test]
async fn reading_one_leaves_the_others_unread() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        say_and_like(&seed, &ana, &ben, &cid).await;
        let listed = all(&seed, &ana).await;
        read(&seed.cx, &ana, listed[1].id).await.expect("read");
        let now: Vec<_> = all(&seed, &ana).await.iter().map(|one| one.is_unread).collect();
        assert_eq!(now, [true, false]);
        read(&seed.cx, &ana, listed[1].id).await.expect("read");
        assert_eq!(unread(&seed, &ana).await, 1, "reading twice is reading once");
    })
    .await;
}

#[tokio::test]
async fn likes_are_read_together_and_a_later_one_is_unread() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        let dora = seed.person("dora").await;
        seed.like(&ben, post).await;
        seed.like(&cid, post).await;
        let seen = all(&seed, &ana).await[0].id;
        seed.like(&dora, post).await;
        read(&seed.cx, &ana, seen).await.expect("read");
        assert_eq!(unread(&seed, &ana).await, 1, "Dora's came after what was read");
        delete(&seed.cx, &ana, seen).await.expect("deleted");
        assert_eq!(told(&seed, &ana).await, [(Cause::Like(post), vec!["dora".to_owned()])]);
    })
    .await;
}

#[tokio::test]
async fn all_are_read_and_deleted_up_to_what_was_on_the_page() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        say_and_like(&seed, &ana, &ben, &cid).await;
        let through = list(&seed.cx, &ana, None).await.expect("notifications").through;
        seed.follow(&ben, &ana).await;
        read_all(&seed.cx, &ana, through).await.expect("read");
        assert_eq!((causes(&seed, &ana).await.len(), unread(&seed, &ana).await), (3, 1));
        delete_all(&seed.cx, &ana, through).await.expect("deleted");
        assert_eq!(causes(&seed, &ana).await, [Cause::Follow]);
    })
    .await;
}

#[tokio::test]
async fn reading_a_conversation_to_its_end_reads_its_notification_which_stays_until_it_is_deleted() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        seed.say(&ben, &ana, "first").await;
        let said = seed.say(&ben, &ana, "second").await;
        for (seq, left) in [(1, 1), (2, 0)] {
            let seen = ReadPosition { conversation: said.conversation, seq };
            chat::read(&seed.cx, &ana, seen).await.expect("read");
            assert_eq!((causes(&seed, &ana).await, unread(&seed, &ana).await), (vec![Cause::Message], left));
        }
        seed.say(&ben, &ana, "third").await;
        assert_eq!(unread(&seed, &ana).await, 1, "the next message makes it unread again");
        seed.say(&ana, &ben, "an answer").await;
        assert_eq!(unread(&seed, &ana).await, 0, "answering reads");
        delete(&seed.cx, &ana, all(&seed, &ana).await[0].id).await.expect("deleted");
        assert_eq!(causes(&seed, &ana).await, []);
        seed.say(&ben, &ana, "fourth").await;
        assert_eq!((causes(&seed, &ana).await, unread(&seed, &ana).await), (vec![Cause::Message], 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_sixty_four_do_at_once_is_told_once_each() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "by ana").await.id;
        let mut people = Vec::new();
        for number in 0..64 {
            people.push(seed.person(&format!("person{number}")).await);
        }
        let tasks = people.iter().cloned().enumerate().map(|(number, who)| {
            let (cx, ana) = (seed.cx.clone(), ana.clone());
            tokio::spawn(async move {
                like::like(&cx, &who, post).await.expect("a like");
                crate::follow::follow(&cx, &who, id(&ana)).await.expect("a follow");
                if number % 4 == 0 {
                    like::unlike(&cx, &who, post).await.expect("an undone like");
                    like::like(&cx, &who, post).await.expect("a like");
                }
                let through = list(&cx, &ana, None).await.expect("notifications").through;
                if number % 8 == 0 {
                    read_all(&cx, &ana, through).await.expect("read");
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("a task that ends well");
        }
        let listed = all(&seed, &ana).await;
        assert_eq!(listed.len(), 65, "64 followers, and the likes together");
        let likes = listed.iter().find(|one| one.cause == Cause::Like(post)).expect("the likes");
        assert_eq!((likes.people.len(), likes.others), (2, 62));
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM notification").await, 128);
    })
    .await;
}
