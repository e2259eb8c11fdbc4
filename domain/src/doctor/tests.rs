use super::{CounterReport, examine, repair};
use crate::{
    db::execute,
    job_runner,
    testing::{Seed, both},
};

/// Something of everything that is counted, with a block across it.
async fn community(seed: &Seed) {
    let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
    seed.follow(&ana, &ben).await;
    seed.follow(&cid, &ana).await;
    let post = seed.post(&ana, "hello").await.id;
    for who in [&ben, &cid] {
        seed.like(who, post).await;
        seed.comment(who, post, "hello back").await;
    }
    seed.say(&ana, &ben, "hi").await;
    seed.block(&ana, &cid).await;
}

fn wrong(counters: &[CounterReport]) -> Vec<(&str, u64)> {
    counters.iter().filter(|counter| counter.wrong > 0).map(|counter| (counter.name, counter.wrong)).collect()
}

#[tokio::test]
async fn a_community_that_grew_by_its_use_cases_has_right_counters() {
    both(|seed| async move {
        community(&seed).await;
        assert_eq!(wrong(&examine(&seed.cx).await.expect("a report").counters), []);
        assert_eq!(wrong(&repair(&seed.cx).await.expect("a report")), []);
    })
    .await;
}

#[tokio::test]
async fn every_counter_that_is_wrong_is_found_and_repaired() {
    both(|seed| async move {
        community(&seed).await;
        let change = "UPDATE post SET like_count = like_count + 1, comment_count = comment_count - 1";
        execute(seed.cx.db.writer(), change, []).await.expect("a wrong post");
        let change = "UPDATE account SET follower_count = 9, following_count = 9, post_count = 9";
        execute(seed.cx.db.writer(), change, []).await.expect("wrong accounts");
        for change in ["UPDATE conversation SET last_seq = 7", "UPDATE chat_member SET read_seq = 9"] {
            execute(seed.cx.db.writer(), change, []).await.expect("a wrong conversation");
        }
        let found = [
            ("likes of posts", 1),
            ("comments on posts", 1),
            ("followers of people", 3),
            ("people whom people follow", 3),
            ("posts of people", 3),
            ("messages in conversations", 1),
            ("read markers of conversations", 2),
        ];
        assert_eq!(wrong(&examine(&seed.cx).await.expect("a report").counters), found);
        assert_eq!(
            wrong(&examine(&seed.cx).await.expect("a report").counters),
            found,
            "looking changes nothing"
        );
        assert_eq!(wrong(&repair(&seed.cx).await.expect("a report")), found);
        assert_eq!(wrong(&examine(&seed.cx).await.expect("a report").counters), []);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counters_that_are_repaired_while_people_are_busy_are_right() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let mut people = Vec::new();
        for number in 0..10 {
            people.push(seed.person(&format!("person{number}")).await);
        }
        let busy = people.iter().map(|who| async {
            seed.like(who, post).await;
            seed.follow(who, &ana).await;
            seed.comment(who, post, "hello back").await;
        });
        let repairs = async {
            for _ in 0..5 {
                repair(&seed.cx).await.expect("a report");
            }
        };
        tokio::join!(futures::future::join_all(busy), repairs);
        seed.assert_counters_are_right().await;
        let counts = crate::like::counts(&seed.cx, &ana, post).await.expect("counts");
        assert_eq!((counts.likes, counts.comments), (10, 10));
    })
    .await;
}

#[tokio::test]
async fn jobs_that_were_given_up_are_listed_without_the_address() {
    both(|seed| async move {
        seed.person("ana").await;
        crate::account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.expect("a job");
        seed.mailbox.set_refusing(true);
        job_runner::run_due(&seed.cx).await.expect("a try");
        let report = examine(&seed.cx).await.expect("a report");
        let [job] = &report.given_up[..] else { panic!("one job: {report:?}") };
        assert_eq!((job.lane.as_str(), job.what, job.attempts), ("mail", "send a password reset link", 1));
        assert_eq!(job.since, seed.cx.now());
        assert!(job.error.contains("no such mailbox"), "{}", job.error);
        assert!(!format!("{report:?}").contains("example.org"));
    })
    .await;
}
