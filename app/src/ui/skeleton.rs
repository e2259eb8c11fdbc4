use leptos::prelude::*;

use super::VisuallyHidden;

/// What is coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A post in a list.
    Post,
    /// A person, a conversation, a notification.
    Row,
}

/// Placeholders while data is loading.
#[component]
pub fn Skeleton(shape: Shape, #[prop(default = 3)] count: usize) -> impl IntoView {
    let (name, lines) = match shape {
        Shape::Post => ("post", 4),
        Shape::Row => ("row", 2),
    };
    let one = move || {
        view! {
            <div class="skeleton" data-shape=name aria-hidden="true">
                {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
            </div>
        }
    };
    view! {
        <VisuallyHidden>"Loading"</VisuallyHidden>
        {(0..count).map(|_| one()).collect_view()}
    }
}
