//! Whether people are there: how pages show it, and what this page says of whoever sits in front of it.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::prelude::*;
use protocol::{
    AccountId,
    live::{ServerMessage, Topic},
    presence::{AWAY_SECONDS, Presence, PresenceMessage, PresenceView},
};

use crate::{
    browser,
    effect::effect,
    live::live,
    schedule::run_after,
    session,
    ui::{Time, VisuallyHidden, Wording},
};

/// How it is with somebody: as the page was made with, and then as it changes.
pub fn presence(person: AccountId, loaded: PresenceView) -> Signal<PresenceView> {
    let (now, topic) = (RwSignal::new(loaded), Topic::Person(person));
    live().subscribe(topic, move |message| {
        if let ServerMessage::Presence(PresenceMessage::State { presence, .. }) = message {
            now.try_set(*presence);
        }
    });
    // How it is comes whenever it is watched anew, whatever the page knows.
    live().watch(topic, 0);
    now.into()
}

/// The same for a list, which does not say when somebody was there last.
pub fn listed_presence(person: AccountId, loaded: Presence) -> Signal<Presence> {
    let presence = presence(person, loaded.into());
    Memo::new(move |_| presence.get().state).into()
}

/// "Online", "Away", or when somebody was there last.
#[component]
pub fn PresenceText(presence: Signal<PresenceView>) -> impl IntoView {
    move || {
        let PresenceView { state, last_seen } = presence.get();
        let text = match (state, last_seen) {
            (Presence::Online, _) => "Online".into_any(),
            (Presence::Away, _) => "Away".into_any(),
            (Presence::Offline, None) => "Offline".into_any(),
            (Presence::Offline, Some(seen)) => {
                view! { "Last seen " <Time micros=seen.micros() wording=Wording::Seen /> }.into_any()
            }
        };
        view! { <span class="presence" data-presence=name(state)>{text}</span> }
    }
}

/// What the dot on a picture says, for those who do not see it.
#[component]
pub fn PresenceLabel(#[prop(into)] presence: Signal<Presence>) -> impl IntoView {
    let text = move || match presence.get() {
        Presence::Online => ", online",
        Presence::Away => ", away",
        Presence::Offline => "",
    };
    view! { <VisuallyHidden>{text}</VisuallyHidden> }
}

/// Its name in the stylesheets; none for whoever is not there.
pub(crate) fn name(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Online => Some("online"),
        Presence::Away => Some("away"),
        Presence::Offline => None,
    }
}

/// Tells the server when nobody has looked at this page for a while, and when somebody looks again.
pub fn report() {
    if session::me().is_some() {
        effect(report_attention);
    }
}

fn report_attention() {
    let turn = Rc::new(Cell::new(0_u32));
    let look = move || {
        let begun = turn.get().wrapping_add(1);
        turn.set(begun);
        if browser::is_seen() {
            return live().set_away(false);
        }
        let turn = Rc::clone(&turn);
        let go_away = move || {
            if turn.get() == begun {
                live().set_away(true);
            }
        };
        run_after(go_away, Duration::from_secs(AWAY_SECONDS.into()));
    };
    look();
    // The page listens as long as it lives, so the handle is not kept.
    window_event_listener_untyped("visibilitychange", move |_| look());
}
