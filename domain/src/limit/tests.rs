//! Limits are kept in memory, so one kind of database shows them.

mod writes;

use std::net::IpAddr;

use protocol::{
    PostId, Problem,
    account::{Credentials, NewAccount},
    chat::NewMessage,
    comment::NewComment,
    post::NewPost,
};

use crate::{
    ClientAddress, Error, Scope, account, block, chat, comment, follow, like,
    limit::{Limit, Rates},
    post, session,
    testing::{Seed, TestDb, id, refusal},
};

async fn seed() -> Seed {
    Seed::new(TestDb::sqlite(Rates::default()).await)
}

fn from(address: &str) -> Scope {
    Scope::anonymous(ClientAddress::from(address.parse::<IpAddr>().expect("an address")))
}

/// Seconds to wait, when this was one too many.
fn wait<T>(result: Result<T, Error>) -> Option<u32> {
    match result {
        Ok(_) => None,
        Err(error) => match error.into_problem() {
            Problem::TooMany { retry_after } => Some(retry_after),
            _ => None,
        },
    }
}

async fn sign_up(seed: &Seed, scope: &Scope) -> Option<u32> {
    wait(account::sign_up(&seed.cx, scope, NewAccount::default()).await)
}

async fn log_in(seed: &Seed, scope: &Scope, login: &str, password: &str) -> Result<(), Error> {
    let credentials = Credentials { login: login.to_owned(), password: password.to_owned() };
    session::log_in(&seed.cx, scope, credentials, "a test").await.map(drop)
}

#[tokio::test]
async fn a_classroom_signs_up_from_one_address_and_a_machine_does_not() {
    let seed = seed().await;
    let (school, home) = (from("192.0.2.1"), from("192.0.2.2"));
    for _ in 0..60 {
        assert_eq!(sign_up(&seed, &school).await, None);
    }
    let wait = sign_up(&seed, &school).await.expect("a refusal");
    assert_eq!(sign_up(&seed, &home).await, None, "another address is free");
    seed.clock.advance_seconds(i64::from(wait));
    assert_eq!(sign_up(&seed, &school).await, None, "the time that was said is enough");
    assert!(sign_up(&seed, &school).await.is_some(), "for one");
    seed.clock.advance_seconds(3_600);
    for _ in 0..60 {
        assert_eq!(sign_up(&seed, &school).await, None);
    }
}

#[tokio::test]
async fn one_address_gets_few_mails_from_however_many_places_it_is_signed_up() {
    let seed = seed().await;
    for attempt in 0..6 {
        let mut form = Seed::form(&format!("person_{attempt}x"));
        form.email = "victim@example.org".to_owned();
        let place = from(&format!("192.0.2.{attempt}"));
        let waited = wait(account::sign_up(&seed.cx, &place, form).await);
        assert_eq!(waited.is_some(), attempt == 5, "attempt {attempt}");
    }
    seed.run_jobs().await;
    assert_eq!(seed.mailbox.take("victim@example.org").len(), 5);
}

#[tokio::test]
async fn a_sign_up_that_is_refused_stores_and_mails_nothing() {
    let seed = seed().await;
    while sign_up(&seed, &Seed::nobody()).await.is_none() {}
    let refused = account::sign_up(&seed.cx, &Seed::nobody(), Seed::form("ana")).await;
    assert!(matches!(refusal(refused), Problem::TooMany { .. }));
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM account").await, 0);
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM job").await, 0);
}

#[tokio::test]
async fn guesses_at_one_account_end_after_ten_however_its_name_is_written() {
    let seed = seed().await;
    seed.person("ana").await;
    seed.person("ben").await;
    let right = Seed::form("ana").password;
    for login in ["ana", "@ana", "@@ana", "ANA", " ana ", "ana", "ana", "ana", "ana", "ana"] {
        let refused = log_in(&seed, &from("192.0.2.1"), login, "wrong").await;
        assert_eq!(refusal(refused), Problem::WrongCredentials);
    }
    let elsewhere = from("198.51.100.7");
    let wait = wait(log_in(&seed, &elsewhere, "ana", &right).await).expect("a refusal");
    log_in(&seed, &elsewhere, "ben", &right).await.expect("another account is free");
    seed.clock.advance_seconds(i64::from(wait));
    log_in(&seed, &elsewhere, "ana", &right).await.expect("the time that was said is enough");
}

