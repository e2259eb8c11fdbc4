use protocol::{Problem, live::CLOSE_SIGNED_OUT};

use super::{PASSWORD, enter, person_behind};
use crate::{
    bus::Event,
    session::{is_signed_in, log_out},
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn logging_in_over_a_session_ends_that_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        seed.person("ben").await;
        let (before, other) = (ana.session().unwrap().id, elsewhere.session().unwrap().id);
        let secret = enter(&seed.cx, &ana, "ben", PASSWORD).await.expect("a session");
        assert_eq!(person_behind(&seed.cx, &secret).await.as_deref(), Some("ben"));
        assert!(!is_signed_in(&seed.cx, before).await.unwrap());
        assert!(is_signed_in(&seed.cx, other).await.unwrap());
        assert_eq!(seed.events.take(), [Event::SignedOut { account: id(&ana), session: Some(before) }]);
    })
    .await;
}

#[tokio::test]
async fn a_log_in_that_fails_leaves_the_session_before_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let problem = refusal(enter(&seed.cx, &ana, "ana", "plum tiger stairs 8").await);
        assert_eq!(problem, Problem::WrongCredentials);
        assert!(is_signed_in(&seed.cx, ana.session().unwrap().id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn logging_out_ends_this_browsers_session_and_closes_its_sockets_only() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        let ben = seed.person("ben").await;
        let (mut tab, mut other_tab) = (seed.connect(&ana).await, seed.connect(&ana).await);
        let (mut phone, mut bens) = (seed.connect(&elsewhere).await, seed.connect(&ben).await);
        log_out(&seed.cx, &ana).await.expect("signed out");
        assert_eq!(
            (tab.closed_with(), other_tab.closed_with()),
            (Some(CLOSE_SIGNED_OUT), Some(CLOSE_SIGNED_OUT))
        );
        assert_eq!((phone.closed_with(), bens.closed_with()), (None, None));
        assert_eq!(seed.cx.hub.len(), 2);
        assert!(!is_signed_in(&seed.cx, ana.session().unwrap().id).await.unwrap());
        assert!(is_signed_in(&seed.cx, elsewhere.session().unwrap().id).await.unwrap());
        let session = ana.session().map(|session| session.id);
        assert_eq!(seed.events.take(), [Event::SignedOut { account: id(&ana), session }]);
    })
    .await;
}

#[tokio::test]
async fn a_reset_closes_all_sockets_of_the_person() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        let ben = seed.person("ben").await;
        let (mut tab, mut phone) = (seed.connect(&ana).await, seed.connect(&elsewhere).await);
        let mut bens = seed.connect(&ben).await;
        crate::account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("ana@example.org");
        crate::account::reset(&seed.cx, &Seed::nobody(), &link, "copper lake 7 violins").await.unwrap();
        assert_eq!(
            (tab.closed_with(), phone.closed_with()),
            (Some(CLOSE_SIGNED_OUT), Some(CLOSE_SIGNED_OUT))
        );
        assert_eq!(bens.closed_with(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_can_log_out_without_harm() {
    both(|seed| async move {
        log_out(&seed.cx, &Seed::nobody()).await.expect("nothing to do");
        assert!(seed.events.take().is_empty());
    })
    .await;
}
