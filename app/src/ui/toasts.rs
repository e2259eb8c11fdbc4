use std::time::Duration;

use leptos::prelude::*;

use super::{Button, Icon, IconSize, KeyedList, Row, Variant};
use crate::{error::AppError, schedule::run_after};

/// As many as can be read at once.
const MAX_TOASTS: usize = 3;
const READING_TIME: Duration = Duration::from_secs(6);

/// Shows toasts. A handle that is cheap to copy: get it with [`toast`] while a component is rendered, use it later in events
/// and tasks.
#[derive(Debug, Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u32>,
}

#[derive(Debug, Clone)]
struct Toast {
    id: u32,
    failure: bool,
    text: String,
    action: Option<(&'static str, Callback<()>)>,
    /// It is about the connection, and leaves with that.
    is_transport: bool,
}

/// Provides the toaster; once, at the root.
pub fn provide_toasts() {
    provide_context(Toaster { toasts: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) });
}

/// The toaster of the page.
pub fn toast() -> Toaster {
    use_context()
        .unwrap_or_else(|| Toaster { toasts: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) })
}

impl Toaster {
    /// Something went well. It leaves by itself.
    pub fn notify(self, text: impl Into<String>) {
        self.add(Toast::new(false, text.into(), None));
    }

    /// Something went well and can be changed: "Undo".
    pub fn notify_with(
        self,
        text: impl Into<String>,
        label: &'static str,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        self.add(Toast::new(false, text.into(), Some((label, Callback::new(move |()| action())))));
    }

    /// Something failed. It stays until it is dismissed.
    pub fn fail(self, text: impl Into<String>) {
        self.add(Toast::new(true, text.into(), None));
    }

    /// Something failed and can be done about: "Try again".
    pub fn fail_with(
        self,
        text: impl Into<String>,
        label: &'static str,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        self.add(Toast::new(true, text.into(), Some((label, Callback::new(move |()| action())))));
    }

    /// The server did not do something. That it was out of reach is toasts until it is there again.
    pub fn report(self, error: &AppError) {
        let toast = Toast::new(true, error.sentence(), None);
        self.add(Toast { is_transport: *error == AppError::Transport, ..toast });
    }

    /// The same, with something that can be done about it.
    pub fn report_with(
        self,
        error: &AppError,
        label: &'static str,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        let toast = Toast::new(true, error.sentence(), Some((label, Callback::new(move |()| action()))));
        self.add(Toast { is_transport: *error == AppError::Transport, ..toast });
    }

    /// The server is in reach again.
    pub fn reconnected(self) {
        self.toasts.try_maybe_update(|toasts| {
            let before = toasts.len();
            toasts.retain(|toast| !toast.is_transport);
            (toasts.len() != before, ())
        });
    }

    fn add(self, toast: Toast) {
        let is_failure = toast.failure;
        let Some(id) = self.next_id.try_update_value(|id| {
            *id = id.wrapping_add(1);
            *id
        }) else {
            return;
        };
        self.toasts.try_update(|toasts| {
            // The same thing twice tells nobody more.
            toasts.retain(|other| other.text != toast.text);
            toasts.push(Toast { id, ..toast });
            drop_oldest(toasts);
        });
        if !is_failure {
            run_after(move || self.dismiss(id), READING_TIME);
        }
    }

    fn dismiss(self, id: u32) {
        self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

impl Toast {
    fn new(failure: bool, text: String, action: Option<(&'static str, Callback<()>)>) -> Self {
        Self { id: 0, failure, text, action, is_transport: false }
    }
}

/// Drops the oldest toasts, failures last.
fn drop_oldest(toasts: &mut Vec<Toast>) {
    while toasts.len() > MAX_TOASTS {
        let oldest = toasts.iter().position(|toast| !toast.failure).unwrap_or(0);
        toasts.remove(oldest);
    }
}

/// Renders the toasts; once, at the end of the body.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = toast();
    let row = move |toast: Toast| {
        Row::new(u128::from(toast.id), 0, move || view! { <ToastItem toaster toast /> }.into_any())
    };
    let rows = move || toaster.toasts.get().into_iter().map(row).collect();
    view! {
        <div class="toasts" role="status">
            <KeyedList rows />
        </div>
    }
}

#[component]
fn ToastItem(toaster: Toaster, toast: Toast) -> impl IntoView {
    let Toast { id, failure, text, action, .. } = toast;
    view! {
        <div class="toast" data-kind=failure.then_some("error")>
            {failure.then(|| view! { <Icon name="warning" size=IconSize::Small /> })}
            <span class="toast-text">{text}</span>
            {action
                .map(|(label, run)| {
                    let act = move |_| {
                        toaster.dismiss(id);
                        run.run(());
                    };
                    view! { <Button variant=Variant::Plain small=true on:click=act>{label}</Button> }
                })}
            <Button variant=Variant::Plain small=true icon="close" label="Dismiss" on:click=move |_| toaster.dismiss(id) />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toasts(failures: &[bool]) -> Vec<Toast> {
        let toast = |(id, &failure)| Toast { id, ..Toast::new(failure, String::new(), None) };
        (0..).zip(failures).map(toast).collect()
    }

    #[test]
    fn good_news_makes_room_for_failures() {
        let mut full = toasts(&[true, false, true, true]);
        drop_oldest(&mut full);
        assert_eq!(full.iter().map(|toast| toast.id).collect::<Vec<_>>(), [0, 2, 3]);
    }

    #[test]
    fn at_most_three_failures_stay() {
        let mut full = toasts(&[true; 5]);
        drop_oldest(&mut full);
        assert_eq!(full.iter().map(|toast| toast.id).collect::<Vec<_>>(), [2, 3, 4]);
    }
}
