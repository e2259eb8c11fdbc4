use leptos::prelude::*;
use leptos_router::hooks::use_location;
use protocol::{account::MeView, live::Badges};

use super::log_out::LogOut;
use crate::{
    community::community,
    form::AccountField,
    live::live,
    ui::{Avatar, Badge, Icon, Logo, Menu, MenuButton, MenuLink, capped},
};

/// Where one can go: a column beside the page, and a bar below it on a phone.
#[component]
pub(super) fn Rail(me: MeView, log_out: LogOut) -> impl IntoView {
    let badges = live().badges();
    let count = move |of: fn(Badges) -> u32| Signal::derive(move || of(badges.get()));
    let notifications = Signal::derive(move || match badges.get().notifications {
        0 => "Notifications".to_owned(),
        unread => format!("Notifications, {} unread", capped(unread)),
    });
    let person = me.person;
    let home = format!("{}, home", community().name);
    let profile = format!("/u/{}", person.username);
    view! {
        <header class="topbar">
            <a href="/" aria-label=home.clone()><Logo /></a>
            <nav class="topbar-links" aria-label="Shortcuts">
                <a href="/notifications" aria-label=notifications>
                    <Icon name="bell" />
                    <Badge count=count(|badges| badges.notifications) />
                </a>
                <AccountMenu id="account-top" profile=profile.clone() log_out />
            </nav>
        </header>
        <nav class="rail" aria-label="Main">
            <a class="rail-logo" href="/" aria-label=home><Logo /></a>
            <ul class="rail-nav">
                <li><NavLink href="/" icon="home" label="Home" /></li>
                <li><NavLink href="/people" icon="people" label="People" /></li>
                <li><NavLink href="/chat" icon="chat" label="Chat" count=count(|badges| badges.chats) /></li>
                <li data-wide>
                    <NavLink
                        href="/notifications"
                        icon="bell"
                        label="Notifications"
                        name=notifications
                        count=count(|badges| badges.notifications)
                    />
                </li>
                <li data-phone>
                    <NavLink href=profile.clone() icon="user" label="You" />
                </li>
            </ul>
            <div class="rail-me">
                <Avatar person=person.clone() />
                <a class="person-text" href=profile.clone()>
                    <span class="person-name">{person.full_name()}</span>
                    <span class="person-handle">"@" {person.username}</span>
                </a>
                <AccountMenu id="account-rail" profile log_out />
            </div>
        </nav>
    }
}

/// A place that can be gone to.
#[component]
fn NavLink(
    #[prop(into)] href: String,
    icon: &'static str,
    label: &'static str,
    /// The accessible name, where it is not the label with the count.
    #[prop(optional, into)]
    name: MaybeProp<String>,
    #[prop(optional, into)] count: Signal<u32>,
) -> impl IntoView {
    let path = use_location().pathname;
    let target = href.clone();
    let is_here = move || {
        path.with(|path| {
            if target == "/" {
                path == "/"
            } else {
                path == &target || path.starts_with(&format!("{target}/"))
            }
        })
    };
    view! {
        <a class="rail-link" href=href aria-current=move || is_here().then_some("page") aria-label=move || name.get()>
            <Icon name=icon />
            <span class="rail-label">{label}</span>
            <Badge count />
        </a>
    }
}

/// What concerns one's own account.
#[component]
fn AccountMenu(id: &'static str, profile: String, log_out: LogOut) -> impl IntoView {
    view! {
        <Menu id label="Account menu">
            <MenuLink href=profile icon="user">"Profile"</MenuLink>
            <MenuLink href="/settings/profile" icon="settings">"Settings"</MenuLink>
            <MenuLink href="/history" icon="clock">"Account history"</MenuLink>
            <form method="post" action="/logout" on:submit=move |event| log_out.check(&event)>
                <AccountField />
                <MenuButton kind="submit" icon="logout">"Log out"</MenuButton>
            </form>
        </Menu>
    }
}
