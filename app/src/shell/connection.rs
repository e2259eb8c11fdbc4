use std::time::Duration;

use leptos::prelude::*;
use protocol::Problem;

use crate::{
    effect::effect,
    error,
    live::{Status, live},
    outbox::{Delay, Outbox},
    schedule::run_after,
    ui::toast,
};

/// A shorter interruption is not shown.
const GRACE: Duration = Duration::from_millis(800);

/// One quiet line: whether the server is out of reach, or answers this browser as somebody else, and how many things wait for
/// it. It leaves with its cause, and takes what else was said about it along.
#[component]
pub(super) fn Connection() -> impl IntoView {
    let (status, other_account, toaster) = (live().status(), live().other_account(), toast());
    let lost = RwSignal::new(false);
    effect(move || match status.get() {
        Status::Lost => run_after(move || _ = lost.try_set(status.get_untracked() == Status::Lost), GRACE),
        Status::Off | Status::Outdated | Status::Paused => lost.set(false),
        Status::Open => {
            lost.set(false);
            toaster.reconnected();
        }
    });
    let outbox = use_context::<Outbox>();
    let text = Memo::new(move |_| {
        if let Some(username) = other_account.get() {
            return Some(error::sentence(&Problem::SignedInAs { username }));
        }
        let (waiting, delay) =
            outbox.map_or((0, None), |outbox| outbox.with(|queue| (queue.waiting(), queue.delay())));
        status_text(status.get(), lost.get(), waiting, delay.as_ref())
    });
    view! {
        <div class="connection" role="status" data-state=move || text.with(|text| if text.is_some() { "connecting" } else { "online" })>
            {move || text.get()}
        </div>
    }
}

fn status_text(status: Status, is_lost: bool, waiting: usize, delay: Option<&Delay>) -> Option<String> {
    match status {
        Status::Outdated => return Some("Kith was updated. Reload this page.".to_owned()),
        Status::Paused => return Some("Paused: Kith is open in too many tabs".to_owned()),
        Status::Off | Status::Open | Status::Lost => {}
    }
    let things = match waiting {
        1 => "1 thing".to_owned(),
        count => format!("{count} things"),
    };
    match delay {
        Some(Delay::SignedOut(_)) if waiting > 0 => {
            Some(format!("{things} will be sent when you log in again."))
        }
        _ if waiting > 0 && (is_lost || delay == Some(&Delay::Offline)) => {
            Some(format!("Offline. {things} will be sent."))
        }
        _ if is_lost => Some("Reconnecting".to_owned()),
        Some(Delay::TooMany) if waiting > 0 => Some(format!("{things} will be sent in a moment.")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use protocol::Problem;

    use super::*;

    #[test]
    fn one_line_says_what_waits_and_why() {
        let signed_out = Delay::SignedOut(Problem::SignInNeeded);
        let status_text = |is_lost, waiting, delay| status_text(Status::Open, is_lost, waiting, delay);
        let texts = [
            status_text(false, 0, None),
            status_text(false, 1, None),
            status_text(true, 0, None),
            status_text(true, 1, None),
            status_text(false, 2, Some(&Delay::Offline)),
            status_text(false, 2, Some(&Delay::TooMany)),
            status_text(false, 1, Some(&signed_out)),
        ];
        let texts = texts.map(Option::unwrap_or_default);
        assert_eq!(
            texts,
            [
                "",
                "",
                "Reconnecting",
                "Offline. 1 thing will be sent.",
                "Offline. 2 things will be sent.",
                "2 things will be sent in a moment.",
                "1 thing will be sent when you log in again.",
            ]
        );
    }
}
