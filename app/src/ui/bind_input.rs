use leptos::prelude::*;

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
    Effect::new(move |joined: Option<bool>| {
        let wanted = value.get();
        let Some(shown) = read() else { return false };
        if shown == wanted {
            return true;
        }
        // A parser may drop a line break at the very beginning; nobody typed that.
        if joined == Some(true) || shown.trim_start_matches('\n') == wanted.trim_start_matches('\n') {
            write(&wanted);
        } else {
            value.set(shown);
        }
        true
    });
}
