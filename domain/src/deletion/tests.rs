use protocol::{
    Problem, Reason,
    account::Credentials,
    comment::{NewComment, PageRequest},
    feed::{FeedKind, FeedQuery},
    post::PostView,
    profile::{ProfileContent, ProfileDetails, ProfileView},
};

use super::close_account;
use crate::{
    Error, Scope, account, chat, comment, feed, like, post, profile,
    session::{self, SignedIn},
    testing::{Seed, both, id, refusal},
};

mod nothing_left;

const PASSWORD: &str = "plum tiger stairs 9";
const DAYS: i64 = 14 * 24 * 3_600;

async fn close(seed: &Seed, who: &Scope) {
    close_account(&seed.cx, who, PASSWORD.to_owned()).await.expect("a closed account");
}

/// Closes an account and lets the time go by in which its owner could come back.
async fn delete(seed: &Seed, who: &Scope) {
    close(seed, who).await;
    seed.run_jobs().await;
    seed.clock.advance_seconds(DAYS);
    seed.run_jobs().await;
}

async fn log_in(seed: &Seed, username: &str) -> Result<SignedIn, Error> {
    let credentials = Credentials { login: username.to_owned(), password: PASSWORD.to_owned() };
    let log_in = session::log_in(&seed.cx, &Seed::nobody(), credentials, "a test").await?;
    Ok(log_in.done().expect("no code is asked for"))
}

async fn profile_of(seed: &Seed, reader: &Scope, username: &str) -> ProfileDetails {
    match profile::view(&seed.cx, reader, username, None).await.expect("a profile") {
        ProfileView::Open(details) => details,
        stub @ ProfileView::YouBlocked { .. } => panic!("{stub:?}"),
    }
}

/// What a profile shows of its person's posts.
fn posts_in(details: ProfileDetails) -> Vec<PostView> {
    match details.content {
        ProfileContent::Posts(page) => page.items,
        other => panic!("{other:?}"),
    }
}

async fn feed_of(seed: &Seed, reader: &Scope) -> Vec<String> {
    let query = FeedQuery { kind: FeedKind::Everyone, before: None };
    let page = feed::page(&seed.cx, reader, query).await.expect("a feed");
    page.items.into_iter().map(|post| post.body).collect()
}

/// Ana, who goes, and Ben, who stays; each has done something with the other's things.
async fn ana_and_ben(seed: &Seed) -> (Scope, Scope) {
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    seed.follow(&ana, &ben).await;
    seed.follow(&ben, &ana).await;
    let (anas, bens) = (seed.post(&ana, "by ana").await.id, seed.post(&ben, "by ben").await.id);
    seed.like(&ana, bens).await;
    seed.like(&ben, anas).await;
    let head = seed.comment(&ana, bens, "head by ana").await.id;
    seed.comment(&ana, bens, "alone by ana").await;
    let reply = NewComment { client_id: None, post: bens, answers: Some(head), body: "reply by ben".into() };
    let reply = seed.reply(&ben, reply).await.id;
    let answer =
        NewComment { client_id: None, post: bens, answers: Some(reply), body: "answer by ana".into() };
    seed.reply(&ana, answer).await;
    seed.comment(&ben, anas, "on a post by ana").await;
    seed.say(&ana, &ben, "said by ana").await;
    seed.say(&ben, &ana, "said by ben").await;
    (ana, ben)
}

