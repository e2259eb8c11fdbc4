use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{PostId, Problem, post::PostView};

use super::{PostCard, api};
use crate::{
    comment::Comments,
    error::AppError,
    frame::{Oops, Page, PageHead},
    ui::{Shape, Skeleton},
};

/// For somebody who wants to read what was said about a post, or to say something.
#[component]
pub fn PostPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| {
        params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()))
    });
    let view = Resource::new(move || post.get(), load);
    let threads = Resource::new(move || post.get(), crate::comment::load_first);
    view! {
        <Suspense fallback=|| view! { <Skeleton shape=Shape::Post count=1 /> }>
            {move || Suspend::new(async move {
                match (view.await, threads.await) {
                    (Ok(post), Ok(threads)) => view! { <Shown post threads /> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <Oops error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load(post: Option<PostId>) -> Result<PostView, AppError> {
    api::view(post.ok_or(Problem::NotFound)?).await
}

#[component]
fn Shown(post: PostView, threads: protocol::Page<protocol::comment::ThreadView>) -> impl IntoView {
    let id = post.id;
    let title = format!("{} on Kith", post.author.full_name());
    view! {
        <Page title>
            <PageHead text="Post" back="/" />
            <div class="post-list">
                <PostCard post alone=true />
                <Comments post=id threads />
            </div>
        </Page>
    }
}
