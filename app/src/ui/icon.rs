use leptos::{prelude::*, tachys::html::InertElement};

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
///
/// Nothing within it ever changes, so it is one piece of markup, as `view!` makes of elements without any expression: a
/// page has some fifty of them.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] size: IconSize) -> impl IntoView {
    let size = size.name().map(|size| format!(" data-size=\"{size}\"")).unwrap_or_default();
    let drawing = with_context::<Assets, _>(|assets| format!("{}#{name}", assets.icons))
        .unwrap_or_else(|| format!("/icons.svg#{name}"));
    InertElement::new(format!(
        r#"<svg class="icon"{size} aria-hidden="true" focusable="false"><use href="{drawing}"></use></svg>"#
    ))
}