#[tokio::test]
async fn a_closed_account_takes_nobody_else_along() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "for @ben").await.id;
        seed.like(&ben, post).await;
        close(&seed, &cid).await;
        let liked_by = like::people(&seed.cx, &ana, post, None).await.unwrap().items;
        assert_eq!(liked_by.iter().map(|listed| listed.person.id).collect::<Vec<_>>(), [id(&ben)]);
        assert_eq!(post::view(&seed.cx, &ana, post).await.unwrap().mentions, ["ben"]);
        profile::change_username(&seed.cx, &ben, "benjamin").await.unwrap();
        let said = seed.say(&ana, &ben, "hello @ben").await;
        assert_eq!(said.mentions, ["ben"], "by a name that was given up");
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_is_seen_by_nobody() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        let (cx, bens) = (&seed.cx, posts_in(profile_of(&seed, &ben, "ben").await)[0].id);
        close(&seed, &ana).await;
        assert_eq!(refusal(profile::view(cx, &ben, "ana", None).await), Problem::NotFound);
        assert_eq!(feed_of(&seed, &ben).await, ["by ben"]);
        let details = profile_of(&seed, &ben, "ben").await;
        assert_eq!((details.followers, details.following), (0, 0));
        let counts = posts_in(details)[0].counts;
        assert_eq!((counts.likes, counts.comments), (0, 0));
        assert!(like::people(cx, &ben, bens, None).await.expect("likes").items.is_empty());
        let threads = comment::page(cx, &ben, bens, PageRequest::First).await.expect("comments");
        assert!(threads.threads.is_empty(), "{threads:?}");
        assert!(chat::conversations(cx, &ben).await.expect("conversations").is_empty());
        assert_eq!(refusal(chat::open(cx, &ben, "ana").await), Problem::NotFound);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn closing_an_account_signs_its_owner_out_everywhere_and_says_by_mail_until_when_they_can_come_back() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let cookie = seed.cookie(&ana).await;
        close(&seed, &ana).await;
        assert!(session::resolve(&seed.cx, &cookie).await.expect("an answer").is_none());
        seed.run_jobs().await;
        let mut mails = seed.mailbox.take("ana@example.org");
        mails.retain(|mail| mail.subject == "Your account will be deleted");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains(&crate::mail::moment(seed.cx.now().plus_seconds(DAYS))), "{mails:?}");
    })
    .await;
}

#[tokio::test]
async fn logging_in_brings_a_closed_account_back_with_everything_in_it() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        let before = profile_of(&seed, &ben, "ana").await;
        close(&seed, &ana).await;
        seed.clock.advance_seconds(DAYS - 1);
        log_in(&seed, "ana").await.expect("a session");
        seed.clock.advance_seconds(1);
        seed.run_jobs().await;
        let after = profile_of(&seed, &ben, "ana").await;
        assert_eq!(
            (after.followers, after.following, after.post_count),
            (before.followers, before.following, before.post_count)
        );
        assert_eq!(feed_of(&seed, &ben).await, ["by ben", "by ana"]);
        let subjects: Vec<String> =
            seed.mailbox.take("ana@example.org").into_iter().map(|mail| mail.subject).collect();
        assert!(subjects.contains(&"Your account is back".to_owned()), "{subjects:?}");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_closed_anew_is_not_deleted_by_the_job_of_the_first_time() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        close(&seed, &ana).await;
        seed.clock.advance_seconds(DAYS - 1);
        log_in(&seed, "ana").await.expect("a session");
        close(&seed, &ana).await;
        seed.clock.advance_seconds(1);
        seed.run_jobs().await;
        log_in(&seed, "ana").await.expect("a session");
        assert_eq!(profile_of(&seed, &ben, "ana").await.person.username, "ana");
    })
    .await;
}

#[tokio::test]
async fn when_the_time_is_over_nobody_logs_in_though_the_job_has_not_run() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        close(&seed, &ana).await;
        seed.clock.advance_seconds(DAYS);
        assert_eq!(refusal(log_in(&seed, "ana").await), Problem::WrongCredentials);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_closes_nothing_and_cannot_be_tried_for_ever() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let wrong = close_account(&seed.cx, &ana, "another password".to_owned()).await;
        assert_eq!(refusal(wrong), Problem::field("current_password", Reason::Wrong));
        assert_eq!(profile_of(&seed, &ben, "ana").await.person.username, "ana");
        assert_eq!(
            refusal(close_account(&seed.cx, &Seed::nobody(), PASSWORD.into()).await),
            Problem::SignInNeeded
        );
    })
    .await;
}

#[tokio::test]
async fn without_days_to_come_back_an_account_is_deleted_at_once() {
    both(|seed| async move {
        let seed = seed.configured(|parts| parts.deletion_days = 0);
        let (ana, ben) = ana_and_ben(&seed).await;
        close(&seed, &ana).await;
        seed.run_jobs().await;
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM account WHERE username = 'ana'").await, 0);
        assert_eq!(refusal(log_in(&seed, "ana").await), Problem::WrongCredentials);
        assert_eq!(feed_of(&seed, &ben).await, ["by ben"]);
    })
    .await;
}

