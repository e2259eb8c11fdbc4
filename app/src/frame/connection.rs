use std::time::Duration;

use leptos::prelude::*;
use protocol::Problem;

use crate::{
    error,
    live::{Status, live},
};

/// A break shorter than this is nobody's business.
const PATIENCE: Duration = Duration::from_millis(800);

/// Says when the server is out of reach, or answers this browser as somebody else.
#[component]
pub(super) fn Connection() -> impl IntoView {
    let (status, other_account) = (live().status(), live().other_account());
    let lost = RwSignal::new(false);
    Effect::new(move || match status.get() {
        Status::Lost => {
            set_timeout(move || _ = lost.try_set(status.get_untracked() == Status::Lost), PATIENCE)
        }
        Status::Off | Status::Open | Status::Outdated | Status::Paused => lost.set(false),
    });
    let sentence = move || match (other_account.get(), status.get()) {
        (Some(username), _) => Some(error::sentence(&Problem::SignedInAs { username })),
        (None, Status::Outdated) => Some("Kith was updated. Reload this page.".to_owned()),
        (None, Status::Paused) => Some("Paused: Kith is open in many tabs".to_owned()),
        (None, _) => lost.get().then(|| "Reconnecting".to_owned()),
    };
    view! {
        <div class="connection" role="status" data-state=move || if sentence().is_some() { "connecting" } else { "online" }>
            {sentence}
        </div>
    }
}
