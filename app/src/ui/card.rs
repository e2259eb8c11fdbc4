use leptos::prelude::*;

/// A sheet with room inside.
#[component]
pub fn Card(#[prop(optional, into)] title: Option<String>, children: Children) -> impl IntoView {
    let name = title.clone();
    view! {
        <section class="card card-pad" aria-label=name>
            {title.map(|title| view! { <h2 class="card-title">{title}</h2> })}
            {children()}
        </section>
    }
}
