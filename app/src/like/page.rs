use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{AccountId, Page as Piece, PostId, Problem, account::PersonView};

use super::api;
use crate::{
    error::AppError,
    frame::{Oops, Page, PageHead},
    profile::PersonRow,
    ui::{EmptyState, Shape, Skeleton},
};

/// For somebody who wants to know who likes a post.
#[component]
pub fn LikesPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = Memo::new(move |_| {
        let post = params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()));
        let after = query.with(|query| query.get_str("after").and_then(|id| id.parse::<AccountId>().ok()));
        (post, after)
    });
    let people = Resource::new(move || wanted.get(), load);
    view! {
        <Suspense fallback=|| view! { <Skeleton shape=Shape::Row /> }>
            {move || Suspend::new(async move {
                match (people.await, wanted.get_untracked().0) {
                    (Ok(people), Some(post)) => view! { <Likers post people /> }.into_any(),
                    (Err(error), _) => view! { <Oops error /> }.into_any(),
                    (_, None) => view! { <Oops error=Problem::NotFound.into() /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load((post, after): (Option<PostId>, Option<AccountId>)) -> Result<Piece<PersonView>, AppError> {
    api::people(post.ok_or(Problem::NotFound)?, after).await
}

#[component]
fn Likers(post: PostId, people: Piece<PersonView>) -> impl IntoView {
    let next =
        people.items.last().filter(|_| people.more).map(|last| format!("/p/{post}/likes?after={}", last.id));
    let nobody = people.items.is_empty();
    view! {
        <Page title="Likes">
            <PageHead text="Likes" />
            <ul class="person-list card">
                {people.items.into_iter().map(|person| view! { <PersonRow person /> }).collect_view()}
            </ul>
            {nobody.then(|| view! { <EmptyState title="Nobody yet" text="Whoever likes this post will be here." icon="heart" /> })}
            {next.map(|href| view! { <p class="feed-more"><a class="link" href=href>"More people"</a></p> })}
            <p class="feed-more"><a class="link" href=format!("/p/{post}")>"Back to the post"</a></p>
        </Page>
    }
}
