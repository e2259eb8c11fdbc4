use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use protocol::{Page as PostPage, PostId, post::PostView, search::PeopleFound, suggestion::Suggestion};
use serde::{Deserialize, Serialize};

use super::{SearchForm, api, encoded, posts::PostResults};
use crate::{
    error::AppError,
    page::{Page, PageHead, PageTitle},
    people::PersonItem,
    suggestion::{self, SuggestionList},
    ui::{Await, ButtonLink, EmptyState, NavTab, NavTabs, Notice, NoticeKind, Shape, Skeleton},
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SearchQuery {
    pub(super) typed: String,
    is_posts: bool,
    before: Option<PostId>,
}

impl SearchQuery {
    fn parse(map: &ParamsMap) -> Self {
        Self {
            typed: map.get("q").unwrap_or_default(),
            is_posts: map.get_str("tab") == Some("posts"),
            before: map.get_str("before").and_then(|id| id.parse().ok()),
        }
    }

    fn is_empty(&self) -> bool {
        self.typed.trim().is_empty()
    }

    fn title(&self) -> String {
        match (self.is_empty(), self.is_posts) {
            (true, _) => "People".to_owned(),
            (false, false) => format!("People called “{}”", self.typed.trim()),
            (false, true) => format!("Posts with “{}”", self.typed.trim()),
        }
    }

    fn address(&self, is_posts: bool) -> String {
        let tab = if is_posts { "&tab=posts" } else { "" };
        format!("/people?q={}{tab}", encoded(&self.typed))
    }
}

/// What is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Found {
    Suggested(Vec<Suggestion>),
    People(PeopleFound),
    Posts(PostPage<PostView>),
    /// Posts without words to search for.
    Nothing,
}

/// For somebody who looks for people, or for what was said.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(SearchQuery::parse));
    let found = Resource::new(move || query.get(), load);
    let view = move || async move {
        match found.await {
            Ok(found) => {
                let query = query.get_untracked();
                view! { <PageTitle text=query.title() /><Results found query /> }.into_any()
            }
            Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
        }
    };
    let tab = Signal::derive(move || query.with(|query| query.is_posts.then_some("posts")));
    let to = move |is_posts| move || query.with(|query| query.address(is_posts));
    view! {
        <Page title="People">
            <PageHead text="People" />
            <SearchForm action="/people" label="Search people" typed=query.with_untracked(|query| query.typed.clone()) tab />
            {move || query.with(|query| !query.is_empty() || query.is_posts).then(|| view! {
                <div class="people-tabs">
                    <NavTabs label="Results">
                        <NavTab href=to(false)() current=Signal::derive(move || tab.get().is_none())>"People"</NavTab>
                        <NavTab href=to(true)() current=Signal::derive(move || tab.get().is_some())>"Posts"</NavTab>
                    </NavTabs>
                </div>
            })}
            <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view stay=true />
        </Page>
    }
}

async fn load(query: SearchQuery) -> Result<Found, AppError> {
    match (query.is_empty(), query.is_posts) {
        (true, false) => suggestion::api::list().await.map(Found::Suggested),
        (true, true) => Ok(Found::Nothing),
        (false, false) => api::people(query.typed).await.map(Found::People),
        (false, true) => api::posts(query.typed, query.before).await.map(Found::Posts),
    }
}

#[component]
fn Results(found: Found, query: SearchQuery) -> impl IntoView {
    match found {
        Found::Suggested(suggestions) if suggestions.is_empty() => view! {
            <EmptyState title="You know everyone here" text="New people will show up here." icon="people" />
        }
        .into_any(),
        Found::Suggested(suggestions) => view! {
            <section aria-labelledby="suggestions-title">
                <h2 id="suggestions-title" class="card-title people-title">"People you may know"</h2>
                <SuggestionList suggestions />
            </section>
        }
        .into_any(),
        Found::People(found) => view! { <PeopleResults found query /> }.into_any(),
        Found::Posts(page) => view! { <PostResults page query=query.typed /> }.into_any(),
        Found::Nothing => view! {
            <EmptyState title="Search posts" text="Type a word that was in the post." icon="search" />
        }
        .into_any(),
    }
}

#[component]
fn PeopleResults(found: PeopleFound, query: SearchQuery) -> impl IntoView {
    if found.people.is_empty() {
        return view! {
            <div role="status">
                <EmptyState
                    title=format!("No people found for “{}”", query.typed.trim())
                    text="Check the spelling, or try a part of the name."
                    icon="search"
                >
                    <div class="button-row">
                        <ButtonLink href=query.address(true)>"Search posts"</ButtonLink>
                        <ButtonLink href="/people">"People you may know"</ButtonLink>
                    </div>
                </EmptyState>
            </div>
        }
        .into_any();
    }
    let rows = found.people.into_iter().map(|found| {
        view! { <PersonItem person=found.person relation=found.relation /> }
    });
    view! {
        <ul class="person-list card" aria-label="People">{rows.collect_view()}</ul>
        {found.more.then(|| view! { <p class="feed-more">"Type more of the name to find others."</p> })}
    }
    .into_any()
}
