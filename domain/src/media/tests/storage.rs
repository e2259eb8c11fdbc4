use futures::future::join_all;
use protocol::{
    Problem, Reason,
    media::{AttachedPicture, PictureSize},
    post::NewPost,
};

use super::{NOT_FOUND, ana, assert_nothing_stays, nothing, reason, rows, sent, stored};
use crate::{
    Scope,
    db::{IntoValue, execute},
    job::Lane,
    job_runner,
    limit::{Limit, Rates},
    media::{discard, sweep},
    post,
    testing::{FaultyStore, Seed, TestDb, both, id, pictures::png, refusal},
};

const DAY: i64 = 24 * 3_600;

#[tokio::test]
async fn a_store_that_fails_at_any_file_leaves_nothing_behind() {
    for code in [FaultyStore::ENOSPC, FaultyStore::EIO] {
        for after in 0..3 {
            let (seed, ana) = ana().await;
            seed.faulty_store.fail_after(after, code);
            assert_eq!(refusal(sent(&seed, &ana, &png(60, 40)).await), Problem::Unavailable);
            assert_eq!(rows(&seed).await, 0);
            seed.faulty_store.repair();
            assert_nothing_stays(&seed).await;
        }
    }
}

#[tokio::test]
async fn files_that_cannot_be_deleted_now_are_deleted_later() {
    let (seed, ana) = ana().await;
    let picture = seed.sent_picture(&ana).await;
    seed.faulty_store.fail_after(1, FaultyStore::EIO);
    discard(&seed.cx, &ana, picture.id).await.expect("a discarded picture");
    seed.run_jobs().await;
    assert!(!seed.files().is_empty());
    seed.faulty_store.repair();
    seed.clock.advance_seconds(60);
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn without_a_place_for_temporary_files_there_is_a_sentence() {
    let (seed, _) = ana().await;
    std::fs::remove_dir_all(seed.folder().join("tmp")).expect("no folder");
    assert_eq!(refusal(seed.cx.files.temporary().await), Problem::Unavailable);
}

#[tokio::test]
async fn a_picture_that_no_post_shows_can_be_taken_back_by_its_owner_only() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let picture = seed.sent_picture(&ana).await;
        assert_eq!(refusal(discard(&seed.cx, &ben, picture.id).await), NOT_FOUND);
        assert_eq!(refusal(discard(&seed.cx, &Seed::nobody(), picture.id).await), Problem::SignInNeeded);
        assert_eq!(refusal(discard(&seed.cx, &ana, nothing(&seed)).await), NOT_FOUND);
        assert_eq!(rows(&seed).await, 1);
        discard(&seed.cx, &ana, picture.id).await.expect("a discarded picture");
        assert_nothing_stays(&seed).await;

        let shown = seed.sent_picture(&ana).await;
        seed.post_pictures(&ana, std::slice::from_ref(&shown)).await;
        assert_eq!(refusal(discard(&seed.cx, &ana, shown.id).await), NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn pictures_that_were_left_behind_go_after_three_days() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (shown, _left) = (seed.sent_picture(&ana).await, seed.sent_picture(&ana).await);
        seed.post_pictures(&ana, std::slice::from_ref(&shown)).await;
        seed.clock.advance_seconds(3 * DAY);
        let young = seed.sent_picture(&ana).await;
        sweep(&seed.cx).await.expect("a swept store");
        assert_eq!(rows(&seed).await, 3, "not before their time");
        seed.clock.advance_seconds(1);
        sweep(&seed.cx).await.expect("a swept store");
        seed.run_jobs().await;
        assert_eq!((rows(&seed).await, seed.files().len()), (2, 6));
        for kept in [shown, young] {
            for size in PictureSize::ALL {
                stored(&seed.cx, &ana, kept.id, size).await.expect("a file");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn deleting_a_post_deletes_the_files_of_its_pictures() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let pictures = [seed.sent_picture(&ana).await, seed.sent_picture(&ana).await];
        let post = seed.post_pictures(&ana, &pictures).await;
        assert_eq!(seed.files().len(), 6);
        post::remove(&seed.cx, &ana, post.id).await.expect("a removed post");
        seed.clock.advance_seconds(DAY);
        seed.run_jobs().await;
        assert_nothing_stays(&seed).await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_somebody_else_cannot_be_put_on_a_post() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let picture = seed.sent_picture(&ana).await;
        for id in [picture.id, nothing(&seed)] {
            let pictures = vec![AttachedPicture { id, alt: String::new() }];
            let new = NewPost { body: "mine".to_owned(), pictures, ..NewPost::default() };
            let problem = refusal(post::publish(&seed.cx, &ben, new).await);
            assert_eq!(problem, Problem::field("pictures", Reason::Gone));
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
        stored(&seed.cx, &ana, picture.id, PictureSize::Small).await.expect("it stays the owner's");
    })
    .await;
}

/// Leaves `who` room for so many bytes.
async fn leave_room(seed: &Seed, who: &Scope, bytes: i64) {
    let all = i64::from(seed.cx.picture_quota_mb) * 1024 * 1024;
    let sql = "INSERT INTO picture (id, owner_id, width, height, preview, moves, bytes, created_at) \
               VALUES ($1, $2, 1, 1, '', 0, $3, $4)";
    let values = [
        seed.cx.new_id().expect("an id").into(),
        id(who).into_value(),
        (all - bytes).into(),
        seed.cx.now().micros().into(),
    ];
    execute(seed.cx.db.writer(), sql, values).await.expect("a picture");
}

#[tokio::test]
async fn nobody_keeps_more_than_their_share_even_all_at_once() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.sent_picture(&ben).await;
        let one = seed.number("SELECT CAST(SUM(bytes) AS bigint) AS count FROM picture").await;
        leave_room(&seed, &ana, one * 5 / 2).await;
        let all_at_once = (0..8).map(|_| async { sent(&seed, &ana, &png(60, 40)).await });
        let (taken, refused): (Vec<_>, Vec<_>) =
            join_all(all_at_once).await.into_iter().partition(Result::is_ok);
        assert_eq!(taken.len(), 2);
        for refused in refused {
            assert_eq!(reason(refused), Reason::QuotaReached { max: 1_000 });
        }
        seed.sent_picture(&ben).await;
        seed.run_jobs().await;
        assert_eq!(seed.files().len(), 4 * 3);
        discard(&seed.cx, &ana, taken.into_iter().flatten().next().expect("a picture").id)
            .await
            .expect("room");
        sent(&seed, &ana, &png(60, 40)).await.expect("what was given back can be used again");
    })
    .await;
}

#[tokio::test]
async fn pictures_can_be_sent_so_often_and_no_more() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    for _ in 0..Rates::default().of(Limit::Upload).burst {
        assert_eq!(reason(sent(&seed, &ana, b"no picture").await), Reason::UnknownKind);
    }
    assert!(matches!(refusal(sent(&seed, &ana, &png(4, 4)).await), Problem::TooMany { .. }));
    sent(&seed, &ben, &png(4, 4)).await.expect("others go on");
}

#[tokio::test]
async fn a_job_for_files_that_are_not_there_is_done() {
    let (seed, ana) = ana().await;
    let picture = seed.sent_picture(&ana).await;
    super::super::delete_files(&seed.cx, picture.id).await.expect("no files");
    super::super::delete_files(&seed.cx, picture.id).await.expect("no files still");
    assert!(!job_runner::run_next(&seed.cx, Lane::Media).await.expect("no job"));
}
