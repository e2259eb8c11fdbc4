use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    PostId,
    account::PersonView,
    profile::{ProfileDetails, ProfileView, Relation},
};

use super::api;
use crate::{
    block::{BlockButton, UnblockButton},
    feed::AuthorFeed,
    follow::FollowButton,
    page::{ErrorPage, Page},
    ui::{Avatar, AvatarSize, Await, ButtonLink, Menu, Shape, Skeleton},
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
    let (followed_before, followed) =
        (relation == Relation::Following, RwSignal::new(relation == Relation::Following));
    // The one who reads this is one of them, or not.
    let followers = move || followers - u32::from(followed_before) + u32::from(followed.get());
    view! {
        <Page title=name.clone()>
            <header class="profile-head">
                <Avatar person=person.clone() size=AvatarSize::Huge />
                <h1 class="profile-name"><bdi>{name}</bdi></h1>
                <p class="profile-handle">"@" {person.username.clone()}</p>
                <p class="profile-counts">
                    <span><b>{followers}</b> " " {move || if followers() == 1 { "follower" } else { "followers" }}</span>
                    <span><b>{following}</b> " following"</span>
                </p>
                {(relation != Relation::Oneself).then(|| view! {
                    <Actions person=person.clone() followed reload />
                })}
            </header>
            <AuthorFeed person before page=posts />
        </Page>
    }
}

#[component]
fn Actions(person: PersonView, followed: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    view! {
        <div class="profile-actions">
            <FollowButton person=person.clone() following=followed />
            <ButtonLink href=format!("/chat/{}", person.username) icon="chat">"Message"</ButtonLink>
            <Menu id="profile-menu" label="Profile options">
                <BlockButton person reload />
            </Menu>
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
