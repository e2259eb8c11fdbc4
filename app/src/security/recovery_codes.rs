use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{Notice, NoticeKind};

/// Recovery codes that were made just now. The host provides them with the one page that shows them.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecoveryCodes(pub Vec<String>);

impl RecoveryCodes {
    /// Those that the page came with.
    pub(super) fn take() -> Option<Self> {
        SharedValue::new(use_context::<Self>).into_inner()
    }
}

/// The codes, once.
#[component]
pub(super) fn ShownOnce(codes: RecoveryCodes) -> impl IntoView {
    let codes = codes.0.into_iter().map(|code| view! { <li><code>{code}</code></li> });
    view! {
        <Notice kind=NoticeKind::Warning title="Save your recovery codes">
            <p>
                "They let you in when you don’t have your phone, each once. Print them or keep them in a password manager: \
                 they won’t be shown again."
            </p>
            <ol class="recovery-codes" aria-label="Recovery codes">{codes.collect_view()}</ol>
        </Notice>
    }
}
