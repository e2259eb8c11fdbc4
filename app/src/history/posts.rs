use leptos::prelude::*;
use protocol::{Page, history::PostEntry};

use crate::ui::{ButtonLink, EmptyState, Time, Variant, count_of};

/// The posts, the latest first.
#[component]
pub(super) fn Posts(page: Page<PostEntry>) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <EmptyState title="No posts here" text="What you post will be listed here." icon="edit">
                <ButtonLink href="/" variant=Variant::Primary>"Write a post"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let last = page.items.last().map(|post| post.id);
    let older = last.filter(|_| page.more).map(|last| format!("/history?posts&before={last}"));
    view! {
        <ol class="record-list card">
            {page.items.into_iter().map(|post| view! { <Post post /> }).collect_view()}
        </ol>
        {older.map(|href| view! { <p class="feed-more"><a class="link" href=href>"Older posts"</a></p> })}
    }
    .into_any()
}

#[component]
fn Post(post: PostEntry) -> impl IntoView {
    let PostEntry { id, excerpt, published_at, edited_at, likes, comments } = post;
    let excerpt = if excerpt.is_empty() { "Pictures".to_owned() } else { excerpt };
    view! {
        <li class="record">
          <div class="record-text">
            <p class="record-title"><a class="link" href=format!("/p/{id}") dir="auto">{excerpt}</a></p>
            <p class="record-note">
                "Created " <Time micros=published_at.micros() />
                {edited_at.map(|at| view! { " · Edited " <Time micros=at.micros() /> })}
                " · " {count_of(likes, "like")} " · " {count_of(comments, "comment")}
            </p>
          </div>
        </li>
    }
}
