use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::community::COMMUNITY_PICTURE_PATH;

use crate::{
    community::community,
    form::Start,
    page::PageTitle,
    ui::{Logo, Notice, NoticeKind},
};

/// A page before one is in: the mark, a heading, and one thing to do.
#[component]
pub(super) fn AccountPage(
    #[prop(into)] title: String,
    #[prop(into)] heading: String,
    #[prop(optional, into)] text: Option<String>,
    children: Children,
    /// The quiet line below.
    #[prop(optional, into)]
    foot: ViewFn,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <main class="account" id="main" tabindex="-1">
            <div class="account-inner">
                <a href="/" aria-label=format!("{}, home", community().name)>{mark()}</a>
                <div class="account-head">
                    <h1>{heading}</h1>
                    {text.map(|text| view! { <p>{text}</p> })}
                </div>
                {children()}
                <p class="account-foot">{foot.run()}</p>
            </div>
        </main>
    }
}

/// The picture of the community; without one, the mark of Kith.
fn mark() -> impl IntoView {
    if community().has_picture {
        let picture = view! { <img class="account-picture" src=COMMUNITY_PICTURE_PATH alt="" width="96" height="96" /> };
        picture.into_any()
    } else {
        view! { <Logo /> }.into_any()
    }
}

/// What is wrong with a form besides its fields.
#[component]
pub(crate) fn FormNotice(start: Start) -> impl IntoView {
    start.notice().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })
}

/// Whether the address of the page ends in `?name`.
pub(crate) fn has_query(name: &'static str) -> bool {
    use_query_map().with_untracked(|query| query.get(name).is_some())
}
