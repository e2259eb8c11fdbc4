use leptos::prelude::*;
use protocol::{account::PersonView, suggestion::SidePanel as Panel};

use super::{SuggestionRow, api};
use crate::{
    session,
    ui::{Avatar, Await, Shape, Skeleton, count_of},
};

/// Beside the feed: people whom one may know, and one's own people.
#[component]
pub fn SidePanel() -> impl IntoView {
    let panel = Resource::new(|| (), |()| api::panel());
    let view = move || async move {
        // What does not come is missed by nobody: it is on the page of people, too.
        panel.await.map(|panel| view! { <Panels panel /> }).into_any()
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn Panels(panel: Panel) -> impl IntoView {
    let Panel { suggestions, followers, follower_count, following, following_count } = panel;
    let rows: Vec<_> =
        suggestions.into_iter().map(|suggestion| view! { <SuggestionRow suggestion /> }).collect();
    view! {
        {(!rows.is_empty()).then(|| view! {
            <section class="panel" aria-labelledby="aside-suggestions">
                <h2 class="panel-title" id="aside-suggestions">"People you may know"</h2>
                <ul class="person-list">{rows}</ul>
                <a class="link panel-more" href="/people">"See all"</a>
            </section>
        })}
        <OwnPeople followers=(follower_count, followers) following=(following_count, following) />
    }
}

/// One's own followers, and the people one follows: the newest of each.
#[component]
fn OwnPeople(followers: (u32, Vec<PersonView>), following: (u32, Vec<PersonView>)) -> impl IntoView {
    let is_followers = RwSignal::new(true);
    let profile = session::me().map(|me| format!("/u/{}", me.person.username)).unwrap_or_default();
    let tab = move |label: String, of_followers: bool| {
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                aria-selected=move || if is_followers.get() == of_followers { "true" } else { "false" }
                on:click=move |_| is_followers.set(of_followers)
            >
                {label}
            </button>
        }
    };
    let lists = [
        (true, followers.1, format!("{profile}/followers"), "Nobody follows you yet."),
        (false, following.1, format!("{profile}/following"), "You don’t follow anyone yet."),
    ];
    let lists = lists.map(|(of_followers, people, href, empty)| {
        view! {
            <div role="tabpanel" hidden=move || is_followers.get() != of_followers>
                <Faces people href empty />
            </div>
        }
    });
    view! {
        <section class="panel" aria-label="Your people">
            <div class="tabs" role="tablist" aria-label="Your people">
                {tab(count_of(followers.0, "follower"), true)}
                {tab(format!("{} following", following.0), false)}
            </div>
            {lists.into_iter().collect_view()}
        </section>
    }
}

#[component]
fn Faces(people: Vec<PersonView>, href: String, empty: &'static str) -> impl IntoView {
    if people.is_empty() {
        return view! {
            <p class="faces-empty">{empty}</p>
            <a class="link panel-more" href="/people">"Find people"</a>
        }
        .into_any();
    }
    let faces = people.into_iter().map(|person| {
        let (href, title) = (format!("/u/{}", person.username), person.full_name());
        view! { <li><a href=href title=title><Avatar person alone=true /></a></li> }
    });
    view! {
        <ul class="faces">{faces.collect_view()}</ul>
        <a class="link panel-more" href=href>"See all"</a>
    }
    .into_any()
}
