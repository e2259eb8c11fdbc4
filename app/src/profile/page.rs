use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{
    account::PersonView,
    profile::{ProfileContent, ProfileDetails, ProfileTab, ProfileView, Relation},
};

use super::{
    about::AboutTab,
    api,
    head::ProfileHead,
    moved::{MovedTo, has_moved},
    pictures::PicturesTab,
    tab::{ProfileTabs, tab_in},
};
use crate::{
    block::{PersonMenu, UnblockButton},
    feed::AuthorFeed,
    follow::{FollowButton, FollowMark, FollowState, follow_state},
    page::{ErrorPage, Page},
    presence::presence,
    ui::{Avatar, AvatarSize, Await, ButtonLink, Shape, Skeleton},
};

/// For somebody who wants to know who a person is, to follow them, or to write to them.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let params = use_params_map();
    let username = Memo::new(move |_| params.with(|params| params.get("username").unwrap_or_default()));
    let map = use_query_map();
    let tab = Memo::new(move |_| map.with(tab_in));
    let wanted = move || (username.get(), tab.get());
    // Compared with what was asked for here: while another page is on its way, the address is that one's already.
    let profile = Resource::new(wanted, |(username, tab)| async move {
        let view = api::view(username.clone(), Some(tab)).await;
        let moved = view.as_ref().is_ok_and(|view| has_moved(&username, view.person()));
        (moved, tab, view)
    });
    let reload = Callback::new(move |()| profile.refetch());
    // Of the page and not of what it shows: that is another one once somebody is blocked, and "Undo" comes after.
    let on_block = Callback::new(move |_| profile.refetch());
    let view = move || async move {
        let (moved, tab, view) = profile.await;
        match view {
            Ok(view) if moved => {
                view! { <MovedTo path=format!("/u/{}", view.person().username) /> }.into_any()
            }
            Ok(ProfileView::Open(details)) => view! { <Open details tab on_block /> }.into_any(),
            Ok(ProfileView::YouBlocked { person }) => view! { <Stub person reload /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row count=1 /> } view stay=true /> }
}

#[component]
fn Open(details: ProfileDetails, tab: ProfileTab, on_block: Callback<bool>) -> impl IntoView {
    let ProfileDetails {
        person, presence, joined_at, followers, following, relation, about, content, ..
    } = details;
    let presence = (relation != Relation::Oneself).then(|| self::presence(person.id, presence));
    let state = follow_state(person.id, relation);
    // The one who reads this is one of them, or not.
    let (others, followed) = (followers - u32::from(relation.follows()), state.clone());
    let followers = Signal::derive(move || others + u32::from(followed.get()));
    let mark = view! { <FollowMark relation state=state.clone() /> }.into_any();
    let actions = if relation == Relation::Oneself {
        view! { <OwnActions /> }.into_any()
    } else {
        view! { <Actions person=person.clone() state on_block /> }.into_any()
    };
    let title = match tab {
        ProfileTab::Posts(_) => person.full_name(),
        ProfileTab::Pictures(_) => format!("Pictures of {}", person.full_name()),
        ProfileTab::About => format!("About {}", person.full_name()),
    };
    view! {
        <Page title>
            <ProfileHead person=person.clone() presence joined_at about=about.clone() followers following mark>{actions}</ProfileHead>
            <ProfileTabs person=person.clone() tab />
            {match (content, tab) {
                (ProfileContent::Posts(page), ProfileTab::Posts(before)) => {
                    view! { <AuthorFeed person before page /> }.into_any()
                }
                (ProfileContent::Pictures(page), ProfileTab::Pictures(before)) => {
                    view! { <PicturesTab person before page relation /> }.into_any()
                }
                _ => view! { <AboutTab person about relation /> }.into_any(),
            }}
        </Page>
    }
}

/// What one can do about oneself.
#[component]
fn OwnActions() -> impl IntoView {
    view! {
        <div class="profile-actions">
            <ButtonLink href="/settings/profile" icon="edit">"Edit profile"</ButtonLink>
        </div>
    }
}

#[component]
fn Actions(person: PersonView, state: FollowState, on_block: Callback<bool>) -> impl IntoView {
    view! {
        <div class="profile-actions">
            <FollowButton person=person.clone() state />
            <ButtonLink href=format!("/chat/{}", person.username) icon="chat">"Message"</ButtonLink>
            <PersonMenu
                id="profile-menu"
                label="Profile options"
                person
                on_change=on_block
            />
        </div>
    }
}

/// What whoever blocks sees of whom they blocked.
#[component]
fn Stub(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let title = format!("You blocked {}", person.short_name());
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
