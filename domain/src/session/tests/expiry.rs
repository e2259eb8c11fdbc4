use super::{PASSWORD, enter, person_behind};
use crate::{
    db::{Count, execute, one},
    session::{IDLE_SECONDS, LIFETIME_SECONDS, is_signed_in, resolve, sweep},
    testing::{Seed, both},
};

#[tokio::test]
async fn a_token_that_is_none_of_ours_is_nobody() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap().expose();
        for token in ["", "\0", &secret[1..], &secret.to_uppercase(), &"0".repeat(64), &"f".repeat(10_000)] {
            assert!(resolve(&seed.cx, token).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_nobody_comes_for_thirty_days() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        for _ in 0..3 {
            seed.clock.advance_seconds(IDLE_SECONDS - 1);
            assert!(person_behind(&seed.cx, &secret).await.is_some(), "each visit starts the month again");
            noted(&seed).await;
        }
        seed.clock.advance_seconds(IDLE_SECONDS);
        assert!(person_behind(&seed.cx, &secret).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_its_lifetime_however_often_it_is_used() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        let visits = LIFETIME_SECONDS / (IDLE_SECONDS / 2);
        for _ in 1..visits {
            seed.clock.advance_seconds(IDLE_SECONDS / 2);
            assert!(person_behind(&seed.cx, &secret).await.is_some());
            noted(&seed).await;
        }
        seed.clock.advance_seconds(IDLE_SECONDS / 2);
        assert!(person_behind(&seed.cx, &secret).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_noted_once_in_ten_minutes() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        let statements = async || {
            seed.query_log.take();
            person_behind(&seed.cx, &secret).await;
            noted(&seed).await;
            seed.query_log.take().len()
        };
        assert_eq!(statements().await, 1);
        seed.clock.advance_seconds(601);
        assert_eq!(statements().await, 2);
        assert_eq!(statements().await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_visit_whose_note_is_due_does_not_wait_for_a_busy_writer() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        seed.clock.advance_seconds(601);
        let busy = seed.cx.db.begin().await.unwrap();
        execute(&busy, "UPDATE session SET device = 'busy'", []).await.unwrap();
        for _ in 0..3 {
            assert!(person_behind(&seed.cx, &secret).await.is_some());
        }
        assert!(!seed.cx.background_writes.is_idle(), "the note waits for the writer, the visit did not");
        busy.commit().await.unwrap();
        noted(&seed).await;
        let seen = "SELECT COUNT(*) AS count FROM session WHERE seen_at = $1";
        let seen: Option<Count> =
            one(seed.cx.db.read(), seen, [seed.cx.now().micros().into()]).await.unwrap();
        assert_eq!(seen.unwrap().count, 1);
    })
    .await;
}

/// Waits until what was noted of visits is stored.
async fn noted(seed: &Seed) {
    while !seed.cx.background_writes.is_idle() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn sessions_that_have_ended_are_swept_and_others_stay() {
    both(|seed| async move {
        let old = seed.person("ana").await;
        seed.clock.advance_seconds(IDLE_SECONDS);
        let recent = seed.person("ben").await;
        seed.clock.advance_seconds(1);
        sweep(&seed.cx).await.unwrap();
        assert!(!is_signed_in(&seed.cx, old.session().unwrap().id).await.unwrap());
        assert!(is_signed_in(&seed.cx, recent.session().unwrap().id).await.unwrap());
    })
    .await;
}
