use protocol::{Problem, live::CLOSE_SIGNED_OUT, session::SessionEnd};

use crate::{
    history,
    session::{devices, is_signed_in, store},
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn devices_are_listed_this_one_first_then_by_their_last_use() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.person("ben").await;
        seed.clock.advance_seconds(60);
        let phone = seed.signed_in(ana.member().unwrap().clone()).await;
        seed.clock.advance_seconds(60);
        let tablet = seed.signed_in(ana.member().unwrap().clone()).await;
        let session = |who: &crate::Scope| who.session().unwrap().id;
        seed.clock.advance_seconds(60);
        store::record_visit(seed.cx.db.writer(), session(&phone), seed.cx.now()).await.unwrap();
        let listed = devices::list(&seed.cx, &ana).await.unwrap();
        let ids: Vec<_> = listed.iter().map(|device| device.id).collect();
        assert_eq!(ids, [session(&ana), session(&phone), session(&tablet)]);
        assert_eq!(listed.iter().map(|device| device.is_this).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(listed[1].used_at, seed.cx.now());
        assert_eq!(listed[0].device, "Unknown browser");
    })
    .await;
}

#[tokio::test]
async fn signing_a_device_out_ends_its_session_and_closes_its_sockets() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let phone = seed.signed_in(ana.member().unwrap().clone()).await;
        let (mut here, mut there) = (seed.connect(&ana).await, seed.connect(&phone).await);
        let session = phone.session().unwrap().id;
        devices::sign_out(&seed.cx, &ana, session).await.unwrap();
        assert_eq!((here.closed_with(), there.closed_with()), (None, Some(CLOSE_SIGNED_OUT)));
        assert!(!is_signed_in(&seed.cx, session).await.unwrap());
        assert_eq!(refusal(devices::sign_out(&seed.cx, &ana, session).await), Problem::NotFound);
        let log_ins = history::log_ins(&seed.cx, &ana, None).await.unwrap().log_ins.items;
        assert_eq!(log_ins[0].end, Some(SessionEnd::SignedOut));
    })
    .await;
}

#[tokio::test]
async fn a_device_of_somebody_else_is_not_found_and_stays() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (bens, unknown) = (ben.session().unwrap().id, seed.cx.new_id().unwrap().into());
        let steps = async |session| {
            seed.query_log.take();
            assert_eq!(refusal(devices::sign_out(&seed.cx, &ana, session).await), Problem::NotFound);
            seed.query_log.take().into_iter().map(|statement| statement.sql).collect::<Vec<_>>()
        };
        assert_eq!(steps(bens).await, steps(unknown).await);
        assert!(is_signed_in(&seed.cx, bens).await.unwrap());
        assert!(seed.events.take().is_empty());
        let log_ins = history::log_ins(&seed.cx, &ben, None).await.unwrap().log_ins.items;
        assert_eq!(log_ins[0].until, None);
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_else_keeps_this_one_and_other_people() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut others = Vec::new();
        for _ in 0..3 {
            others.push(seed.signed_in(ana.member().unwrap().clone()).await);
        }
        let (mut here, mut there, mut bens) =
            (seed.connect(&ana).await, seed.connect(&others[2]).await, seed.connect(&ben).await);
        devices::sign_out_others(&seed.cx, &ana).await.unwrap();
        assert_eq!((here.closed_with(), bens.closed_with()), (None, None));
        assert_eq!(there.closed_with(), Some(CLOSE_SIGNED_OUT));
        assert_eq!(devices::list(&seed.cx, &ana).await.unwrap().len(), 1);
        devices::sign_out_others(&seed.cx, &ana).await.expect("nothing to do");
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM session").await, 2);
        assert_eq!(id(&ben), ben.account().unwrap());
    })
    .await;
}

#[tokio::test]
async fn nobody_has_devices() {
    both(|seed| async move {
        let unknown = seed.cx.new_id().unwrap().into();
        assert_eq!(refusal(devices::list(&seed.cx, &Seed::nobody()).await), Problem::SignInNeeded);
        assert_eq!(
            refusal(devices::sign_out(&seed.cx, &Seed::nobody(), unknown).await),
            Problem::SignInNeeded
        );
        assert_eq!(refusal(devices::sign_out_others(&seed.cx, &Seed::nobody()).await), Problem::SignInNeeded);
    })
    .await;
}
