use leptos::{ev::MouseEvent, prelude::*};
use protocol::CommentId;

use super::discussion::Discussion;

/// Comments that are not loaded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unloaded {
    Earlier,
    Later,
    Replies(CommentId),
}

impl Unloaded {
    fn text(self) -> &'static str {
        match self {
            Self::Earlier => "Show earlier comments",
            Self::Later => "Show more comments",
            Self::Replies(_) => "Show more replies",
        }
    }

    /// The page that begins with them; none when there are none.
    fn address(self, discussion: Discussion) -> Option<String> {
        let post = discussion.post;
        discussion.threads.with(|threads| match self {
            Self::Earlier => {
                let first = threads.first().map(|first| format!("?before={first}")).unwrap_or_default();
                threads.earlier().then(|| format!("/p/{post}{first}#comments"))
            }
            Self::Later => threads.list().gap().map(|gap| format!("/p/{post}?after={gap}#comments")),
            Self::Replies(thread) => {
                let gap = threads.thread(thread)?.replies.gap();
                gap.map(|reply| format!("/p/{post}?replies={reply}#c-{reply}"))
            }
        })
    }

    async fn load(self, discussion: Discussion) {
        let loaded = match self {
            Self::Earlier => discussion.load_earlier().await,
            Self::Later => discussion.load_later().await,
            Self::Replies(thread) => discussion.load_more_replies(thread).await,
        };
        if let Err(error) = loaded {
            discussion.toast.report(&error);
        }
    }
}

/// The way to them, if there are any.
#[component]
pub(super) fn LoadMoreLink(discussion: Discussion, unloaded: Unloaded) -> impl IntoView {
    let busy = RwSignal::new(false);
    let address = Memo::new(move |_| unloaded.address(discussion));
    let has_more = Memo::new(move |_| address.with(Option::is_some));
    let load = move |event: MouseEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            busy.set(true);
            leptos::task::spawn_local(async move {
                unloaded.load(discussion).await;
                busy.try_set(false);
            });
        }
    };
    view! {
        <Show when=move || has_more.get()>
            <a
                class="link comment-load-more"
                href=move || address.get()
                aria-busy=move || busy.get().then_some("true")
                on:click=load
            >
                {unloaded.text()}
            </a>
        </Show>
    }
}
