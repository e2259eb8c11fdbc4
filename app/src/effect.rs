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
