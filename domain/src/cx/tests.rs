use futures::FutureExt;
use protocol::{AccountId, Problem, post::NewPost};

use crate::{
    Error,
    bus::Event,
    hub::Outgoing,
    job::{Lane, Task},
    mail::Letter,
    post,
    testing::{Seed, both, id, refusal},
};

fn letter() -> Task {
    Task::Mail { letter: Letter::Reset { email_key: "ana@example.org".into() } }
}

#[tokio::test]
async fn what_fails_is_neither_stored_nor_announced() {
    both(|seed| async move {
        let ana = id(&seed.person("ana").await);
        let failed = seed.cx.write(move |tx| {
            Box::pin(async move {
                crate::db::execute(&**tx, "UPDATE account SET first_name = 'Changed'", []).await?;
                tx.enqueue(&letter()).await?;
                tx.announce(Event::RelationsChanged { between: [ana; 2] });
                Err::<(), Error>(Problem::NotFound.into())
            })
        });
        assert_eq!(refusal(failed.await), Problem::NotFound);
        assert_eq!(
            seed.number("SELECT COUNT(*) AS count FROM account WHERE first_name = 'Changed'").await,
            0
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM job").await, 0);
        assert!(seed.events.take().is_empty());
        assert!(seed.cx.job_signals.added(Lane::Mail).now_or_never().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_panics_is_an_internal_error_and_nothing_of_it_stays() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let broken = seed.cx.write(|tx| {
            Box::pin(async move {
                tx.enqueue(&letter()).await?;
                if tx.enqueue(&letter()).await.is_ok() {
                    panic!("a defect");
                }
                Ok(())
            })
        });
        assert_eq!(refusal(broken.await), Problem::Internal);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM job").await, 0);
        seed.post(&ana, "the database still takes what comes next").await;
    })
    .await;
}

#[tokio::test]
async fn the_worker_is_woken_by_a_job_and_by_nothing_else() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.post(&ana, "hello").await;
        assert!(seed.cx.job_signals.added(Lane::Mail).now_or_never().is_none());
        seed.cx.write(|tx| Box::pin(async move { tx.enqueue(&letter()).await })).await.expect("a job");
        assert!(seed.cx.job_signals.added(Lane::Mail).now_or_never().is_some());
        assert!(seed.cx.job_signals.added(Lane::Deletion).now_or_never().is_none(), "another lane sleeps on");
        seed.run_jobs().await;
        assert!(seed.cx.job_signals.added(Lane::Mail).now_or_never().is_none(), "working wakes nobody");
    })
    .await;
}

#[tokio::test]
async fn what_was_begun_is_stored_and_heard_of_when_the_request_goes_away() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (mut connection, _) =
            crate::live::connect(&seed.cx, &ana, seed.opening(&ana, None).await).await.expect("a connection");
        let mut request =
            Box::pin(post::publish(&seed.cx, &ana, NewPost { body: "hello".into(), ..NewPost::default() }));
        assert!((&mut request).now_or_never().is_none(), "it has begun");
        drop(request);
        let heard = connection.outgoing.recv().await;
        assert!(matches!(heard, Some(Outgoing::Frame(_))), "{heard:?}");
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 1);
    })
    .await;
}

#[tokio::test]
async fn ids_of_this_process_grow_although_its_clock_stands_still() {
    both(|seed| async move {
        let ids: Vec<AccountId> = (0..100).map(|_| seed.cx.new_id().expect("an id").into()).collect();
        assert!(ids.is_sorted_by(|earlier, later| earlier < later));
    })
    .await;
}

#[tokio::test]
async fn a_seed_is_signed_in_for_real() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        assert!(crate::session::is_signed_in(&seed.cx, ana.session().unwrap().id).await.unwrap());
        assert!(Seed::nobody().session().is_none());
    })
    .await;
}
