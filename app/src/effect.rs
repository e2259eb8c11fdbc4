//! Effects that share their code: what Leptos makes of an effect is a state machine for each closure, a kilobyte each.

use leptos::prelude::Effect;

use crate::platform::ON_HOST;

/// Runs `act` once the page is there, and again whenever something changes that it reads. Never on the host.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    if !ON_HOST {
        let act: Box<dyn FnMut()> = Box::new(act);
        Effect::new(act);
    }
}

/// Calls `act` with what `read` gives whenever that is something else than before; not at first.
pub(crate) fn on_change(read: impl Fn() -> String + 'static, act: impl FnMut(String) + 'static) {
    watch(Box::new(read), Box::new(act));
}

fn watch(read: Box<dyn Fn() -> String>, mut act: Box<dyn FnMut(String)>) {
    let mut before = None;
    effect(move || {
        let now = read();
        if before.replace(now.clone()).is_some_and(|before| before != now) {
            act(now);
        }
    });
}
