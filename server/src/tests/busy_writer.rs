//! Reading while something else is written.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::{db::execute, testing::both};
use tokio::sync::Notify;

use super::Site;

#[tokio::test]
async fn a_page_whose_visit_is_to_be_noted_does_not_wait_for_the_writer() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        site.seed.clock.advance_seconds(601);
        let (begun, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (cx, begins, ends) = (site.seed.cx.clone(), Arc::clone(&begun), Arc::clone(&done));
        let writing = tokio::spawn(async move {
            cx.write(move |tx| {
                Box::pin(async move {
                    execute(&**tx, "UPDATE session SET device = 'busy'", []).await?;
                    begins.notify_one();
                    ends.notified().await;
                    Ok(())
                })
            })
            .await
        });
        begun.notified().await;
        for page in ["/", "/chat", "/u/ana"] {
            assert_eq!(ana.get(page).await.status, StatusCode::OK, "{page}");
        }
        done.notify_one();
        writing.await.expect("a task that ends").expect("a write");
    })
    .await;
}
