use std::rc::Rc;

use leptos::prelude::*;

use crate::effect::effect;

/// Joins a control to its signal, from the moment the page is alive.
///
/// What stands in the control at that moment wins: somebody may have typed before the script arrived, or the browser
/// may have put back what was there before a reload. From then on the signal leads, and the control's own `input`
/// event keeps it up to date.
pub(super) fn bind_input(
    value: RwSignal<String>,
    read: impl Fn() -> Option<String> + 'static,
    write: impl Fn(&str) + 'static,
) {
    let (read, write) = (Rc::new(read), Rc::new(write));
    let (shown, show) = (Rc::clone(&read), Rc::clone(&write));
    let is_bound = StoredValue::new(false);
    // Once, as soon as there is a control. It does not follow the signal: the other effect does.
    effect(move || {
        let Some(shown) = shown().filter(|_| !is_bound.get_value()) else { return };
        is_bound.set_value(true);
        let wanted = value.get_untracked();
        // A parser may drop a line break at the very beginning; nobody typed that.
        if shown.trim_start_matches('\n') != wanted.trim_start_matches('\n') {
            value.set(shown);
        } else if shown != wanted {
            show(&wanted);
        }
    });
    effect(move || {
        let wanted = value.get();
        if untrack(|| read()).is_some_and(|shown| shown != wanted) {
            write(&wanted);
        }
    });
}
