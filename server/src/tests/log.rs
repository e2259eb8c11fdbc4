//! What the log says of people: an account's id and a network, and nothing that names anybody.

use std::{
    io,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::{Method, StatusCode};
use domain::{
    limit::Rates,
    testing::{Seed, TestDb, id},
};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing_subscriber::fmt::MakeWriter;

use super::Site;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Writes down what this thread logs from now on.
    fn begin(&self) -> DefaultGuard {
        set_default(tracing_subscriber::fmt().with_ansi(false).with_writer(self.clone()).finish())
    }

    fn lines(&self, what: &str) -> Vec<String> {
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&written)
            .lines()
            .filter(|line| line.contains(what))
            .map(str::to_owned)
            .collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_tells_of_attacks_and_names_nobody() {
    let log = Log::default();
    let _writing = log.begin();
    let site = Site::new(Seed::new(TestDb::sqlite(Rates::default()).await));
    let ana = site.seed.person("quillfeather").await;
    let account = format!("account={}", id(&ana));
    let home = IpAddr::from([203, 0, 113, 77]);
    let visitor = site.visitor_at(home);
    let mut member = site.visitor_at(home);
    member.log_in("quillfeather", &Seed::form("quillfeather").password).await;

    let wrong = [("login", "quillfeather"), ("password", "not this one 12")];
    visitor.post("/login", &wrong).await;
    let nobody = [("login", "somebody@nowhere.example"), ("password", "not this one 12")];
    visitor.post("/login", &nobody).await;
    let failed = log.lines("a log-in failed");
    assert_eq!(failed.len(), 2, "{failed:?}");
    assert!(failed[0].contains(&account) && failed[0].contains("network=203.0.113.0/24"), "{failed:?}");
    assert!(!failed[1].contains("account=") && failed[1].contains("network=203.0.113.0/24"), "{failed:?}");

    for _ in 0..10 {
        visitor.post("/login", &wrong).await;
    }
    let limited = log.lines("refused by a limit");
    assert!(!limited.is_empty() && limited[0].contains("network=203.0.113.0/24"), "{limited:?}");

    let mut answer = member.post("/posts", &[("body", "hello")]).await;
    while answer.status == StatusCode::SEE_OTHER {
        answer = member.post("/posts", &[("body", "hello")]).await;
    }
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let limited = log.lines("refused by a limit");
    assert!(limited.last().is_some_and(|line| line.contains(&account)), "{limited:?}");

    let foreign = member.saying("origin", "https://evil.example");
    assert_eq!(foreign.send(Method::POST, "/posts", "", "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(log.lines("from another origin").len(), 1);

    visitor.post("/forgot", &[("email", "quillfeather@example.org")]).await;
    site.seed.run_jobs().await;
    let token = site.seed.mailbox.take_token("quillfeather@example.org");
    let done = visitor.post(&format!("/reset/{token}"), &[("password", "quiet river lamp 27")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let reset = log.lines("a password was reset");
    assert!(reset.len() == 1 && reset[0].contains(&account) && reset[0].contains("network="), "{reset:?}");

    let whole = log.lines("");
    for personal in
        ["quillfeather", "Quillfeather", "203.0.113.77", "@", "nowhere.example", "not this one", &token]
    {
        assert!(!whole.iter().any(|line| line.contains(personal)), "{personal}: {whole:?}");
    }
}
