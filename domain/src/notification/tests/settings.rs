use protocol::notification::{NotificationKind, NotificationSettings, QuietTime};

use super::{all, three};
use crate::{
    notification::{preview, read, settings},
    testing::both,
};

#[tokio::test]
async fn kinds_that_are_muted_are_listed_and_not_shown_at_once() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        seed.like(&ben, post).await;
        seed.follow(&cid, &ana).await;
        let quiet = QuietTime::parse("22:00", "07:00").ok();
        let wanted = NotificationSettings { muted: vec![NotificationKind::Like], quiet };
        settings::save(&seed.cx, &ana, wanted.clone()).await.expect("settings");
        assert_eq!(settings::view(&seed.cx, &ana).await.expect("settings"), wanted);
        let listed = all(&seed, &ana).await;
        let mut shown = Vec::new();
        for one in &listed {
            shown.push(preview(&seed.cx, &ana, one.id).await.expect("an answer"));
        }
        assert_eq!(shown[1], None, "a like is muted");
        let follow = shown[0].clone().expect("a follow");
        assert_eq!((follow.notification, follow.quiet), (listed[0].clone(), quiet));
        read(&seed.cx, &ana, listed[0].id).await.expect("read");
        assert_eq!(preview(&seed.cx, &ana, listed[0].id).await.expect("an answer"), None, "it is read");
        settings::save(&seed.cx, &ana, NotificationSettings::default()).await.expect("settings");
        assert_eq!(settings::view(&seed.cx, &ana).await.expect("settings"), NotificationSettings::default());
    })
    .await;
}
