//! Everybody whom one can write to: below the conversations those with whom there is none, or whoever is searched for.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{
    Page,
    chat::{Partner, PartnerQuery},
};

use super::{api, store::ChatStore};
use crate::{
    effect::effect,
    error::AppError,
    people::{LoadMorePeople, PeopleList},
    presence::{PresenceLabel, listed_presence},
    search::encoded,
    ui::{Avatar, AvatarSize, Notice, NoticeKind, Shape, Skeleton},
};

/// A search among all people, and its answer. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PartnerSearch {
    store: ChatStore,
    /// The page that it stands on.
    path: StoredValue<String>,
    name: Memo<String>,
    found: Resource<Result<(PartnerQuery, Page<Partner>), AppError>>,
}

impl PartnerSearch {
    /// Searches for what the address of the page says; `open` is the username of the person whose conversation it shows.
    pub(super) fn new(store: ChatStore, open: Option<&str>) -> Self {
        let map = use_query_map();
        let name = Memo::new(move |_| map.with(|map| map.get("q").unwrap_or_default()));
        // What is no place in the list is its beginning.
        let after = map.with_untracked(|map| map.get_str("after").and_then(|after| after.parse().ok()));
        let begun = name.get_untracked();
        // The resource asks for it once more when the page that it stands on is gone already.
        let query = move || {
            let name = name.try_get().unwrap_or_default();
            PartnerQuery { after: after.filter(|_| name == begun), name }
        };
        let found = Resource::new(query, move |query| load(store, query));
        // The next page that shows the same people has them at once.
        effect(move || {
            if let Some(Ok(found)) = found.get() {
                store.people.try_set_value(Some(found));
            }
        });
        let path = open.map_or_else(|| "/chat".to_owned(), |open| format!("/chat/{open}"));
        Self { store, path: StoredValue::new(path), name, found }
    }

    pub(super) fn path(self) -> String {
        self.path.get_value()
    }

    /// What stands in the field at first.
    pub(super) fn typed(self) -> String {
        self.name.get_untracked()
    }

    /// Whether something is searched for.
    pub(super) fn is_active(self) -> bool {
        self.name.try_with(|name| !name.trim().is_empty()).unwrap_or_default()
    }

    /// The people of an answer, and the way to more of them.
    fn people(self, query: PartnerQuery, page: Page<Partner>) -> PeopleList<Partner> {
        let path = format!("{}?q={}", self.path(), encoded(&query.name));
        PeopleList::new(
            page,
            Partner::cursor,
            move |after| format!("{path}&after={after}"),
            move |after| {
                let query = PartnerQuery { after: Some(after), ..query.clone() };
                Box::pin(api::partners(query))
            },
        )
    }
}

async fn load(store: ChatStore, query: PartnerQuery) -> Result<(PartnerQuery, Page<Partner>), AppError> {
    let known = store.people.try_get_value().flatten().filter(|(known, _)| *known == query);
    match known {
        Some(known) => Ok(known),
        None => api::partners(query.clone()).await.map(|page| (query, page)),
    }
}

/// The people of a search, or everybody else.
#[component]
pub(super) fn PartnerList(search: PartnerSearch, open: Option<String>) -> impl IntoView {
    let open = StoredValue::new(open);
    view! {
        <Transition fallback=|| view! { <Skeleton shape=Shape::Row count=4 /> }>
            {move || Suspend::new(async move {
                match search.found.await {
                    Ok((query, page)) => {
                        let open = open.try_get_value().flatten();
                        view! { <Partners search query page open /> }.into_any()
                    }
                    Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Partners(
    search: PartnerSearch,
    query: PartnerQuery,
    page: Page<Partner>,
    open: Option<String>,
) -> impl IntoView {
    let is_search = !query.name.trim().is_empty();
    let title = if is_search { "People" } else { "Everyone else" };
    let nobody = format!("Nobody here is called “{}”.", query.name.trim());
    let people = search.people(query, page);
    // Who has been written to meanwhile stands above.
    let shown = move || {
        let mut shown = people.items();
        shown.retain(|partner| is_search || !search.store.lists(partner.person.id));
        shown
    };
    let is_empty = Memo::new(move |_| shown().is_empty());
    view! {
        <h2 class="chat-list-title" hidden=move || is_empty.get()>{title}</h2>
        <ul role="list" aria-label=title>
            <For each=shown key=|partner| partner.person.id let(partner)>
                <PartnerRow partner open=open.clone() />
            </For>
        </ul>
        {is_search.then(|| view! {
            <p class="chat-list-note" role="status">{move || is_empty.get().then(|| nobody.clone())}</p>
        })}
        <LoadMorePeople list=people />
    }
}

#[component]
fn PartnerRow(partner: Partner, open: Option<String>) -> impl IntoView {
    let Partner { person, presence, .. } = partner;
    let presence = listed_presence(person.id, presence);
    let (username, href) = (person.username.clone(), format!("/chat/{}", person.username));
    let is_open = open.is_some_and(|open| open == username);
    view! {
        <li class="partner">
            <a
                class="conversation"
                href=href
                aria-current=is_open.then_some("page")
            >
                <Avatar person=person.clone() size=AvatarSize::Large presence />
                <span class="conversation-text">
                    <span class="conversation-name"><bdi>{person.full_name()}</bdi><PresenceLabel presence /></span>
                    <span class="conversation-preview">"@" {username}</span>
                </span>
            </a>
        </li>
    }
}
