use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{PostId, Problem, post::VersionView};

use super::api;
use crate::{
    error::AppError,
    page::{ErrorPage, Page, PageHead},
    rich::RichText,
    ui::{Await, EmptyState, Shape, Skeleton, Time, count_of},
};

/// For somebody who wants to know what a post said before it was edited.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| {
        params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()))
    });
    let versions = Resource::new(move || post.get(), load);
    let reload = Callback::new(move |()| versions.refetch());
    let view = move || async move {
        match (post.get_untracked(), versions.await) {
            (Some(post), Ok(versions)) => view! { <Versions post versions /> }.into_any(),
            (_, Err(error)) => view! { <ErrorPage error reload /> }.into_any(),
            (None, _) => view! { <ErrorPage error=Problem::NotFound.into() /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Post /> } view /> }
}

async fn load(post: Option<PostId>) -> Result<Vec<VersionView>, AppError> {
    api::versions(post.ok_or(Problem::NotFound)?).await
}

#[component]
fn Versions(post: PostId, versions: Vec<VersionView>) -> impl IntoView {
    let unchanged = versions.is_empty();
    view! {
        <Page title=if unchanged { "Never edited" } else { "Earlier versions" }>
            <PageHead text="Earlier versions" back=format!("/p/{post}") />
            <ol class="post-list">
                {versions.into_iter().map(|version| view! { <Version version /> }).collect_view()}
            </ol>
            {unchanged.then(|| view! { <EmptyState title="Never edited" text="This is the original post." icon="edit" /> })}
        </Page>
    }
}

#[component]
fn Version(version: VersionView) -> impl IntoView {
    view! {
        <li class="post-version">
            <p class="post-version-time"><Time micros=version.written_at.micros() /></p>
            <div class="post-body" dir="auto"><RichText text=version.body mentions=Vec::new() /></div>
            {(version.pictures > 0).then(|| view! {
                <p class="post-version-pictures">{count_of(version.pictures, "picture")}</p>
            })}
        </li>
    }
}
