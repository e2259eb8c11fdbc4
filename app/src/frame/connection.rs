use std::time::Duration;

use leptos::prelude::*;

use crate::live::{Status, live};

/// A break shorter than this is nobody's business.
const PATIENCE: Duration = Duration::from_millis(800);

/// Says when the server is out of reach.
#[component]
pub(super) fn Connection() -> impl IntoView {
    let status = live().status();
    let lost = RwSignal::new(false);
    Effect::new(move || match status.get() {
        Status::Lost => {
            set_timeout(move || _ = lost.try_set(status.get_untracked() == Status::Lost), PATIENCE)
        }
        Status::Off | Status::Open | Status::Outdated | Status::Paused => lost.set(false),
    });
    let sentence = move || match status.get() {
        Status::Outdated => Some("Kith was updated. Reload this page."),
        Status::Paused => Some("Paused: Kith is open in many tabs"),
        _ => lost.get().then_some("Reconnecting"),
    };
    view! {
        <div class="connection" role="status" data-state=move || if sentence().is_some() { "connecting" } else { "online" }>
            {sentence}
        </div>
    }
}
