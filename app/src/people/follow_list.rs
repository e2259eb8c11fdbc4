//! The lists of somebody's followers, and of the people whom they follow.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    Page as PeoplePage, Problem,
    follow::{FollowList, FollowListView, FollowQuery},
    profile::ListedPerson,
};

use super::{LoadMorePeople, PeopleList, PersonItem};
use crate::{
    effect::on_change,
    follow::api,
    page::{ErrorPage, Page, PageHead},
    search::{SearchForm, encoded},
    session,
    ui::{Await, ButtonLink, EmptyState, NavTab, NavTabs, Shape, Skeleton, count_of, toast},
};

/// For somebody who wants to know who follows a person.
#[component]
pub fn FollowersPage() -> impl IntoView {
    view! { <FollowListPage list=FollowList::Followers /> }
}

/// For somebody who wants to know whom a person follows.
#[component]
pub fn FollowingPage() -> impl IntoView {
    view! { <FollowListPage list=FollowList::Following /> }
}

#[component]
fn FollowListPage(list: FollowList) -> impl IntoView {
    let (params, map) = (use_params_map(), use_query_map());
    let username = Memo::new(move |_| params.with(|params| params.get("username").unwrap_or_default()));
    let name = Memo::new(move |_| map.with(|map| map.get("q").unwrap_or_default()));
    // What is no place in the list is its beginning. A search within the list changes only what is below it.
    let after = map.with_untracked(|map| map.get_str("after").and_then(|after| after.parse().ok()));
    let query = move |username| FollowQuery { username, list, name: name.get_untracked(), after };
    let found = Resource::new(move || username.get(), move |username| api::list(query(username)));
    let reload = Callback::new(move |()| found.refetch());
    let view = move || async move {
        match found.await {
            Ok(found) => view! { <Found list name found /> }.into_any(),
            Err(error) if error.problem() == Problem::YouBlocked => {
                view! { <Blocked username=username.get_untracked() /> }.into_any()
            }
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn Found(list: FollowList, name: Memo<String>, found: FollowListView) -> impl IntoView {
    let FollowListView { person, followers, following, people } = found;
    let (is_own, typed) = (session::is_me(person.id), name.get_untracked());
    let profile = format!("/u/{}", person.username);
    let query = FollowQuery { username: person.username.clone(), list, name: typed.clone(), after: None };
    let shown = RwSignal::new(begin(query.clone(), people));
    follow_search(name, query, shown);
    let [followers_page, following_page] =
        [FollowList::Followers, FollowList::Following].map(|list| format!("{profile}/{}", list.path()));
    let title = match (list, is_own) {
        (FollowList::Followers, true) => "Your followers".to_owned(),
        (FollowList::Following, true) => "People you follow".to_owned(),
        (FollowList::Followers, false) => format!("Followers of {}", person.full_name()),
        (FollowList::Following, false) => format!("People {} follows", person.full_name()),
    };
    let path = format!("{profile}/{}", list.path());
    let first_name = StoredValue::new(person.short_name().to_owned());
    view! {
        <Page title=title.clone()>
            <PageHead text=title back=profile />
            <div class="people-tabs">
                <NavTabs label="Lists">
                    <NavTab href=followers_page current=list == FollowList::Followers>
                        {count_of(followers, "follower")}
                    </NavTab>
                    <NavTab href=following_page current=list == FollowList::Following>
                        {following} " following"
                    </NavTab>
                </NavTabs>
            </div>
            <SearchForm action=path label="Search this list" typed />
            {move || {
                let people = shown.get();
                view! {
                    <ul class="person-list card" hidden=people.is_empty()>
                        <For each=move || people.items() key=|listed| listed.person.id let(listed)>
                            <PersonItem person=listed.person relation=listed.relation />
                        </For>
                    </ul>
                    <LoadMorePeople list=people />
                    {people.is_empty().then(|| view! {
                        <Empty list is_own name=name.get_untracked() first_name=first_name.get_value() />
                    })}
                }
            }}
        </Page>
    }
}

/// A list that begins with a page of it.
fn begin(query: FollowQuery, page: PeoplePage<ListedPerson>) -> PeopleList<ListedPerson> {
    let path = format!("/u/{}/{}?q={}", query.username, query.list.path(), encoded(&query.name));
    PeopleList::new(
        page,
        ListedPerson::cursor,
        move |after| format!("{path}&after={after}"),
        move |after| {
            let query = FollowQuery { after: Some(after), ..query.clone() };
            Box::pin(async move { Ok(api::list(query).await?.people) })
        },
    )
}

/// Shows the people of the list whose names have what is searched for now.
fn follow_search(name: Memo<String>, query: FollowQuery, shown: RwSignal<PeopleList<ListedPerson>>) {
    let toast = toast();
    on_change(
        move || name.get(),
        move |wanted| {
            let query = FollowQuery { name: wanted.clone(), ..query.clone() };
            leptos::task::spawn_local(async move {
                match api::list(query.clone()).await {
                    // Of two answers the older one may come last.
                    Ok(found) if name.try_get_untracked().as_ref() == Some(&wanted) => {
                        shown.try_set(begin(query, found.people));
                    }
                    Ok(_) => {}
                    Err(error) => toast.report(&error),
                }
            });
        },
    );
}

/// What stands in the place of a list without people, and the next step.
#[component]
fn Empty(list: FollowList, is_own: bool, name: String, first_name: String) -> impl IntoView {
    let (title, text) = match (list, is_own) {
        _ if !name.trim().is_empty() => (format!("Nobody here is called “{}”", name.trim()), None),
        (FollowList::Followers, true) => (
            "Nobody follows you yet".to_owned(),
            Some("Follow people and say hello. They may follow you back."),
        ),
        (FollowList::Following, true) => (
            "You don’t follow anyone yet".to_owned(),
            Some("Follow people to see their posts under “Following”."),
        ),
        (FollowList::Followers, false) => (format!("Nobody follows {first_name} yet"), None),
        (FollowList::Following, false) => (format!("{first_name} doesn’t follow anyone yet"), None),
    };
    view! {
        <EmptyState title text=text.unwrap_or_default() icon="people">
            <ButtonLink href="/people">"Find people"</ButtonLink>
        </EmptyState>
    }
}

/// In the place of a list of somebody whom the reader has blocked.
#[component]
fn Blocked(username: String) -> impl IntoView {
    // To look at this page is nothing wrong.
    crate::page::set_status(200);
    view! {
        <Page title="You blocked this person">
            <PageHead text="You blocked this person" />
            <EmptyState title="You don’t see each other" text="Unblock them first to see their lists." icon="block">
                <ButtonLink href=format!("/u/{username}")>"Go to their profile"</ButtonLink>
            </EmptyState>
        </Page>
    }
}
