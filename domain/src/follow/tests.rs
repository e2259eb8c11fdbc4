mod list;

use protocol::{AccountId, Problem};
use uuid::Uuid;

use super::{follow, followed_by, unfollow};
use crate::{
    account::sign_up,
    block,
    bus::Event,
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn following_is_stored_one_way_and_announced() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        follow(&seed.cx, &ana, id(&ben)).await.expect("a follow");
        assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), [id(&ben)]);
        assert_eq!(followed_by(seed.cx.db.read(), id(&ben)).await.unwrap(), []);
        assert_eq!(
            seed.events.take_besides_notifications(),
            [Event::RelationsChanged { between: [id(&ana), id(&ben)] }]
        );
    })
    .await;
}

#[tokio::test]
async fn following_twice_is_following_once() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ana, &ben).await;
        seed.events.take();
        seed.follow(&ana, &ben).await;
        assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), [id(&ben)]);
        assert!(seed.events.take_besides_notifications().is_empty(), "nothing changed, nothing is announced");
    })
    .await;
}

#[tokio::test]
async fn unfollowing_ends_the_own_follow_only() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ana, &ben).await;
        seed.follow(&ben, &ana).await;
        seed.events.take();
        for _ in 0..2 {
            unfollow(&seed.cx, &ana, id(&ben)).await.expect("no follow");
        }
        assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), []);
        assert_eq!(followed_by(seed.cx.db.read(), id(&ben)).await.unwrap(), [id(&ana)]);
        assert_eq!(
            seed.events.take_besides_notifications(),
            [Event::RelationsChanged { between: [id(&ana), id(&ben)] }]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_follows_themselves_or_somebody_who_is_not_there() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        seed.events.take();
        for whom in [id(&ana), Uuid::nil().into(), AccountId::from(Uuid::from(post.id))] {
            assert_eq!(refusal(follow(&seed.cx, &ana, whom).await), Problem::NotFound);
            unfollow(&seed.cx, &ana, whom).await.expect("nothing to do");
        }
        assert_eq!(refusal(follow(&seed.cx, &Seed::nobody(), id(&ana)).await), Problem::SignInNeeded);
        assert_eq!(refusal(unfollow(&seed.cx, &Seed::nobody(), id(&ana)).await), Problem::SignInNeeded);
        assert!(seed.events.take_besides_notifications().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_is_not_verified_cannot_be_followed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        sign_up(&seed.cx, &Seed::nobody(), Seed::form("ben")).await.unwrap();
        let ben = protocol::text::Username::parse("ben").unwrap();
        let ben =
            crate::account::store::by_username(seed.cx.db.read(), &ben).await.unwrap().expect("an account");
        assert_eq!(refusal(follow(&seed.cx, &ana, ben.id.into()).await), Problem::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_follow_survives_a_block_that_came_at_the_same_time() {
    both(|seed| async move {
        for round in 0..12 {
            let (ana, ben) =
                (seed.person(&format!("ana{round}")).await, seed.person(&format!("ben{round}")).await);
            let (_, blocked) =
                tokio::join!(follow(&seed.cx, &ana, id(&ben)), block::block(&seed.cx, &ben, id(&ana)));
            blocked.expect("a block");
            assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), [], "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn at_the_limit_what_is_pressed_already_is_answered_and_nothing_else() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ana, &ben).await;
        seed.spend_all(&ana);
        follow(&seed.cx, &ana, id(&ben)).await.expect("following twice is following once");
        assert!(matches!(refusal(unfollow(&seed.cx, &ana, id(&ben)).await), Problem::TooMany { .. }));
        unfollow(&seed.cx, &ana, id(&ana)).await.expect("nobody who is followed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_follows_at_once_are_one() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let presses = (0..64).map(|_| follow(&seed.cx, &ana, id(&ben)));
        for pressed in futures::future::join_all(presses).await {
            pressed.expect("a follow");
        }
        assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), [id(&ben)]);
        seed.assert_counters_are_right().await;
        let presses = (0..64).map(|_| unfollow(&seed.cx, &ana, id(&ben)));
        for pressed in futures::future::join_all(presses).await {
            pressed.expect("no follow");
        }
        assert_eq!(followed_by(seed.cx.db.read(), id(&ana)).await.unwrap(), []);
        seed.assert_counters_are_right().await;
    })
    .await;
}
