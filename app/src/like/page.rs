use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    Page as PeoplePage, PostId, Problem,
    profile::{ListedPerson, PeopleCursor, Relation},
};

use super::{api, people::People};
use crate::{
    error::AppError,
    follow::FollowButton,
    page::{ErrorPage, Page, PageHead},
    profile::PersonRow,
    ui::{Await, EmptyState, Shape, Skeleton, toast},
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
    let (people, toast) = (People::new(post, people), toast());
    let more = move |event: MouseEvent| {
        event.prevent_default();
        people.load_more(toast);
    };
    view! {
        <Page title="Likes">
            <PageHead text="Likes" back=format!("/p/{post}") />
            <ul class="person-list card" hidden=people.is_empty()>
                <For each=move || people.listed.get() key=|listed| listed.person.id let(listed)>
                    <Liker listed />
                </For>
            </ul>
            {people.is_empty().then(|| view! { <EmptyState title="No likes yet" text="People who like this post will show up here." icon="heart" /> })}
            {move || people.next_address().map(|href| view! {
                <p class="feed-more"><a class="link" href=href on:click=more>"More people"</a></p>
            })}
        </Page>
    }
}

#[component]
fn Liker(listed: ListedPerson) -> impl IntoView {
    let following = RwSignal::new(listed.relation == Relation::Following);
    let person = listed.person.clone();
    let button = (listed.relation != Relation::Oneself)
        .then(|| view! { <FollowButton person following in_list=true /> });
    view! { <PersonRow person=listed.person>{button}</PersonRow> }
}
