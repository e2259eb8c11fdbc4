use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{
    Page as ListPage,
    history::{LogInsView, OverviewView, PostEntry},
};

use serde::{Deserialize, Serialize};

use super::{api, log_ins::LogIns, overview::Overview, posts::Posts};
use crate::{
    error::AppError,
    page::{ErrorPage, Page, PageHead, PageTitle},
    ui::{Await, Shape, Skeleton, Tab, Tabs},
};

/// What of it is shown: the tab, and where a list begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    tab: Shown,
    before: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Overview,
    Posts,
    LogIns,
}

/// What a tab shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Content {
    Overview(OverviewView),
    Posts(ListPage<PostEntry>),
    LogIns(LogInsView),
}

/// For somebody who wants to know what their account has seen.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| Wanted {
            tab: match () {
                () if query.get_str("posts").is_some() => Shown::Posts,
                () if query.get_str("log-ins").is_some() => Shown::LogIns,
                () => Shown::Overview,
            },
            before: query.get("before"),
        })
    });
    let content = Resource::new(move || wanted.get(), load);
    let reload = Callback::new(move |()| content.refetch());
    let view = move || async move {
        match content.await {
            Ok(Content::Overview(overview)) => {
                view! { <PageTitle text="Account history" /><Overview overview /> }.into_any()
            }
            Ok(Content::Posts(page)) => view! { <PageTitle text="Post history" /><Posts page /> }.into_any(),
            Ok(Content::LogIns(found)) => {
                view! { <PageTitle text="Log-in history" /><LogIns found /> }.into_any()
            }
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    let is_shown = move |tab| Signal::derive(move || wanted.with(|wanted| wanted.tab == tab));
    view! {
        <Page title="Account history">
            <PageHead text="Account history" />
            <div class="history-tabs">
                <Tabs label="Account history">
                    <Tab href="/history" current=is_shown(Shown::Overview)>"Overview"</Tab>
                    <Tab href="/history?posts" current=is_shown(Shown::Posts)>"Posts"</Tab>
                    <Tab href="/history?log-ins" current=is_shown(Shown::LogIns)>"Log-ins"</Tab>
                </Tabs>
            </div>
            <div class="history"><Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /></div>
        </Page>
    }
}

/// What is no place in a list is its beginning.
async fn load(wanted: Wanted) -> Result<Content, AppError> {
    let before = wanted.before.as_deref();
    Ok(match wanted.tab {
        Shown::Overview => Content::Overview(api::overview().await?),
        Shown::Posts => Content::Posts(api::posts(before.and_then(|id| id.parse().ok())).await?),
        Shown::LogIns => Content::LogIns(api::log_ins(before.and_then(|id| id.parse().ok())).await?),
    })
}
