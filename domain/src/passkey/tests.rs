use protocol::{Problem, Reason, passkey::MAX_PASSKEYS, session::LogInMethod};
use serde_json::{Value, json};

use super::{ANSWER_SECONDS, begin, confirm, list, remove, set_up};
use crate::{
    Error, Scope, deletion, history,
    limit::{Limit, Rates},
    session::{self, SignedIn},
    testing::{Authenticator, Seed, TestDb, both, refusal},
};

const PASSWORD: &str = "plum tiger stairs 9";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

impl Seed {
    async fn log_in_by(&self, device: &mut Authenticator) -> Result<SignedIn, Error> {
        let asked = session::passkey::begin(&self.cx, &Self::nobody()).await?;
        let answer = device.answer(&asked.options);
        session::passkey::log_in(&self.cx, &Self::nobody(), &asked.token, &answer, FIREFOX).await
    }

    async fn username_of(&self, signed_in: &SignedIn) -> String {
        let session = session::resolve(&self.cx, &signed_in.session.expose()).await.expect("a database");
        session.expect("a session").person.username
    }
}

#[tokio::test]
async fn a_passkey_logs_its_owner_in_without_a_password_or_a_code() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.cookie(&ana).await;
        seed.turn_on_two_factor(&ana).await;
        let mut device = seed.passkey(&ana).await;
        seed.clock.advance_seconds(60);
        let signed_in = seed.log_in_by(&mut device).await.unwrap();
        assert_eq!(seed.username_of(&signed_in).await, "ana");
        let shown = list(&seed.cx, &ana).await.unwrap();
        assert!(shown.is_available);
        let used: Vec<_> = shown.passkeys.iter().map(|passkey| passkey.used_at).collect();
        assert_eq!(used, [Some(seed.cx.now())]);
        let log_ins = history::log_ins(&seed.cx, &ana, None).await.unwrap();
        assert_eq!(log_ins.log_ins.items[0].method, LogInMethod::Passkey);
        seed.run_jobs().await;
        let letters = seed.mailbox.take("ana@example.org");
        assert!(letters.iter().any(|mail| mail.subject == "A passkey was added"), "{letters:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_for_what_was_asked_and_in_time() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let mut device = seed.passkey(&ana).await;
        let nobody = Seed::nobody();
        let asked = session::passkey::begin(&seed.cx, &nobody).await.unwrap();
        let other = session::passkey::begin(&seed.cx, &nobody).await.unwrap();
        let answer = device.answer(&asked.options);
        let log_in = async |token: &str, answer: &str| {
            session::passkey::log_in(&seed.cx, &nobody, token, answer, FIREFOX).await
        };
        assert_eq!(
            refusal(log_in(&other.token, &answer).await),
            Problem::UnknownPasskey,
            "of another question"
        );
        log_in(&asked.token, &answer).await.unwrap();
        assert_eq!(refusal(log_in(&asked.token, &answer).await), Problem::SignInNeeded, "replayed");
        assert_eq!(refusal(log_in("nonsense", &answer).await), Problem::SignInNeeded);
        let late = device.answer(&other.options);
        seed.clock.advance_seconds(ANSWER_SECONDS);
        assert_eq!(refusal(log_in(&other.token, &late).await), Problem::SignInNeeded, "too late");
    })
    .await;
}

