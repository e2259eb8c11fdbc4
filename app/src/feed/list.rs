use leptos::{html, prelude::*};
use protocol::{
    PostId,
    feed::FeedKind,
    live::{ServerMessage, Topic},
    post::{PostMessage, PostView},
};
use uuid::Uuid;

use super::{posts::FeedPosts, state::Feed};
use crate::{
    effect::effect,
    live::live,
    post::PostCard,
    schedule::run_on_next_frame,
    session,
    ui::{
        Button, ButtonLink, EmptyState, Icon, IconSize, KeyedList, Notice, NoticeKind, Row, Spinner, toast,
    },
    viewport::follow_nearness,
};

/// Says how many posts wait above; they come when they are asked for, and move nothing before.
#[component]
pub(super) fn NewPosts(
    /// None while it is not loaded.
    feed: RwSignal<Option<Feed>>,
) -> impl IntoView {
    let toast = toast();
    let show = move |_| {
        let Some(feed) = feed.get_untracked() else { return };
        leptos::task::spawn_local(async move {
            match feed.load_new().await {
                Ok(true) => window().scroll_to_with_x_and_y(0.0, 0.0),
                Ok(false) => {}
                Err(error) => toast.report(&error),
            }
        });
    };
    let waiting = Memo::new(move |_| feed.get().map_or(0, |feed| feed.with(FeedPosts::waiting)));
    let text = move || match waiting.get() {
        1 => "1 new post".to_owned(),
        count => format!("{count} new posts"),
    };
    view! {
        <div class="feed-new" role="status">
            {move || (waiting.get() > 0).then(|| view! {
                <button class="button feed-new-button" type="button" data-variant="primary" data-size="small" on:click=show>
                    <Icon name="arrow-up" size=IconSize::Small />
                    <span>{text}</span>
                </button>
            })}
        </div>
    }
}

/// The posts, and the way to older ones.
#[component]
pub(super) fn FeedList(feed: Feed) -> impl IntoView {
    // Made here and not for each post: "Undo" outlives the card of what was deleted.
    let on_removed = Callback::new(move |post| feed.remove(post));
    let on_restored = Callback::new(move |post| feed.insert(post));
    let row = move |post: PostView| {
        let (key, version) = (Uuid::from(post.id).as_u128(), post.version);
        Row::new(key, version, move || view! { <FeedPost feed post on_removed on_restored /> }.into_any())
    };
    let rows = move || feed.with(|posts| posts.posts().iter().cloned().map(row).collect());
    let is_empty = move || feed.with(|posts| posts.posts().is_empty());
    view! {
        <div class="post-list">
            <KeyedList rows />
            <Show when=move || is_empty()>
                <EmptyFeed kind=feed.kind() />
            </Show>
        </div>
        <LoadMore feed />
    }
}

/// A post of the list, as long as it is there.
#[component]
fn FeedPost(
    feed: Feed,
    post: PostView,
    on_removed: Callback<PostId>,
    on_restored: Callback<PostView>,
) -> impl IntoView {
    let id = post.id;
    live().subscribe(Topic::Post(id), move |message| {
        if let ServerMessage::Post(PostMessage::Removed { .. }) = message {
            feed.remove(id);
        }
    });
    view! { <PostCard post on_removed on_restored /> }
}

/// Older posts come by themselves when the end of the list comes near, or by a link.
#[component]
fn LoadMore(feed: Feed) -> impl IntoView {
    let end = NodeRef::<html::P>::new();
    let near = RwSignal::new(false);
    let load = move || {
        if near.try_get_untracked() == Some(true) {
            leptos::task::spawn_local(feed.load_more());
        }
    };
    follow_nearness(end, move |is_near| {
        near.try_set(is_near);
        load();
    });
    // What came may be shorter than what is near. Where the end is then, the browser says after the next frame.
    effect(move || {
        feed.with(|_| ());
        run_on_next_frame(move || run_on_next_frame(load));
    });
    let load_more = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        leptos::task::spawn_local(feed.load_more());
    };
    view! {
        <p class="feed-more" node_ref=end aria-busy=move || feed.loading.get().then_some("true")>
            {move || if feed.loading.get() {
                view! { <Spinner /> }.into_any()
            } else if let Some(text) = feed.failed.get() {
                view! {
                    <Notice kind=NoticeKind::Error>{text}</Notice>
                    <Button on:click=move |_| leptos::task::spawn_local(feed.load_more())>"Try again"</Button>
                }.into_any()
            } else if feed.with(FeedPosts::has_more) {
                view! { <a class="link" href=feed.more_address() on:click=load_more>"Older posts"</a> }.into_any()
            } else {
                feed.with(|posts| !posts.posts().is_empty()).then_some("You’ve reached the end.").into_any()
            }}
        </p>
    }
}

#[component]
fn EmptyFeed(kind: FeedKind) -> impl IntoView {
    match kind {
        FeedKind::By(person) if session::is_me(person) => view! {
            <EmptyState title="You haven’t posted yet" text="Posts that you write will show up here.">
                <ButtonLink href="/#post-body">"Write a post"</ButtonLink>
            </EmptyState>
        },
        FeedKind::By(_) => view! { <EmptyState title="Nothing posted yet" /> },
        FeedKind::Everyone => view! {
            <EmptyState title="No posts yet" text="Be the first to say hello." />
        },
        FeedKind::Following => view! {
            <EmptyState
                title="No posts from people you follow yet"
                text="Follow people to see their posts here."
                icon="people"
            >
                <ButtonLink href="/people">"Find people"</ButtonLink>
            </EmptyState>
        },
    }
}
