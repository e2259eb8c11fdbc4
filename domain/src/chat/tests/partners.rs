use protocol::{
    Problem,
    chat::{MESSAGES_AT_ONCE, Partner, PartnerQuery},
};

use crate::{
    Scope,
    account::sign_up,
    chat::partners::list,
    deletion,
    limit::Limit,
    testing::{Seed, both, id, refusal},
};

async fn names(seed: &Seed, who: &Scope, name: &str) -> Vec<String> {
    let query = PartnerQuery { name: name.to_owned(), after: None };
    let page = list(&seed.cx, who, query).await.expect("people");
    page.items.into_iter().map(|partner| partner.person.username).collect()
}

#[tokio::test]
async fn everybody_who_is_registered_can_be_written_to_the_latest_first() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for name in ["ben", "cid", "dora"] {
            seed.clock.advance_seconds(1);
            seed.person(name).await;
        }
        sign_up(&seed.cx, &Seed::nobody(), Seed::form("unverified")).await.expect("a sign-up");
        assert_eq!(names(&seed, &ana, "").await, ["dora", "cid", "ben"]);
        assert_eq!(
            refusal(list(&seed.cx, &Seed::nobody(), PartnerQuery::default()).await),
            Problem::SignInNeeded
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_left_cannot_be_written_to() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        deletion::close_account(&seed.cx, &ben, Seed::form("ben").password).await.expect("a closed account");
        assert_eq!(names(&seed, &ana, "").await, Vec::<String>::new());
        assert_eq!(names(&seed, &ana, "ben").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_people_with_and_without_a_conversation() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("benita").await);
        seed.clock.advance_seconds(1);
        seed.person("benedikt").await;
        seed.say(&ana, &ben, "hello").await;
        assert_eq!(names(&seed, &ana, "").await, ["benedikt"]);
        assert_eq!(names(&seed, &ana, " BEN").await, ["benedikt", "benita"]);
        assert_eq!(names(&seed, &ana, "nita").await, ["benita"]);
        for nobody in ["ana", "xavier", "%", "☺"] {
            assert_eq!(names(&seed, &ana, nobody).await, Vec::<String>::new(), "{nobody}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_neither_among_the_conversations_nor_below_them() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let total = MESSAGES_AT_ONCE as usize + 30;
        for number in 0..total {
            let other = seed.person(&format!("person{number}")).await;
            if number < MESSAGES_AT_ONCE as usize + 5 {
                seed.say(&other, &ana, "hello").await;
            }
            seed.clock.advance_seconds(i64::from(number % 3 == 0));
        }
        let listed = crate::chat::conversations(&seed.cx, &ana).await.expect("conversations");
        let mut all: Vec<String> = listed.into_iter().map(|row| row.with.username).collect();
        let mut after = None;
        loop {
            let query = PartnerQuery { name: String::new(), after };
            let page = list(&seed.cx, &ana, query).await.expect("people");
            after = page.items.last().map(Partner::cursor);
            all.extend(page.items.into_iter().map(|partner| partner.person.username));
            if !page.more {
                break;
            }
        }
        assert_eq!(all.len(), total);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), total, "nobody twice");
    })
    .await;
}

#[tokio::test]
async fn searching_too_often_is_refused_and_looking_is_not() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        while seed.cx.limits.spend(Limit::Search, id(&ana)).is_ok() {}
        let query = PartnerQuery { name: "ben".to_owned(), after: None };
        assert!(matches!(refusal(list(&seed.cx, &ana, query).await), Problem::TooMany { .. }));
        list(&seed.cx, &ana, PartnerQuery::default()).await.expect("people");
    })
    .await;
}
