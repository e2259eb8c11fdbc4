use std::path::PathBuf;

use domain::{
    account, post,
    testing::{Seed, both},
};

use crate::{
    config::Config,
    doctor::{examine, run},
};

#[tokio::test]
async fn a_healthy_database_is_said_to_be_healthy() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.post(&ana, "hello").await;
        let (text, is_well) = examine(&seed.cx, false, false).await.expect("a report");
        assert!(is_well && text.contains("posts of people                 right"), "{text}");
        assert!(text.contains("No jobs were given up.") && !text.contains("--"), "{text}");
        let (text, is_well) = examine(&seed.cx, true, true).await.expect("a report");
        assert!(is_well && text.starts_with("There were no counters to repair."), "{text}");
        assert!(text.contains("There were no jobs to try again."), "{text}");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_with_the_command_that_mends_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        // A counter that was made wrong behind the back of the use cases.
        let change = seed.cx.write(|tx| {
            Box::pin(async move { domain::db::execute(&**tx, "UPDATE account SET post_count = 5", []).await })
        });
        change.await.expect("a wrong counter");
        account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.expect("a job");
        seed.mailbox.set_refusing(true);
        seed.run_jobs().await;

        let (text, is_well) = examine(&seed.cx, false, false).await.expect("a report");
        assert!(!is_well, "{text}");
        for line in [
            "  posts of people                 1 wrong\n",
            "To set them right: kith doctor --repair\n",
            "Jobs given up: 1\n  mail: send a password reset link\n",
            "after 1 try; job ",
            "no such mailbox",
            "To try them again: kith doctor --retry-jobs\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }

        seed.mailbox.set_refusing(false);
        let (text, is_well) = examine(&seed.cx, true, true).await.expect("a report");
        assert!(is_well && text.contains("Repaired 1 counters: posts of people"), "{text}");
        assert!(text.contains("1 job will be tried again within a minute"), "{text}");
        seed.run_jobs().await;
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
        post::remove(&seed.cx, &ana, post).await.expect("a removal");
        assert!(examine(&seed.cx, false, false).await.expect("a report").1);
    })
    .await;
}

#[tokio::test]
async fn a_doctor_who_finds_no_database_makes_none() {
    let data_dir = PathBuf::from("/nowhere/at/all");
    let config = Config { data_dir, database_url: None, ..Config::default() };
    let refused = run(&config, true, true).await.expect_err("no database").to_string();
    assert!(refused.contains("there is no database at /nowhere/at/all"), "{refused}");
}