#[tokio::test]
async fn the_counts_of_others_are_right_after_a_deletion() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        delete(&seed, &ana).await;
        seed.assert_counters_are_right().await;
        let details = profile_of(&seed, &ben, "ben").await;
        assert_eq!((details.followers, details.following, details.post_count), (0, 0, 1));
        let counts = posts_in(details)[0].counts;
        assert_eq!((counts.likes, counts.comments), (0, 1), "Ben's own reply is left");
    })
    .await;
}

#[tokio::test]
async fn replies_of_others_stay_below_what_is_left_of_a_deleted_comment() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        let post = posts_in(profile_of(&seed, &ben, "ben").await)[0].id;
        delete(&seed, &ana).await;
        let threads =
            comment::page(&seed.cx, &ben, post, PageRequest::First).await.expect("comments").threads;
        assert_eq!(threads.len(), 1);
        assert_eq!((threads[0].comment.author.as_ref(), threads[0].comment.body.as_str()), (None, ""));
        let replies: Vec<&str> = threads[0].replies.iter().map(|reply| reply.body.as_str()).collect();
        assert_eq!(replies, ["reply by ben"]);
    })
    .await;
}

#[tokio::test]
async fn the_other_person_keeps_the_chat_with_a_deleted_account_and_can_say_nothing_more() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        let ana_id = id(&ana);
        delete(&seed, &ana).await;
        let listed = chat::conversations(&seed.cx, &ben).await.expect("conversations");
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].with.full_name(), "Deleted account");
        let kept = chat::open(&seed.cx, &ben, &listed[0].with.username).await.expect("a chat");
        let said: Vec<&str> = kept.messages.iter().map(|message| message.body.as_str()).collect();
        assert_eq!((said.as_slice(), kept.deleted), (&["said by ana", "said by ben"][..], true));
        let more = protocol::chat::NewMessage {
            to: ana_id,
            client_id: seed.cx.new_id().expect("an id"),
            body: "hello?".to_owned(),
            reply_to: None,
        };
        assert_eq!(refusal(chat::send(&seed.cx, &ben, more).await), Problem::NotFound);
        let cid = seed.person("cid").await;
        assert_eq!(refusal(chat::open(&seed.cx, &cid, &listed[0].with.username).await), Problem::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_chat_of_two_deleted_accounts_is_deleted() {
    both(|seed| async move {
        let (ana, ben) = ana_and_ben(&seed).await;
        delete(&seed, &ana).await;
        delete(&seed, &ben).await;
        for table in ["conversation", "message", "chat_member"] {
            assert_eq!(seed.number(&format!("SELECT COUNT(*) AS count FROM {table}")).await, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_can_take_the_username_of_a_deleted_account_or_one_that_looks_like_it() {
    both(|seed| async move {
        let ana = seed.person("ana_lo").await;
        delete(&seed, &ana).await;
        for name in ["ana_lo", "anal0", "deleted_0123456789abcdef012345"] {
            let form = protocol::account::NewAccount { username: name.to_owned(), ..Seed::form("newcomer") };
            let refused = refusal(account::sign_up(&seed.cx, &Seed::nobody(), form).await);
            assert_eq!(refused, Problem::field("username", Reason::Taken), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_one_run_can_do_is_done_by_the_next_ones() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let posts = super::account::AT_ONCE + 5;
        for number in 0..posts {
            seed.post(&ana, &format!("post {number}")).await;
        }
        delete(&seed, &ana).await;
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
        assert_eq!(feed_of(&seed, &ben).await, Vec::<String>::new());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM closed_account").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_deletion_that_breaks_off_goes_on_where_it_stopped() {
    both(|seed| async move {
        let (ana, _ben) = ana_and_ben(&seed).await;
        close(&seed, &ana).await;
        seed.clock.advance_seconds(DAYS);
        // What a run deletes before it breaks off is gone; the next one finds the rest.
        for sql in
            ["DELETE FROM post_like WHERE account_id = $1", "DELETE FROM known_device WHERE account_id = $1"]
        {
            crate::db::execute(seed.cx.db.writer(), sql, [crate::db::IntoValue::into_value(id(&ana))])
                .await
                .expect("a broken deletion");
        }
        super::delete_account(&seed.cx, id(&ana)).await.expect("a deletion");
        super::delete_account(&seed.cx, id(&ana)).await.expect("nothing to do");
        assert_eq!(
            seed.number("SELECT COUNT(*) AS count FROM account WHERE deleted_at IS NOT NULL").await,
            1
        );
    })
    .await;
}
