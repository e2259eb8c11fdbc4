use std::sync::Arc;

use domain::{
    Cx,
    clock::Clock,
    cx::Parts,
    entropy::Ids,
    hub::Hub,
    limit::{RateLimiter, Rates},
    session::BackgroundWrites,
    testing::{Seed, both},
};
use protocol::Timestamp;

use super::Site;
use crate::demo::{Community, DemoClock, PASSWORD, RATE_FACTOR, fill};

/// The same database in the time of the demo.
fn in_time(seed: &Seed, end: Timestamp) -> (Cx, Arc<DemoClock>) {
    let demo_clock = Arc::new(DemoClock::ending_at(end));
    let clock: Arc<dyn Clock> = Arc::clone(&demo_clock) as _;
    let hub = Arc::new(Hub::new(Arc::clone(&clock)));
    let cx = Cx::from(Parts {
        db: seed.cx.db.clone(),
        limits: RateLimiter::new(Rates::default().times(RATE_FACTOR), &clock),
        clock,
        entropy: Arc::clone(&seed.cx.entropy),
        ids: Ids::default(),
        bus: Arc::clone(&hub) as _,
        hub,
        mailer: Arc::clone(&seed.cx.mailer),
        files: seed.cx.files.clone(),
        image_pipeline: seed.cx.image_pipeline.clone(),
        uploads: seed.cx.uploads.clone(),
        free_space_floor: seed.cx.free_space_floor,
        picture_quota_mb: seed.cx.picture_quota_mb,
        deletion_days: 14,
        passwords: seed.cx.passwords.clone(),
        public_url: seed.cx.public_url.clone(),
        background_writes: BackgroundWrites::default(),
        community: seed.cx.community.clone(),
        job_signals: domain::job::LaneSignals::default(),
    });
    (cx, demo_clock)
}

async fn number(seed: &Seed, table: &str) -> usize {
    let count = seed.number(&format!("SELECT COUNT(*) AS count FROM {table}")).await;
    usize::try_from(count).expect("a count")
}

#[tokio::test]
async fn the_community_is_complete_counted_right_and_made_once() {
    both(|seed| async move {
        let end = seed.cx.now();
        let (cx, clock) = in_time(&seed, end);
        let made = fill(&cx, &clock, |_| {}).await.expect("a community");
        assert_eq!((made.people, made.posts), (30, 400));
        let stored = Community {
            people: number(&seed, "account WHERE verified_at IS NOT NULL").await,
            posts: number(&seed, "post").await,
            pictures: number(&seed, "picture WHERE post_id IS NOT NULL").await,
            comments: number(&seed, "comment").await,
            likes: number(&seed, "post_like").await,
            follows: number(&seed, "follow").await,
            messages: number(&seed, "message").await,
        };
        assert_eq!(stored, made);
        assert_eq!(number(&seed, "picture").await, made.pictures, "every picture stands on a post");
        assert!(made.pictures > 50, "{made:?}");
        assert_eq!(number(&seed, "block").await, 3);
        assert_eq!(number(&seed, "session").await + number(&seed, "job").await, 0, "nothing is left over");
        seed.assert_counters_are_right().await;
        let late = format!(
            "post WHERE created_at > {} OR created_at < {}",
            end.micros(),
            end.plus_seconds(-43 * 86_400).micros()
        );
        assert_eq!(number(&seed, &late).await, 0, "all happened in the last weeks");
        assert!(seed.mailbox.is_empty(), "and nobody gets mail");

        let refused = fill(&cx, &clock, |_| {}).await.expect_err("a second time").to_string();
        assert!(refused.contains("fills an empty one only"), "{refused}");
        assert_eq!(number(&seed, "post").await, 400);

        let site = Site::new(seed);
        let mut ana = site.visitor();
        ana.log_in("ana", PASSWORD).await;
        let feed = ana.get("/").await;
        assert_eq!(feed.body.matches("<article").count(), 20);
        assert!(!feed.text().contains(['{', '}']), "{}", feed.text());
    })
    .await;
}
