//! Who is told of what.

use protocol::{NotificationId, Problem, notification::Cause};
use uuid::Uuid;

use super::{all, causes, one_by, reply, three, told};
use crate::{
    notification::{delete_all, list, preview, read},
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn a_like_a_comment_a_follow_and_a_message_are_told_the_latest_first() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "about the garden").await.id;
        seed.like(&ben, post).await;
        let comment = seed.comment(&cid, post, "how nice").await.id;
        seed.follow(&ben, &ana).await;
        seed.say(&cid, &ana, "are you there?").await;
        let expected = [
            one_by(Cause::Message, &cid),
            one_by(Cause::Follow, &ben),
            one_by(Cause::Comment(post, comment), &cid),
            one_by(Cause::Like(post), &ben),
        ];
        assert_eq!(told(&seed, &ana).await, expected);
        let excerpts: Vec<String> = all(&seed, &ana).await.into_iter().map(|one| one.excerpt).collect();
        assert_eq!(excerpts, ["are you there?", "", "how nice", "about the garden"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_their_own_doings() {
    both(|seed| async move {
        let [ana, ..] = three(&seed).await;
        let post = seed.post(&ana, "for @ana").await.id;
        seed.like(&ana, post).await;
        let comment = seed.comment(&ana, post, "for @ana").await.id;
        reply(&seed, &ana, post, comment, "for @ana").await;
        assert_eq!(causes(&seed, &ana).await, []);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM notification").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_told_once_to_each_of_those_whom_it_concerns() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        let head = seed.comment(&ben, post, "by ben").await.id;
        let first = reply(&seed, &cid, post, head, "to ben").await;
        let second = reply(&seed, &ana, post, first, "to cid, for @ben").await;
        let expected = [Cause::Comment(post, first), Cause::Comment(post, head)];
        assert_eq!(causes(&seed, &ana).await, expected, "her own reply is no news");
        assert_eq!(causes(&seed, &ben).await, [Cause::Reply(post, second), Cause::Reply(post, first)]);
        assert_eq!(causes(&seed, &cid).await, [Cause::Reply(post, second)]);
    })
    .await;
}

#[tokio::test]
async fn the_author_of_post_and_comment_is_told_of_a_reply_and_not_of_a_comment_as_well() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        let head = seed.comment(&ana, post, "by ana").await.id;
        let answer = reply(&seed, &ben, post, head, "for @ana").await;
        assert_eq!(causes(&seed, &ana).await, [Cause::Reply(post, answer)]);
    })
    .await;
}

#[tokio::test]
async fn mentions_are_told_in_posts_and_in_comments() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "for @ben and @nobody").await.id;
        let comment = seed.comment(&cid, post, "@ben, look").await.id;
        let expected = [Cause::Mention(post, Some(comment)), Cause::Mention(post, None)];
        assert_eq!(causes(&seed, &ben).await, expected);
    })
    .await;
}

#[tokio::test]
async fn likes_of_one_post_are_one_notification() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let (liked, other) = (seed.post(&ana, "liked").await.id, seed.post(&ana, "other").await.id);
        for number in 0..4 {
            let person = seed.person(&format!("person{number}")).await;
            seed.like(&person, liked).await;
        }
        seed.like(&ben, other).await;
        seed.like(&ben, liked).await;
        seed.like(&cid, liked).await;
        let listed = all(&seed, &ana).await;
        let shown: Vec<_> = listed
            .iter()
            .map(|one| {
                let people: Vec<_> = one.people.iter().map(|person| person.username.as_str()).collect();
                (one.cause, people, one.others)
            })
            .collect();
        let expected = [(Cause::Like(liked), vec!["cid", "ben"], 4), (Cause::Like(other), vec!["ben"], 0)];
        assert_eq!(shown, expected);
    })
    .await;
}

#[tokio::test]
async fn messages_of_one_conversation_are_one_notification_with_the_latest() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        seed.say(&ben, &ana, "first").await;
        seed.say(&cid, &ana, "second").await;
        seed.say(&ben, &ana, "third").await;
        let expected = [one_by(Cause::Message, &ben), one_by(Cause::Message, &cid)];
        assert_eq!(told(&seed, &ana).await, expected);
        assert_eq!(all(&seed, &ana).await[0].excerpt, "third");
    })
    .await;
}

#[tokio::test]
async fn a_long_text_is_told_by_its_beginning() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let post = seed.post(&ana, &format!("one\n\n{}", "zwölf ".repeat(100))).await.id;
        seed.like(&ben, post).await;
        let excerpt = all(&seed, &ana).await[0].excerpt.clone();
        assert!(excerpt.starts_with("one zwölf zwölf") && excerpt.ends_with('…'), "{excerpt}");
        assert!(excerpt.chars().count() <= 161, "{excerpt}");
    })
    .await;
}

#[tokio::test]
async fn a_page_goes_on_where_the_one_before_ends_in_one_statement_without_a_full_scan() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        for number in 0..25 {
            let post = seed.post(&ana, &format!("{number}")).await.id;
            seed.like(&ben, post).await;
            seed.like(&cid, post).await;
        }
        seed.query_log.take();
        let first = list(&seed.cx, &ana, None).await.expect("notifications");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
        assert_eq!((first.page.items.len(), first.page.more), (20, true));
        let last = first.page.items[19].id;
        let second = list(&seed.cx, &ana, Some(last)).await.expect("notifications").page;
        assert_eq!((second.items.len(), second.more), (5, false));
        assert!(first.page.items.iter().chain(&second.items).is_sorted_by(|one, other| one.id > other.id));
        assert_eq!(all(&seed, &ana).await.len(), 25);
    })
    .await;
}

#[tokio::test]
async fn notifications_are_for_whom_they_tell() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        seed.like(&ben, post).await;
        let told = all(&seed, &ana).await[0].id;
        assert_eq!(preview(&seed.cx, &ben, told).await.expect("an answer"), None);
        read(&seed.cx, &ben, told).await.expect("nothing to do");
        delete_all(&seed.cx, &ben, told).await.expect("nothing to do");
        assert!(all(&seed, &ana).await[0].is_unread);
        let nobody = Seed::nobody();
        assert_eq!(refusal(list(&seed.cx, &nobody, None).await), Problem::SignInNeeded);
        assert_eq!(refusal(preview(&seed.cx, &nobody, told).await), Problem::SignInNeeded);
        assert_eq!(refusal(read(&seed.cx, &nobody, told).await), Problem::SignInNeeded);
        let unknown = NotificationId::from(Uuid::from(id(&ana)));
        assert_eq!(preview(&seed.cx, &ana, unknown).await.expect("an answer"), None);
    })
    .await;
}
