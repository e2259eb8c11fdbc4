use protocol::account::Credentials;

use super::PASSWORD;
use crate::{
    session::{Browser, log_in},
    testing::{Seed, both},
};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Logs Ana in, and says the token of the device.
async fn enter(seed: &Seed, device: Option<&str>) -> String {
    let credentials = Credentials { login: "ana".to_owned(), password: PASSWORD.to_owned() };
    let signed_in = log_in(&seed.cx, &Seed::nobody(), credentials, Browser { name: FIREFOX, device }).await;
    seed.run_jobs().await;
    signed_in.expect("a log-in").done().expect("a session").device.expose()
}

#[tokio::test]
async fn a_log_in_from_a_new_device_is_told_by_mail_and_one_from_a_known_device_is_not() {
    both(|seed| async move {
        seed.person("ana").await;
        let device = enter(&seed, None).await;
        let letters = seed.mailbox.take("ana@example.org");
        let [letter] = &letters[..] else { panic!("{letters:?}") };
        assert_eq!(letter.subject, "A log-in from a new device");
        for words in ["@ana", "Firefox on Linux", "UTC", "/settings/security", "/forgot"] {
            assert!(letter.text.contains(words), "{words}: {}", letter.text);
        }
        assert!(!letter.text.contains("127.0.0.1"), "{}", letter.text);
        enter(&seed, Some(&device)).await;
        assert!(seed.mailbox.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_a_mail_about_their_own_first_log_in() {
    both(|seed| async move {
        seed.person("ana").await;
        let forget = seed
            .cx
            .write(|tx| Box::pin(async move { crate::db::execute(&**tx, "DELETE FROM login", []).await }));
        forget.await.unwrap();
        enter(&seed, None).await;
        assert!(seed.mailbox.is_empty());
        enter(&seed, None).await;
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 1);
    })
    .await;
}
