use leptos::prelude::*;

use super::{Icon, IconSize};

/// What a button asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here.
    Primary,
    /// A gentle offer, such as "Follow".
    Soft,
    /// One of several things, outlined.
    #[default]
    Quiet,
    /// Takes something away.
    Danger,
    /// A tool, without ground.
    Plain,
}

impl Variant {
    fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Soft => "soft",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::Plain => "plain",
        }
    }
}

/// A button. Without children it is a square with its icon, and `label` is its name.
#[component]
pub fn Button(
    #[prop(optional, into)] variant: Signal<Variant>,
    /// "button", "submit" or "reset".
    #[prop(default = "button")]
    kind: &'static str,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] icon: Option<&'static str>,
    /// The accessible name, where the children do not say it.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Work is under way: the button keeps its width and cannot be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// For toggles: whether it is on.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    /// A further class, for its place on a page.
    #[prop(optional)]
    class: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    let class = format!("button {class}");
    view! {
        <button
            class=class
            type=kind
            name=name
            value=value
            data-variant=move || variant.get().name()
            data-size=small.then_some("small")
            data-wide=wide
            data-icon=bare
            disabled=disabled
            aria-label=move || label.get()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            aria-pressed=move || pressed.get().map(|on| if on { "true" } else { "false" })
        >
            {icon.map(|icon| content(icon, small))}
            {children.map(|children| view! { <span>{children()}</span> })}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    /// A further class, for its place on a page.
    #[prop(optional)]
    class: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    let class = format!("button {class}");
    view! {
        <a
            class=class
            href=href
            data-variant=variant.name()
            data-size=small.then_some("small")
            data-wide=wide
            data-icon=bare
            aria-label=label
        >
            {icon.map(|icon| content(icon, small))}
            {children.map(|children| view! { <span>{children()}</span> })}
        </a>
    }
}

fn content(icon: &'static str, small: bool) -> impl IntoView {
    let size = if small { IconSize::Small } else { IconSize::Normal };
    view! { <Icon name=icon size /> }
}
