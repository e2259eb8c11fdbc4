use leptos::prelude::*;

use super::{Icon, IconSize};

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// Will matter soon.
    Warning,
    /// Did not work; said aloud when it appears.
    Error,
}

impl NoticeKind {
    fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something to know, in its place on the page.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional, into)] title: Option<String>,
    children: Children,
) -> impl IntoView {
    let icon = if kind == NoticeKind::Info { "info" } else { "warning" };
    view! {
        <div class="notice" data-kind=kind.name() role=(kind == NoticeKind::Error).then_some("alert")>
            <Icon name=icon size=IconSize::Small />
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                <div>{children()}</div>
            </div>
        </div>
    }
}
