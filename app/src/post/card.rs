use leptos::{html, prelude::*};
use protocol::{
    PostId,
    live::{ServerMessage, Topic},
    post::{PostMessage, PostView},
};

use super::{api, card_cache::cached_card, menu::PostMenu};
use crate::{
    like::{LikeButton, LikeState},
    live::live,
    media::PictureGrid,
    platform::ON_HOST,
    rich::RichText,
    session,
    ui::{Avatar, Icon, Time, count_of},
};

/// A post with its counts, which follow what others do.
#[component]
pub fn PostCard(
    post: PostView,
    /// On its own page.
    #[prop(optional)]
    alone: bool,
    /// Its author has removed it here.
    on_removed: Callback<PostId>,
    /// Its author has brought it back here.
    on_restored: Callback<PostView>,
) -> impl IntoView {
    let is_own = session::is_me(post.author.id);
    cached_card(post, alone, is_own, move |post| {
        view! { <Card post alone is_own on_removed on_restored /> }.into_any()
    })
}

#[component]
fn Card(
    post: PostView,
    alone: bool,
    is_own: bool,
    on_removed: Callback<PostId>,
    on_restored: Callback<PostView>,
) -> impl IntoView {
    let id = post.id;
    let state = LikeState::new(&post);
    let (profile, address) = (format!("/u/{}", post.author.username), format!("/p/{id}"));
    let title_id = format!("p-{id}-by");
    let author = post.author.clone();
    let shown = RwSignal::new(post);
    let article = NodeRef::<html::Article>::new();
    // Only a browser has a socket.
    if !ON_HOST {
        let since = move || shown.try_with_untracked(|post| post.counts.revision);
        live().watch_near(id, since, article);
        subscribe(shown, state);
    }
    view! {
        <article node_ref=article class="post" id=format!("p-{id}") aria-labelledby=title_id tabindex="-1" data-alone=alone>
            <a class="post-avatar" href=profile.clone() tabindex="-1" aria-hidden="true"><Avatar person=author.clone() /></a>
            <header class="post-head">
                <a class="post-byline" href=profile>
                    <span class="post-author" id=title_id.clone()><bdi>{author.full_name()}</bdi></span>
                    " "
                    <span class="post-handle">"@" {author.username}</span>
                </a>
                <PublishedAt shown address=address.clone() />
                {is_own.then(|| view! { <PostMenu post=id on_removed on_restored /> })}
            </header>
            <PostContent shown />
            <div class="post-actions">
                <LikeButton state />
                <span class="act-group">
                    <a class="act" href=format!("{address}#comments")>
                        <Icon name="comment" />
                        <span class="act-count">{move || count_of(state.counts.get().comments, "comment")}</span>
                    </a>
                </span>
            </div>
        </article>
    }
}

/// When it was published, and that it was edited.
#[component]
fn PublishedAt(shown: RwSignal<PostView>, address: String) -> impl IntoView {
    let history = format!("{address}/history");
    let published_at = shown.with_untracked(|post| post.published_at.micros());
    view! {
        <span class="post-time">
            <a href=address><Time micros=published_at /></a>
            {move || shown.with(|post| post.edited_at).map(|_| view! {
                " · "
                <a class="post-edited" href=history.clone()>"edited"</a>
            })}
        </span>
    }
}

/// The words and the pictures.
#[component]
fn PostContent(shown: RwSignal<PostView>) -> impl IntoView {
    move || {
        let PostView { body, mentions, pictures, .. } = shown.get();
        view! {
            {(!body.is_empty()).then(|| view! {
                <div class="post-body" dir="auto"><RichText text=body mentions /></div>
            })}
            <PictureGrid pictures />
        }
    }
}

fn subscribe(shown: RwSignal<PostView>, state: LikeState) {
    live().subscribe(Topic::Post(state.post), move |message| match message {
        ServerMessage::Post(PostMessage::CountsChanged { counts, .. }) => state.merge(*counts),
        // What changed while nobody listened: since the page was made, while it was far from the screen, or while the line
        // was broken.
        ServerMessage::Post(PostMessage::State { version, counts, .. }) => {
            state.merge(*counts);
            if shown.try_with_untracked(|shown| shown.version < *version) == Some(true) {
                leptos::task::spawn_local(refresh(shown, state.post));
            }
        }
        ServerMessage::Post(PostMessage::Edited { .. }) => {
            leptos::task::spawn_local(refresh(shown, state.post))
        }
        _ => {}
    });
}

async fn refresh(shown: RwSignal<PostView>, post: PostId) {
    if let Ok(post) = api::view(post).await {
        // Of two answers the older may come last.
        shown.try_update(|shown| {
            if shown.version <= post.version {
                *shown = post;
            }
        });
    }
}