#[tokio::test]
async fn an_account_has_one_number_of_tries_whatever_name_of_it_is_typed() {
    let seed = seed().await;
    seed.person("ana").await;
    for login in ["ana", "ana@example.org", "ANA", "Ana@Example.org", "@ana"].iter().cycle().take(10) {
        assert_eq!(
            refusal(log_in(&seed, &from("192.0.2.1"), login, "wrong").await),
            Problem::WrongCredentials
        );
    }
    for login in ["ana", "ana@example.org"] {
        assert!(wait(log_in(&seed, &from("198.51.100.7"), login, "wrong").await).is_some(), "{login}");
    }
}

#[tokio::test]
async fn a_name_that_no_account_has_gets_as_many_tries_as_one_that_has() {
    let seed = seed().await;
    seed.person("ana").await;
    for login in ["ana", "unknown", "unknown@example.org", "no name at all"] {
        for attempt in 0..12 {
            let capitals = if attempt % 2 == 0 { login.to_uppercase() } else { format!(" {login} ") };
            let refused = log_in(&seed, &from(&format!("192.0.2.{attempt}")), &capitals, "wrong").await;
            assert_eq!(wait(refused).is_some(), attempt >= 10, "{login}, attempt {attempt}");
        }
    }
}

#[tokio::test]
async fn a_right_password_gives_its_try_back() {
    let seed = seed().await;
    seed.person("ana").await;
    let right = Seed::form("ana").password;
    for attempt in 0..30 {
        let place = from(&format!("192.0.2.{attempt}"));
        log_in(&seed, &place, "ana", &right).await.expect("a session");
    }
    for _ in 0..9 {
        assert_eq!(
            refusal(log_in(&seed, &from("192.0.2.1"), "ana", "wrong").await),
            Problem::WrongCredentials
        );
    }
    log_in(&seed, &from("192.0.2.1"), "ana", &right).await.expect("the tenth try");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_sixty_four_guesses_at_once_ten_are_looked_at() {
    let seed = seed().await;
    seed.person("ana").await;
    let guesses = (0..64).map(|number| {
        let cx = seed.cx.clone();
        tokio::spawn(async move {
            let login = if number % 2 == 0 { "ana" } else { "ana@example.org" }.to_owned();
            let credentials = Credentials { login, password: format!("guess {number}") };
            let place = from(&format!("192.0.2.{number}"));
            refusal(session::log_in(&cx, &place, credentials, "a test").await)
        })
    });
    let mut looked_at = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.expect("an answer") {
            Problem::WrongCredentials => looked_at += 1,
            Problem::TooMany { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, 10);
}

/// Signs in from a device, and says the token that it has from then on.
async fn device(seed: &Seed, login: &str, password: &str, token: Option<&str>) -> Result<String, Error> {
    let credentials = Credentials { login: login.to_owned(), password: password.to_owned() };
    let browser = session::Browser { name: "a test", device: token };
    let signed_in = session::log_in(&seed.cx, &from("198.51.100.7"), credentials, browser).await?;
    Ok(signed_in.done().expect("no code is asked for").device.expose())
}

#[tokio::test]
async fn strangers_do_not_lock_out_a_device_that_was_signed_in_before() {
    let seed = seed().await;
    seed.person("ana").await;
    seed.person("ben").await;
    let right = Seed::form("ana").password;
    let token = device(&seed, "ana", &right, None).await.expect("a session");
    for attempt in 0..30 {
        let stranger = from(&format!("192.0.2.{attempt}"));
        assert!(log_in(&seed, &stranger, "ana", "wrong").await.is_err());
    }
    assert!(wait(device(&seed, "ana", &right, None).await).is_some(), "a device that is not known");
    let bens = device(&seed, "ben", &right, None).await.expect("a session");
    assert!(wait(device(&seed, "ana", &right, Some(&bens)).await).is_some(), "a device of somebody else");
    for login in ["ana", "ana@example.org"] {
        assert_eq!(device(&seed, login, &right, Some(&token)).await.expect("a session"), token);
    }
    for _ in 0..10 {
        let refused = device(&seed, "ana", "wrong", Some(&token)).await;
        assert_eq!(refusal(refused), Problem::WrongCredentials);
    }
    assert!(wait(device(&seed, "ana", &right, Some(&token)).await).is_some(), "its own tries end, too");
}

#[tokio::test]
async fn a_device_is_known_for_ninety_days_and_not_after_a_new_password() {
    let seed = seed().await;
    seed.person("ana").await;
    let right = Seed::form("ana").password;
    let token = device(&seed, "ana", &right, None).await.expect("a session");
    let known = async |token: &str| {
        for _ in 0..11 {
            _ = log_in(&seed, &from("192.0.2.2"), "ana", "wrong").await;
        }
        device(&seed, "ana", &right, Some(token)).await.is_ok()
    };
    seed.clock.advance_seconds(session::DEVICE_SECONDS - 1);
    session::sweep(&seed.cx).await.expect("a sweep");
    assert!(known(&token).await);
    seed.clock.advance_seconds(session::DEVICE_SECONDS);
    assert!(!known(&token).await, "the log-in before made it known for as long again, and no longer");
    session::sweep(&seed.cx).await.expect("a sweep");
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM known_device").await, 0);

    seed.clock.advance_seconds(3_600);
    let token = device(&seed, "ana", &right, None).await.expect("a session");
    account::forgot(&seed.cx, &from("192.0.2.3"), "ana@example.org").await.expect("a letter");
    seed.run_jobs().await;
    let link = seed.mailbox.take_token("ana@example.org");
    account::reset(&seed.cx, &from("192.0.2.3"), &link, &right).await.expect("a new password");
    assert!(!known(&token).await);
}

#[tokio::test]
async fn an_account_knows_the_twenty_devices_that_were_used_last() {
    let seed = seed().await;
    seed.person("ana").await;
    let right = Seed::form("ana").password;
    for _ in 0..25 {
        seed.clock.advance_seconds(60);
        device(&seed, "ana", &right, None).await.expect("a session");
    }
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM known_device").await, 20);
    let oldest = format!(
        "SELECT COUNT(*) AS count FROM known_device WHERE seen_at <= {}",
        seed.cx.now().plus_seconds(-20 * 60).micros()
    );
    assert_eq!(seed.number(&oldest).await, 0);
}

#[tokio::test]
async fn capitals_and_tags_do_not_get_around_the_limit_for_an_address() {
    let seed = seed().await;
    let ways = [
        "ana@example.org",
        "Ana+one@example.org",
        "ANA+two@Example.ORG",
        "ana+@example.org",
        "ana++@example.org",
    ];
    for (number, email) in ways.into_iter().enumerate() {
        account::forgot(&seed.cx, &from(&format!("192.0.2.{number}")), email).await.expect("a letter");
    }
    let place = from("192.0.2.9");
    assert!(wait(account::forgot(&seed.cx, &place, "ana+three@example.org").await).is_some());
    assert!(wait(account::resend(&seed.cx, &place, "ana+four@example.org", None).await).is_some());
    let form = NewAccount { email: "ana+five@example.org".into(), ..Seed::form("ana") };
    assert!(wait(account::sign_up(&seed.cx, &place, form).await).is_some());
    account::forgot(&seed.cx, &place, "anab+one@example.org").await.expect("another person is free");
}

#[tokio::test]
async fn guesses_at_many_accounts_from_one_address_end_after_a_hundred() {
    let seed = seed().await;
    for number in 0..100 {
        let refused = log_in(&seed, &from("192.0.2.1"), &format!("guess{number}"), "wrong").await;
        assert_eq!(refusal(refused), Problem::WrongCredentials);
    }
    let wait = wait(log_in(&seed, &from("192.0.2.1"), "one_more", "wrong").await).expect("a refusal");
    seed.clock.advance_seconds(i64::from(wait));
    assert_eq!(
        refusal(log_in(&seed, &from("192.0.2.1"), "one_more", "wrong").await),
        Problem::WrongCredentials
    );
}

#[tokio::test]
async fn a_person_is_mailed_five_times_an_hour_whoever_asks() {
    let seed = seed().await;
    for number in 1..=5 {
        let email = if number % 2 == 0 { "ana@example.org" } else { "Ana@Example.org" };
        account::forgot(&seed.cx, &from(&format!("192.0.2.{number}")), email).await.expect("a letter");
    }
    let refused = account::resend(&seed.cx, &from("192.0.2.9"), "ana@example.org", None).await;
    let wait = wait(refused).expect("a refusal");
    account::forgot(&seed.cx, &from("192.0.2.9"), "ben@example.org").await.expect("another person is free");
    seed.clock.advance_seconds(i64::from(wait));
    account::resend(&seed.cx, &from("192.0.2.9"), "ana@example.org", None).await.expect("a letter");
}

#[tokio::test]
async fn an_address_asks_for_sixty_mails_an_hour_and_tries_as_many_links() {
    let seed = seed().await;
    let machine = from("192.0.2.1");
    for number in 0..58 {
        let email = format!("guess{number}@example.org");
        account::forgot(&seed.cx, &machine, &email).await.expect("an answer");
    }
    assert_eq!(refusal(account::verify(&seed.cx, &machine, "0").await), Problem::LinkUnusable);
    assert_eq!(refusal(account::reset(&seed.cx, &machine, "0", "x").await), Problem::LinkUnusable);
    assert!(wait(account::verify(&seed.cx, &machine, "0").await).is_some());
    assert!(wait(account::reset(&seed.cx, &machine, "0", "x").await).is_some());
    let wait = wait(account::forgot(&seed.cx, &machine, "ana@example.org").await).expect("a refusal");
    seed.clock.advance_seconds(i64::from(wait));
    account::forgot(&seed.cx, &machine, "ana@example.org").await.expect("an answer");
}

#[tokio::test]
async fn a_person_writes_thirty_posts_and_comments_in_five_minutes() {
    let seed = seed().await;
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    let post = seed.post(&ana, "hello").await.id;
    for _ in 1..30 {
        seed.comment(&ana, post, "again").await;
    }
    let new = || NewComment { client_id: None, post, answers: None, body: "again".into() };
    assert!(wait(comment::write(&seed.cx, &ana, new()).await).is_some());
    let wait =
        wait(post::publish(&seed.cx, &ana, NewPost { body: "again".into(), ..NewPost::default() }).await)
            .expect("a refusal");
    seed.comment(&ben, post, "another person is free").await;
    seed.clock.advance_seconds(i64::from(wait));
    comment::write(&seed.cx, &ana, new()).await.expect("a comment");
    seed.assert_counters_are_right().await;
}

#[tokio::test]
async fn a_person_touches_a_hundred_and_twenty_things_a_minute() {
    let seed = seed().await;
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    let post: PostId = seed.post(&ben, "hello").await.id;
    for _ in 0..60 {
        seed.like(&ana, post).await;
        like::unlike(&seed.cx, &ana, post).await.expect("an undone like");
    }
    assert!(wait(like::like(&seed.cx, &ana, post).await).is_some());
    assert!(wait(follow::follow(&seed.cx, &ana, id(&ben)).await).is_some());
    assert!(wait(block::unblock(&seed.cx, &ana, id(&ben)).await).is_some());
    let wait = wait(block::block(&seed.cx, &ana, id(&ben)).await).expect("a refusal");
    seed.like(&ben, post).await;
    seed.clock.advance_seconds(i64::from(wait));
    seed.block(&ana, &ben).await;
}

#[tokio::test]
async fn a_person_sends_sixty_messages_a_minute_and_retries_as_often_as_needed() {
    let seed = seed().await;
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    let first = seed.say(&ana, &ben, "hello").await;
    for _ in 1..60 {
        seed.say(&ana, &ben, "hello").await;
    }
    let new = |client_id| NewMessage { to: id(&ben), client_id, body: "hello".into(), reply_to: None };
    let fresh = seed.cx.new_id().expect("an id");
    let wait = wait(chat::send(&seed.cx, &ana, new(fresh)).await).expect("a refusal");
    assert_eq!(chat::send(&seed.cx, &ana, new(first.client_id)).await.expect("the first answer"), first);
    seed.say(&ben, &ana, "another person is free").await;
    seed.clock.advance_seconds(i64::from(wait));
    assert_eq!(chat::send(&seed.cx, &ana, new(fresh)).await.expect("a message").seq, 62);
}

#[tokio::test]
async fn whoever_has_all_tries_again_is_forgotten_and_others_are_not() {
    let seed = seed().await;
    sign_up(&seed, &from("192.0.2.1")).await;
    seed.clock.advance_seconds(7_200);
    for _ in 0..60 {
        sign_up(&seed, &from("192.0.2.2")).await;
    }
    assert_eq!(seed.cx.limits.len(Limit::SignUp), 2);
    seed.cx.limits.drop_full();
    assert_eq!(seed.cx.limits.len(Limit::SignUp), 1);
    assert!(sign_up(&seed, &from("192.0.2.2")).await.is_some());
}

#[test]
fn a_household_is_one_address() {
    let same = |one: &str, other: &str| from(one).address() == from(other).address();
    assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
    assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
    assert!(!same("192.0.2.1", "192.0.2.2"));
}
