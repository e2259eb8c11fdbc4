use domain::{
    account, media,
    testing::{Seed, both, id},
};

use super::{Site, test_socket::until};
use crate::worker;

/// The mail server takes a letter and does not answer.
#[tokio::test]
async fn pictures_are_deleted_while_a_letter_waits_for_the_mail_server() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.seed.person("ana").await;
        let picture = site.seed.picture(&ana).await;
        site.seed.mailbox.set_hanging(true);
        let worker = worker::start(&site.state);
        account::forgot(&site.seed.cx, &Seed::nobody(), "ana@example.org").await.expect("a job");
        site.seed.mailbox.begun().await;
        media::discard(&site.seed.cx, &ana, picture).await.expect("a discarded picture");
        site.seed.query_log.take();
        until(|| {
            let log = site.seed.query_log.take();
            log.iter().any(|statement| statement.sql.starts_with("DELETE FROM \"job\""))
        })
        .await;
        assert!(site.seed.mailbox.is_empty(), "the letter still waits for {}", id(&ana));
        site.state.stopping.cancel();
        site.seed.mailbox.set_hanging(false);
        worker.await.expect("a worker that stops");
        assert_eq!(site.seed.mailbox.take("ana@example.org").len(), 1, "what has begun is finished");
    })
    .await;
}
