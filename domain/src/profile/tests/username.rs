//! Usernames that change.

use protocol::{Problem, Reason, text::Username};

use super::open;
use crate::{
    Scope, account, chat,
    profile::{change_username, view},
    testing::{Seed, both, id, refusal},
};

const DAY: i64 = 24 * 3_600;

async fn rename(seed: &Seed, who: &Scope, username: &str) {
    change_username(&seed.cx, who, username).await.expect("another username");
}

async fn refused(seed: &Seed, who: &Scope, username: &str) -> Reason {
    let problem = refusal(change_username(&seed.cx, who, username).await);
    *problem.reason_for("username").unwrap_or_else(|| panic!("{problem:?}"))
}

#[tokio::test]
async fn the_name_before_leads_to_its_person() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ben, &ana, "hello").await;
        rename(&seed, &ben, "@Benjamin").await;
        for name in ["ben", "benjamin", "BEN"] {
            let found = open(&seed, &ana, name).await.person;
            assert_eq!((found.id, found.username.as_str()), (id(&ben), "benjamin"), "{name}");
            let chat = chat::open(&seed.cx, &ana, name).await.expect("a chat");
            assert_eq!((chat.with.username.as_str(), chat.messages.len()), ("benjamin", 1), "{name}");
        }
        rename(&seed, &ben, "benno").await;
        assert_eq!(open(&seed, &ana, "ben").await.person.username, "benno");
        assert_eq!(open(&seed, &ana, "benjamin").await.person.username, "benno");
    })
    .await;
}

#[tokio::test]
async fn a_mention_of_the_name_before_still_leads_somewhere() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello @ben").await.id;
        rename(&seed, &ben, "benjamin").await;
        let mentions = crate::post::view(&seed.cx, &ana, post).await.expect("a post").mentions;
        assert_eq!(mentions, ["benjamin", "ben"]);
    })
    .await;
}

#[tokio::test]
async fn for_ninety_days_nobody_else_can_take_the_name_before() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        rename(&seed, &ben, "benjamin").await;
        for looks_alike in ["ben", "be_n", "BEN"] {
            assert_eq!(refused(&seed, &ana, looks_alike).await, Reason::Taken, "{looks_alike}");
        }
        let problem = refusal(account::sign_up(&seed.cx, &Seed::nobody(), Seed::form("ben")).await);
        assert_eq!(problem.reason_for("username"), Some(&Reason::Taken));

        seed.clock.advance_seconds(90 * DAY + 1);
        account::sweep(&seed.cx).await.expect("a swept database");
        assert_eq!(refusal(view(&seed.cx, &ana, "ben", None).await), Problem::NotFound);
        rename(&seed, &ana, "ben").await;
        assert_eq!(open(&seed, &ben, "ben").await.person.id, id(&ana));
    })
    .await;
}

#[tokio::test]
async fn one_can_have_the_own_name_back() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        rename(&seed, &ben, "benjamin").await;
        rename(&seed, &ben, "be_n").await;
        assert_eq!(open(&seed, &ana, "ben").await.person.username, "be_n");
        rename(&seed, &ben, "ben").await;
        let found = open(&seed, &ana, "benjamin").await.person;
        assert_eq!((found.id, found.username.as_str()), (id(&ben), "ben"));
    })
    .await;
}

#[tokio::test]
async fn names_that_are_taken_reserved_or_no_names_are_refused() {
    both(|seed| async move {
        let (ana, _ben) = (seed.person("ana").await, seed.person("ben").await);
        account::sign_up(&seed.cx, &Seed::nobody(), Seed::form("waiting")).await.expect("a sign-up");
        for (name, reason) in [
            ("ben", Reason::Taken),
            ("b_en", Reason::Taken),
            ("waiting", Reason::Taken),
            ("admin", Reason::Taken),
            ("ad_min", Reason::Taken),
            ("", Reason::Empty),
            ("ab", Reason::TooShort { min: 3 }),
            ("1ana", Reason::Malformed),
            ("ana\0", Reason::Malformed),
            ("\u{430}na", Reason::Malformed),
            (&"a".repeat(10_000), Reason::TooLong { max: 30 }),
        ] {
            assert_eq!(refused(&seed, &ana, name).await, reason, "{name:.20}");
        }
        assert_eq!(open(&seed, &ana, "ana").await.person.username, "ana");
    })
    .await;
}

#[tokio::test]
async fn a_username_changes_three_times_a_month() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for name in ["ana_one", "ana_two", "ana_three"] {
            rename(&seed, &ana, name).await;
            rename(&seed, &ana, name).await;
            seed.clock.advance_seconds(DAY);
        }
        assert_eq!(refused(&seed, &ana, "ana_four").await, Reason::TooMany { max: 3 });
        seed.clock.advance_seconds(27 * DAY + 1);
        rename(&seed, &ana, "ana_four").await;
    })
    .await;
}

/// One gives the name up at the moment at which the other takes it.
#[tokio::test]
async fn of_two_who_want_a_name_at_once_one_has_it() {
    both(|seed| async move {
        for round in 0..8 {
            let names = ["ana", "ben", "cid"].map(|name| format!("{name}_{round}"));
            let (ana, ben) = (seed.person(&names[0]).await, seed.person(&names[1]).await);
            let wanted = format!("wanted_{round}");
            let (one, other, third) = tokio::join!(
                change_username(&seed.cx, &ana, &wanted),
                change_username(&seed.cx, &ben, &names[0]),
                change_username(&seed.cx, &ben, &wanted),
            );
            assert!(other.is_err(), "the name was given up, or never free");
            assert_eq!([one.is_ok(), third.is_ok()].into_iter().filter(|done| *done).count(), 1);
            let name = Username::parse(&wanted).expect("a username");
            assert!(
                account::store::is_taken(seed.cx.db.read(), &name, seed.cx.now()).await.expect("an answer")
            );
        }
    })
    .await;
}
