use leptos::{prelude::*, tachys::html::InertElement};
use protocol::{
    Timestamp,
    account::PersonView,
    presence::{Presence, PresenceView},
    profile::{AboutView, Site, shown_link},
};

use crate::{
    presence::PresenceText,
    ui::{Avatar, AvatarSize, Icon, IconSize, Time, Wording},
};

/// Who a person is: picture, names, a few words, the facts and the counts. What one can do about them stands below.
#[component]
pub(super) fn ProfileHead(
    person: PersonView,
    /// Whether they are there; none for oneself.
    presence: Option<Signal<PresenceView>>,
    joined_at: Timestamp,
    about: AboutView,
    #[prop(into)] followers: Signal<u32>,
    following: u32,
    /// How the two follow each other.
    mark: AnyView,
    children: Children,
) -> impl IntoView {
    let path = format!("/u/{}", person.username);
    let dot = Signal::derive(move || presence.map_or(Presence::Offline, |presence| presence.get().state));
    let AboutView { bio, .. } = &about;
    let bio = (!bio.is_empty()).then(|| bio.clone());
    view! {
        <header class="profile-head">
            <Avatar person=person.clone() size=AvatarSize::Huge presence=dot />
            <h1 class="profile-name"><bdi>{person.full_name()}</bdi></h1>
            <p class="profile-handle">"@" {person.username} " " {mark} {presence.map(|presence| view! { <PresenceText presence /> })}</p>
            {bio.map(|bio| view! { <p class="profile-bio" dir="auto">{bio}</p> })}
            <ProfileFacts about joined_at />
            <p class="profile-counts">
                <a href=format!("{path}/followers")>
                    <span><b>{followers}</b> " " {move || if followers.get() == 1 { "follower" } else { "followers" }}</span>
                </a>
                <a href=format!("{path}/following")><span><b>{following}</b> " following"</span></a>
            </p>
            {children()}
        </header>
    }
}

/// Where somebody lives, since when they are here, and their pages elsewhere.
#[component]
fn ProfileFacts(about: AboutView, joined_at: Timestamp) -> impl IntoView {
    let AboutView { address, country, links, .. } = about;
    let lines = address.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
    let place: Vec<String> = lines.chain((!country.is_empty()).then_some(country)).collect();
    view! {
        <ul class="profile-facts">
            {(!place.is_empty()).then(|| view! {
                <li><Icon name="pin" size=IconSize::Small /><span dir="auto">{place.join(", ")}</span></li>
            })}
            {links.into_iter().map(|link| view! { <li><ProfileLink link /></li> }).collect_view()}
            <li>
                <Icon name="calendar" size=IconSize::Small />
                <span>"Joined " <Time micros=joined_at.micros() wording=Wording::Date /></span>
            </li>
        </ul>
    }
}

/// A page elsewhere, with the sign of the site where that is known. It tells that site nothing of this page.
#[component]
pub(super) fn ProfileLink(link: String) -> impl IntoView {
    let shown = shown_link(&link);
    view! {
        {site_icon(Site::of(&link))}
        // As on any page of somebody: `me` says that it is theirs.
        <a class="link" dir="ltr" href=link target="_blank" rel="me noopener nofollow ugc">{shown}</a>
    }
}

/// The drawings of sites lie beside the sprite that every page loads, because only profiles show them.
fn site_icon(site: Site) -> AnyView {
    let name = match site {
        Site::GitHub => "github",
        Site::Mastodon => "mastodon",
        Site::YouTube => "youtube",
        Site::Instagram => "instagram",
        Site::LinkedIn => "linkedin",
        Site::Other => return view! { <Icon name="link" size=IconSize::Small /> }.into_any(),
    };
    InertElement::new(format!(
        r#"<svg class="icon" data-size="small" aria-hidden="true" focusable="false"><use href="/site-icons.svg#{name}"></use></svg>"#
    ))
    .into_any()
}
