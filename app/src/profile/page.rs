use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{
    account::PersonView,
    profile::{ProfileDetails, ProfileView, Relation},
};

use super::api;
use crate::{
    block::{BlockButton, UnblockButton},
    follow::FollowButton,
    frame::{Oops, Page},
    ui::{Avatar, AvatarSize, ButtonLink, Menu, Shape, Skeleton},
};

/// For somebody who wants to know who a person is, to follow them, or to write to them.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let params = use_params_map();
    let username = Memo::new(move |_| params.with(|params| params.get("username").unwrap_or_default()));
    let profile = Resource::new(move || username.get(), api::view);
    let reload = Callback::new(move |()| profile.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton shape=Shape::Row count=1 /> }>
            {move || Suspend::new(async move {
                match profile.await {
                    Ok(ProfileView::Open(details)) => view! { <Open details reload /> }.into_any(),
                    Ok(ProfileView::YouBlocked { person }) => view! { <Stub person reload /> }.into_any(),
                    Err(error) => view! { <Oops error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Open(details: ProfileDetails, reload: Callback<()>) -> impl IntoView {
    let person = details.person;
    let name = person.full_name();
    let counts =
        [(details.followers, "follower", "followers"), (details.following, "following", "following")];
    view! {
        <Page title=name.clone()>
            <header class="profile-head">
                <Avatar person=person.clone() size=AvatarSize::Huge />
                <h1 class="profile-name"><bdi>{name}</bdi></h1>
                <p class="profile-handle">"@" {person.username.clone()}</p>
                <p class="profile-counts">
                    {counts.map(|(count, one, many)| view! {
                        <span><b>{count}</b> " " {if count == 1 { one } else { many }}</span>
                    }).into_iter().collect_view()}
                </p>
                {(details.relation != Relation::Oneself).then(|| view! {
                    <Actions person following=details.relation == Relation::Following reload />
                })}
            </header>
        </Page>
    }
}

#[component]
fn Actions(person: PersonView, following: bool, reload: Callback<()>) -> impl IntoView {
    view! {
        <div class="profile-actions">
            <FollowButton person=person.clone() following reload />
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
                <p>"You do not see each other’s posts, comments and messages. Nobody is told."</p>
                <UnblockButton person reload />
            </div>
        </Page>
    }
}
