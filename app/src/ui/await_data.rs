use std::future::Future;

use leptos::{children::ViewFnOnce, prelude::*, tachys::html::InertElement};

use crate::platform::ON_HOST;

/// What has to be loaded before it is shown; until then, `fallback`. Loaded anew, it is hidden again unless it is to `stay`
/// until the new is there.
///
/// Leptos' `Suspense` makes its children more than once on the server, to find out what there may be to wait for. Here that is
/// known: whatever `view` awaits, and nothing inside of it. So the host waits for it and makes it once.
#[component]
pub fn Await<F, Fut>(
    #[prop(into)] fallback: ViewFnOnce,
    view: F,
    #[prop(optional)] stay: bool,
) -> impl IntoView
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = AnyView> + Send + 'static,
{
    if ON_HOST {
        Owner::new().with(|| render_once(view())).into_any()
    } else if stay {
        view! { <Transition fallback>{move || Suspend::new(view())}</Transition> }.into_any()
    } else {
        view! { <Suspense fallback>{move || Suspend::new(view())}</Suspense> }.into_any()
    }
}

fn render_once(view: impl Future<Output = AnyView> + Send + 'static) -> impl IntoView {
    // The number that `Suspense` takes in the browser: what is handed over is found by its number.
    _ = Owner::current_shared_context().map(|context| Owner::next_serialized_data_id(&*context));
    Suspend::new(async move { render_now(view.await) })
}

/// A view in which nothing waits. The host writes it as soon as it is made: the next one is then made in the same memory,
/// which the processor has at hand, where a list of such views would fill megabytes before the first is written.
pub fn render_now(view: impl IntoView) -> AnyView {
    if ON_HOST { InertElement::new(view.to_html()).into_any() } else { view.into_any() }
}
