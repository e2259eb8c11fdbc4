use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    PostId,
    account::PersonView,
    profile::{ProfileDetails, ProfileView, Relation},
};

use super::api;
use crate::{
    block::{PersonMenu, UnblockButton},
    feed::AuthorFeed,
    follow::{FollowButton, FollowMark, FollowState, follow_state},
    page::{ErrorPage, Page},
    ui::{Avatar, AvatarSize, Await, ButtonLink, Shape, Skeleton},
};

/// For somebody who wants to know who a person is, to follow them, or to write to them.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let params = use_params_map();
    let username = Memo::new(move |_| params.with(|params| params.get("username").unwrap_or_default()));
    let map = use_query_map();
    let before =
        Memo::new(move |_| map.with(|map| map.get_str("before").and_then(|id| id.parse::<PostId>().ok())));
    let wanted = move || (username.get(), before.get());
    let profile = Resource::new(wanted, |(username, before)| api::view(username, before));
    let reload = Callback::new(move |()| profile.refetch());
    let view = move || async move {
        match profile.await {
            Ok(ProfileView::Open(details)) => {
                view! { <Open details before=before.get_untracked() reload /> }.into_any()
            }
            Ok(ProfileView::YouBlocked { person }) => view! { <Stub person reload /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row count=1 /> } view stay=true /> }
}

#[component]
fn Open(details: ProfileDetails, before: Option<PostId>, reload: Callback<()>) -> impl IntoView {
    let ProfileDetails { person, followers, following, relation, posts, .. } = details;
    let name = person.full_name();
    let state = follow_state(person.id, relation);
    // The one who reads this is one of them, or not.
    let (others, followed) = (followers - u32::from(relation.follows()), state.clone());
    let followers = Signal::derive(move || others + u32::from(followed.get()));
    let [followers_page, following_page] =
        ["followers", "following"].map(|list| format!("/u/{}/{list}", person.username));
    view! {
        <Page title=name.clone()>
            <header class="profile-head">
                <Avatar person=person.clone() size=AvatarSize::Huge />
                <h1 class="profile-name"><bdi>{name}</bdi></h1>
                <p class="profile-handle">"@" {person.username.clone()} " " <FollowMark relation state=state.clone() /></p>
                <p class="profile-counts">
                    <a href=followers_page><b>{followers}</b> " " {move || if followers.get() == 1 { "follower" } else { "followers" }}</a>
                    <a href=following_page><b>{following}</b> " following"</a>
                </p>
                {(relation != Relation::Oneself).then(|| view! {
                    <Actions person=person.clone() state reload />
                })}
            </header>
            <AuthorFeed person before page=posts />
        </Page>
    }
}

#[component]
fn Actions(person: PersonView, state: FollowState, reload: Callback<()>) -> impl IntoView {
    view! {
        <div class="profile-actions">
            <FollowButton person=person.clone() state />
            <ButtonLink href=format!("/chat/{}", person.username) icon="chat">"Message"</ButtonLink>
            <PersonMenu
                id="profile-menu"
                label="Profile options"
                person
                on_change=Callback::new(move |_| _ = reload.try_run(()))
            />
        </div>
    }
}

/// What whoever blocks sees of whom they blocked.
#[component]
fn Stub(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let title = format!("You blocked {}", person.first_name);
    view! {
        <Page title=title.clone()>
            <div class="profile-stub">
                <Avatar person=person.clone() size=AvatarSize::Huge />
                <h1>{title}</h1>
                <p>"You don’t see each other’s posts, comments and messages. They aren’t told."</p>
                <UnblockButton person reload />
            </div>
        </Page>
    }
}
