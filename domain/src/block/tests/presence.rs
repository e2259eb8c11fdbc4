//! Whether people are there.

use std::time::Duration;

use protocol::{
    live::{ClientMessage, ServerMessage, Topic, Watched},
    presence::{Presence, PresenceMessage, PresenceView},
};

use super::{Each, Scene, across};
use crate::{
    hub::SETTLING,
    presence,
    testing::{Socket, id},
};

/// Ana opens a socket that watches Ben.
async fn watching(scene: &Scene) -> Socket {
    let socket = scene.seed.connect(&scene.ana).await;
    let watched = Watched { topic: Topic::Person(id(&scene.ben)), since: 0 };
    socket.say(ClientMessage::Watch { add: vec![watched], remove: Vec::new() }).await;
    socket
}

/// What Ana hears of it.
async fn heard(scene: &Scene, socket: &mut Socket) -> Vec<Presence> {
    presence::tell_due(scene.cx(), Duration::ZERO).await;
    let state = |message| match message {
        ServerMessage::Presence(PresenceMessage::State { presence, .. }) => Some(presence.state),
        _ => None,
    };
    socket.received().await.into_iter().filter_map(state).collect()
}

#[tokio::test]
async fn a_hidden_person_is_offline_like_nobody_at_all() {
    let (online, nobody) = (PresenceView::from(Presence::Online), PresenceView::default());
    across(
        Each { stranger: online, follower: online, blocked: nobody, blocker: nobody },
        |scene| async move {
            let _page = scene.seed.connect(&scene.ben).await;
            scene.relate().await;
            let states = presence::states(scene.cx(), &scene.ana, &[id(&scene.ben)]).await;
            states.expect("an answer").remove(0).1
        },
    )
    .await;
}

#[tokio::test]
async fn nothing_is_heard_of_a_hidden_person_who_comes_and_goes() {
    let seen = || vec![Presence::Online, Presence::Offline];
    across(
        Each { stranger: seen(), follower: seen(), blocked: vec![], blocker: vec![] },
        |scene| async move {
            scene.relate().await;
            let mut reader = watching(&scene).await;
            heard(&scene, &mut reader).await;
            let page = scene.seed.connect(&scene.ben).await;
            let mut all = heard(&scene, &mut reader).await;
            drop(page);
            scene.seed.clock.advance_seconds(SETTLING.as_secs().cast_signed());
            all.extend(heard(&scene, &mut reader).await);
            all
        },
    )
    .await;
}

#[tokio::test]
async fn somebody_who_is_hidden_goes_off_the_screen_that_watched_them() {
    across(
        Each {
            stranger: vec![],
            follower: vec![],
            blocked: vec![Presence::Offline],
            blocker: vec![Presence::Offline],
        },
        |scene| async move {
            let _page = scene.seed.connect(&scene.ben).await;
            let mut reader = watching(&scene).await;
            heard(&scene, &mut reader).await;
            scene.seed.clock.advance_seconds(1);
            scene.relate().await;
            heard(&scene, &mut reader).await
        },
    )
    .await;
}
