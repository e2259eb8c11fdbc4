use leptos::prelude::*;

use crate::assets::Assets;

/// How large an icon is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 18 px, beside small text.
    Small,
    /// 22 px.
    #[default]
    Normal,
    /// 32 px.
    Large,
}

impl IconSize {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Small => Some("small"),
            Self::Normal => None,
            Self::Large => Some("large"),
        }
    }
}

/// One drawing of `public/icons.svg`. It has no name of its own: what holds it says what it means.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] size: IconSize) -> impl IntoView {
    let drawing = with_context::<Assets, _>(|assets| format!("{}#{name}", assets.icons))
        .unwrap_or_else(|| format!("/icons.svg#{name}"));
    view! {
        <svg class="icon" data-size=size.name() aria-hidden="true" focusable="false">
            <use_ href=drawing></use_>
        </svg>
    }
}
