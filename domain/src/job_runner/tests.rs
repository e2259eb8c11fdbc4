use protocol::AccountId;
use sea_orm::EntityTrait;

use super::{
    LONGEST_PAUSE, Lane, TRIES, TRY_SECONDS, Task, entity, given_up, next_due, retry_given_up, run_next,
    sweep,
};
use crate::{
    account::forgot,
    mail::Letter,
    testing::{Seed, both},
};

async fn jobs(seed: &Seed) -> Vec<entity::Model> {
    entity::Entity::find().all(seed.cx.db.read()).await.expect("jobs")
}

async fn ask(seed: &Seed, username: &str) {
    forgot(&seed.cx, &Seed::nobody(), &format!("{username}@example.org")).await.expect("a job");
}

#[tokio::test]
async fn a_job_is_done_once_and_gone() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert!(!run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
        assert_eq!((jobs(&seed).await, next_due(&seed.cx, Lane::Mail).await.unwrap()), (vec![], None));
    })
    .await;
}

#[tokio::test]
async fn jobs_are_done_in_the_order_in_which_they_are_due() {
    both(|seed| async move {
        for name in ["ana", "ben", "cid"] {
            seed.person(name).await;
            ask(&seed, name).await;
            seed.clock.advance_seconds(1);
        }
        for name in ["ana", "ben", "cid"] {
            assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
            assert_eq!(seed.mailbox.take(&format!("{name}@example.org")).len(), 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_after_growing_pauses() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_down(true);
        let mut pauses = Vec::new();
        for attempt in 1..=4 {
            assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
            assert!(!run_next(&seed.cx, Lane::Mail).await.unwrap(), "not before it is due");
            let [job] = &jobs(&seed).await[..] else { panic!("one job") };
            assert_eq!(job.attempts, attempt);
            assert!(job.last_error.as_deref().is_some_and(|error| error.contains("the mail server is down")));
            let pause = next_due(&seed.cx, Lane::Mail).await.unwrap().expect("a job");
            seed.clock.advance_seconds(pause);
            pauses.push(pause);
        }
        assert_eq!(pauses, [10, 20, 40, 80]);
        seed.mailbox.set_down(false);
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
        assert!(jobs(&seed).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_refused_for_good_is_kept_and_not_tried_again_by_itself() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_refusing(true);
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(
            (given_up(&seed.cx).await.unwrap().len(), next_due(&seed.cx, Lane::Mail).await.unwrap()),
            (1, None)
        );
        seed.mailbox.set_refusing(false);
        seed.clock.advance_seconds(LONGEST_PAUSE);
        assert!(!run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert!(seed.mailbox.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_is_given_up_after_its_last_try() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_down(true);
        let mut tries = 0;
        while let Some(pause) = next_due(&seed.cx, Lane::Mail).await.unwrap() {
            assert!(pause <= LONGEST_PAUSE);
            seed.clock.advance_seconds(pause);
            assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
            tries += 1;
        }
        assert_eq!(tries, TRIES);
        seed.mailbox.set_down(false);
        seed.clock.advance_seconds(LONGEST_PAUSE);
        seed.run_jobs().await;
        assert!(seed.mailbox.is_empty());
        let [job] = &given_up(&seed.cx).await.unwrap()[..] else { panic!("one job") };
        assert_eq!(job.attempts, TRIES);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_given_up_can_be_tried_again_as_if_it_were_new() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_refusing(true);
        seed.run_jobs().await;
        assert_eq!(retry_given_up(&seed.cx).await.unwrap(), 1);
        assert!(given_up(&seed.cx).await.unwrap().is_empty());
        seed.run_jobs().await;
        assert_eq!(given_up(&seed.cx).await.unwrap()[0].attempts, 1, "the tries before do not count");
        seed.mailbox.set_refusing(false);
        assert_eq!(retry_given_up(&seed.cx).await.unwrap(), 1);
        seed.run_jobs().await;
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
        assert_eq!((retry_given_up(&seed.cx).await.unwrap(), jobs(&seed).await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_given_up_is_kept_for_thirty_days() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_refusing(true);
        seed.run_jobs().await;
        seed.clock.advance_seconds(30 * 24 * 3_600);
        sweep(&seed.cx).await.unwrap();
        assert_eq!(jobs(&seed).await.len(), 1);
        seed.clock.advance_seconds(1);
        sweep(&seed.cx).await.unwrap();
        assert_eq!(jobs(&seed).await.len(), 0);
    })
    .await;
}

/// The mail server takes a letter and does not answer.
#[tokio::test]
async fn a_job_that_hangs_keeps_no_other_lane_waiting() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        ask(&seed, "ana").await;
        let post = seed.post(&ana, "oops").await.id;
        crate::post::remove(&seed.cx, &ana, post).await.expect("a removal");
        seed.clock.advance_seconds(i64::from(protocol::post::UNDO_SECONDS));
        seed.mailbox.set_hanging(true);
        let cx = seed.cx.clone();
        let letter = tokio::spawn(async move { run_next(&cx, Lane::Mail).await });
        seed.mailbox.begun().await;
        assert!(run_next(&seed.cx, Lane::Deletion).await.unwrap());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
        assert!(!letter.is_finished());
        seed.mailbox.set_hanging(false);
        assert!(letter.await.expect("a try").unwrap());
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_up_by_the_next_one() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        let claimed = super::claim(&seed.cx, Lane::Mail, seed.cx.now()).await.unwrap();
        assert!(claimed.is_some_and(|job| job.attempts == 0));
        assert!(!run_next(&seed.cx, Lane::Mail).await.unwrap(), "somebody is at it");
        seed.clock.advance_seconds(TRY_SECONDS);
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_panics_has_failed_like_any_other() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        seed.mailbox.set_broken(true);
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(jobs(&seed).await[0].attempts, 1);
        seed.mailbox.set_broken(false);
        seed.clock.advance_seconds(10);
        assert!(run_next(&seed.cx, Lane::Mail).await.unwrap());
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_nobody_understands_is_kept_and_does_not_stop_the_others() {
    both(|seed| async move {
        seed.person("ana").await;
        ask(&seed, "ana").await;
        let rename = "UPDATE job SET task = '{\"task\":\"of_a_later_version\"}'";
        crate::db::execute(seed.cx.db.writer(), rename, []).await.unwrap();
        seed.clock.advance_seconds(1);
        ask(&seed, "ana").await;
        seed.run_jobs().await;
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
        let [kept] = &jobs(&seed).await[..] else { panic!("one job") };
        assert_eq!(kept.attempts, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_at_once_do_each_job_once() {
    both(|seed| async move {
        for number in 0..20 {
            let name = format!("person{number}");
            seed.person(&name).await;
            ask(&seed, &name).await;
        }
        let work = || {
            let cx = seed.cx.clone();
            tokio::spawn(async move {
                let mut done = 0;
                while run_next(&cx, Lane::Mail).await.unwrap() {
                    done += 1;
                }
                done
            })
        };
        let (one, other) = (work(), work());
        assert_eq!(one.await.unwrap() + other.await.unwrap(), 20);
        for number in 0..20 {
            assert_eq!(seed.mailbox.take(&format!("person{number}@example.org")).len(), 1);
        }
        assert!(jobs(&seed).await.is_empty());
    })
    .await;
}

#[test]
fn a_stored_task_is_read_by_the_next_version() {
    let account = AccountId::from(uuid::Uuid::nil());
    for (task, stored) in [
        (
            Task::Mail { letter: Letter::Welcome { account } },
            r#"{"task":"mail","letter":{"letter":"welcome","account":"00000000-0000-0000-0000-000000000000"}}"#,
        ),
        (
            Task::Mail { letter: Letter::VerifyAgain { email_key: "a@b.org".into() } },
            r#"{"task":"mail","letter":{"letter":"verify_again","email_key":"a@b.org"}}"#,
        ),
        (
            Task::Mail { letter: Letter::Reset { email_key: "a@b.org".into() } },
            r#"{"task":"mail","letter":{"letter":"reset","email_key":"a@b.org"}}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&task).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Task>(stored).unwrap(), task);
    }
}
