//! What is asked before the first byte of a picture is read.

use protocol::{
    Problem, Reason,
    media::{POST_PICTURES, UPLOAD_MEGABYTES},
};

use super::ana;
use crate::{
    Scope,
    limit::{Limit, Rates},
    media::{Admission, admit},
    testing::{Seed, TestDb, refusal},
};

const MEGABYTE: u64 = 1024 * 1024;
const LARGEST: u64 = UPLOAD_MEGABYTES as u64 * MEGABYTE;

async fn admitted(seed: &Seed, who: &Scope, bytes: u64) -> Admission {
    admit(&seed.cx, who, Some(bytes)).await.expect("an admission")
}

#[tokio::test]
async fn the_rate_is_spent_before_anything_is_read() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let ana = seed.person("ana").await;
    for _ in 0..Rates::default().of(Limit::Upload).burst {
        drop(admitted(&seed, &ana, 1).await);
    }
    assert!(matches!(refusal(admit(&seed.cx, &ana, Some(1)).await), Problem::TooMany { .. }));
}

#[tokio::test]
async fn a_picture_that_is_announced_too_large_is_refused_at_once_and_another_as_soon_as_it_is() {
    let (seed, ana) = ana().await;
    let too_large = Problem::field("pictures", Reason::TooLarge { max: UPLOAD_MEGABYTES });
    assert_eq!(refusal(admit(&seed.cx, &ana, Some(LARGEST + 1)).await), too_large);
    for announced in [None, Some(1)] {
        let mut admission = admit(&seed.cx, &ana, announced).await.expect("an admission");
        admission.receive(LARGEST).expect("room");
        assert_eq!(refusal(admission.receive(1)), too_large, "{announced:?}");
    }
    assert_eq!(seed.cx.uploads.bytes(), 0);
}

#[tokio::test]
async fn what_one_person_has_under_way_has_an_end() {
    let (seed, ana) = ana().await;
    let ben = seed.person("ben").await;
    let mut all = Vec::new();
    for _ in 0..POST_PICTURES {
        all.push(admitted(&seed, &ana, LARGEST).await);
    }
    assert!(matches!(refusal(admit(&seed.cx, &ana, Some(1)).await), Problem::TooMany { .. }));
    let mut growing = admit(&seed.cx, &ana, None).await.expect("nothing is no byte too many");
    assert!(matches!(refusal(growing.receive(1)), Problem::TooMany { .. }));
    drop(admitted(&seed, &ben, LARGEST).await);
    all.pop();
    growing.receive(LARGEST - 1).expect("what has ended makes room");
}

#[tokio::test]
async fn what_all_have_under_way_has_an_end() {
    let (seed, ana) = ana().await;
    let mut all = Vec::new();
    for number in 0..51 {
        let who = if number % 10 == 0 { seed.person(&format!("person{number}")).await } else { all_of(&all) };
        all.push((who.clone(), admitted(&seed, &who, LARGEST).await));
    }
    assert_eq!(seed.cx.uploads.bytes(), 51 * LARGEST);
    assert_eq!(refusal(admit(&seed.cx, &ana, Some(LARGEST)).await), Problem::Unavailable);
    drop(admitted(&seed, &ana, 2 * MEGABYTE).await);
    all.clear();
    assert_eq!(seed.cx.uploads.bytes(), 0);
    drop(admitted(&seed, &ana, LARGEST).await);
}

/// Whoever sent last.
fn all_of(all: &[(Scope, Admission)]) -> Scope {
    all.last().expect("somebody").0.clone()
}

#[tokio::test]
async fn a_disk_that_is_nearly_full_takes_no_pictures() {
    let store = TestDb::sqlite(Rates::default()).await.configured(|parts| parts.free_space_floor = u64::MAX);
    let seed = Seed::new(store);
    let ana = seed.person("ana").await;
    let full = Problem::field("pictures", Reason::StorageFull);
    assert_eq!(refusal(admit(&seed.cx, &ana, Some(1)).await), full);
    assert_eq!(seed.cx.uploads.bytes(), 0);
}