#[tokio::test]
async fn a_passkey_of_another_account_opens_only_its_own() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (mut anas, mut bens) = (seed.passkey(&ana).await, seed.passkey(&ben).await);
        let owner = std::mem::replace(&mut bens.owner, anas.owner.clone());
        assert_eq!(refusal(seed.log_in_by(&mut bens).await), Problem::UnknownPasskey, "claims to be Ana's");
        let id = std::mem::replace(&mut bens.credential_id, anas.credential_id.clone());
        assert_eq!(
            refusal(seed.log_in_by(&mut bens).await),
            Problem::UnknownPasskey,
            "signed by another key"
        );
        (bens.owner, bens.credential_id) = (owner, id);
        assert_eq!(seed.username_of(&seed.log_in_by(&mut bens).await.unwrap()).await, "ben");
        assert_eq!(seed.username_of(&seed.log_in_by(&mut anas).await.unwrap()).await, "ana");
        let theirs = list(&seed.cx, &ben).await.unwrap().passkeys[0].id;
        assert_eq!(refusal(remove(&seed.cx, &ana, PASSWORD.to_owned(), theirs).await), Problem::NotFound);
        assert_eq!(list(&seed.cx, &ben).await.unwrap().passkeys.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn wrong_answers_are_counted_for_the_owner_to_see() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (anas, mut bens) = (seed.passkey(&ana).await, seed.passkey(&ben).await);
        (bens.owner, bens.credential_id) = (anas.owner, anas.credential_id);
        assert_eq!(refusal(seed.log_in_by(&mut bens).await), Problem::UnknownPasskey);
        seed.settle().await;
        let failed = history::log_ins(&seed.cx, &ana, None).await.unwrap().failed;
        assert_eq!((failed.len(), failed[0].method, failed[0].tries), (1, LogInMethod::Passkey, 1));
    })
    .await;
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let mut device = seed.passkey(&ana).await;
        let passkey = list(&seed.cx, &ana).await.unwrap().passkeys[0].id;
        let wrong = remove(&seed.cx, &ana, "wrong".to_owned(), passkey).await;
        assert_eq!(refusal(wrong), Problem::field("current_password", Reason::Wrong));
        remove(&seed.cx, &ana, PASSWORD.to_owned(), passkey).await.unwrap();
        assert_eq!(refusal(seed.log_in_by(&mut device).await), Problem::UnknownPasskey);
        assert_eq!(refusal(remove(&seed.cx, &ana, PASSWORD.to_owned(), passkey).await), Problem::NotFound);
        seed.run_jobs().await;
        let letters = seed.mailbox.take("ana@example.org");
        assert!(letters.iter().any(|mail| mail.subject == "A passkey was removed"), "{letters:?}");
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_made_by_whoever_knows_the_password_and_in_time() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let wrong = begin(&seed.cx, &ana, "wrong".to_owned()).await;
        assert_eq!(refusal(wrong), Problem::field("current_password", Reason::Wrong));
        assert_eq!(refusal(set_up(&seed.cx, &ana).await), Problem::NotFound);
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let (_, answer) = Authenticator::create(&set_up(&seed.cx, &ana).await.unwrap(), &seed.cx.public_url);
        let ben = seed.person("ben").await;
        assert_eq!(refusal(confirm(&seed.cx, &ben, &answer, FIREFOX).await), Problem::NotFound);
        seed.clock.advance_seconds(ANSWER_SECONDS);
        assert_eq!(refusal(set_up(&seed.cx, &ana).await), Problem::NotFound);
        assert_eq!(refusal(confirm(&seed.cx, &ana, &answer, FIREFOX).await), Problem::NotFound);
        assert!(list(&seed.cx, &ana).await.unwrap().passkeys.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_no_answer_is_refused_and_the_passkey_can_still_be_made() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let options = set_up(&seed.cx, &ana).await.unwrap();
        let (_, right) = Authenticator::create(&options, &seed.cx.public_url);
        let (_, elsewhere) = Authenticator::create(&options, "https://elsewhere.example");
        let mut no_key: Value = serde_json::from_str(&right).unwrap();
        no_key["response"]["attestationObject"] = json!("AAAA");
        for answer in ["", "{}", "null", "[", &"x".repeat(2_000), &elsewhere, &no_key.to_string()] {
            let refused = refusal(confirm(&seed.cx, &ana, answer, FIREFOX).await);
            assert_eq!(refused, Problem::BadRequest, "{answer:.40}");
        }
        confirm(&seed.cx, &ana, &right, FIREFOX).await.unwrap();
        assert_eq!(refusal(confirm(&seed.cx, &ana, &right, FIREFOX).await), Problem::NotFound, "twice");
        assert_eq!(list(&seed.cx, &ana).await.unwrap().passkeys[0].device, "Firefox on Linux");
    })
    .await;
}

#[tokio::test]
async fn two_answers_at_once_make_one_passkey() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let options = set_up(&seed.cx, &ana).await.unwrap();
        let answers = [(); 8].map(|()| Authenticator::create(&options, &seed.cx.public_url).1);
        let made = answers.iter().map(|answer| confirm(&seed.cx, &ana, answer, FIREFOX));
        let made = futures::future::join_all(made).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        assert_eq!(list(&seed.cx, &ana).await.unwrap().passkeys.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_account_has_so_many_passkeys_and_no_more() {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(100)).await);
    let ana = seed.person("ana").await;
    for _ in 0..MAX_PASSKEYS {
        seed.passkey(&ana).await;
    }
    assert_eq!(refusal(begin(&seed.cx, &ana, PASSWORD.to_owned()).await), Problem::Changed);
}

#[tokio::test]
async fn guessing_is_stopped_by_the_network() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let rate = Rates::default().of(Limit::LogInAddress);
    for _ in 0..rate.burst {
        session::passkey::begin(&seed.cx, &Seed::nobody()).await.unwrap();
    }
    let refused = session::passkey::begin(&seed.cx, &Seed::nobody()).await;
    assert!(matches!(refusal(refused), Problem::TooMany { .. }));
}

#[tokio::test]
async fn logging_in_by_a_passkey_opens_a_closed_account_again() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let mut device = seed.passkey(&ana).await;
        deletion::close_account(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let signed_in = seed.log_in_by(&mut device).await.unwrap();
        assert_eq!(seed.username_of(&signed_in).await, "ana");
    })
    .await;
}

#[tokio::test]
async fn where_the_host_has_no_name_there_are_no_passkeys() {
    let mut db = TestDb::sqlite(Rates::default()).await;
    db.cx.parts_mut().expect("the only owner").public_url = "http://127.0.0.1:3000".to_owned();
    let seed = Seed::new(db);
    let ana: Scope = seed.person("ana").await;
    assert!(!list(&seed.cx, &ana).await.unwrap().is_available);
    assert_eq!(refusal(begin(&seed.cx, &ana, PASSWORD.to_owned()).await), Problem::NotFound);
    assert_eq!(refusal(session::passkey::begin(&seed.cx, &Seed::nobody()).await), Problem::NotFound);
}
