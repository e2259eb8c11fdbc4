use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    Page as PeoplePage, PostId, Problem,
    profile::{ListedPerson, PeopleCursor},
};

use super::api;
use crate::{
    error::AppError,
    page::{ErrorPage, Page, PageHead},
    people::{LoadMorePeople, PeopleList, PersonItem},
    ui::{Await, EmptyState, Shape, Skeleton},
};

/// For somebody who wants to know who likes a post.
#[component]
pub fn LikesPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = Memo::new(move |_| {
        let post = params.with(|params| params.get_str("post").and_then(|id| id.parse().ok()));
        // What is no place in the list is its beginning.
        let after = query.with(|query| query.get_str("after").and_then(|after| after.parse().ok()));
        (post, after)
    });
    let people = Resource::new(move || wanted.get(), load);
    let reload = Callback::new(move |()| people.refetch());
    let view = move || async move {
        match (people.await, wanted.get_untracked().0) {
            (Ok(people), Some(post)) => view! { <Likers post people /> }.into_any(),
            (Err(error), _) => view! { <ErrorPage error reload /> }.into_any(),
            (_, None) => view! { <ErrorPage error=Problem::NotFound.into() /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

async fn load(
    (post, after): (Option<PostId>, Option<PeopleCursor>),
) -> Result<PeoplePage<ListedPerson>, AppError> {
    api::people(post.ok_or(Problem::NotFound)?, after).await
}

#[component]
fn Likers(post: PostId, people: PeoplePage<ListedPerson>) -> impl IntoView {
    let list = PeopleList::new(
        people,
        ListedPerson::cursor,
        move |after| format!("/p/{post}/likes?after={after}"),
        move |after| Box::pin(api::people(post, Some(after))),
    );
    view! {
        <Page title="Likes">
            <PageHead text="Likes" back=format!("/p/{post}") />
            <ul class="person-list card" hidden=list.is_empty()>
                <For each=move || list.items() key=|listed| listed.person.id let(listed)>
                    <PersonItem person=listed.person relation=listed.relation />
                </For>
            </ul>
            {list.is_empty().then(|| view! { <EmptyState title="No likes yet" text="People who like this post will show up here." icon="heart" /> })}
            <LoadMorePeople list />
        </Page>
    }
}
