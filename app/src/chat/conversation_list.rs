use leptos::prelude::*;
use protocol::{AccountId, ConversationId, chat::ConversationView};

use super::{
    api,
    conversations::Conversations,
    partner_list::{PartnerList, PartnerSearch},
    store::ChatStore,
};
use crate::{
    effect::effect,
    error::AppError,
    presence::{PresenceLabel, listed_presence},
    search::SearchForm,
    ui::{Avatar, AvatarSize, Badge, Notice, NoticeKind, Shape, Skeleton, Time, Wording},
};

/// The list of conversations on its way.
pub(super) type List = Resource<Result<Vec<ConversationView>, AppError>>;

/// Asks for the list, where it is not known already.
pub(super) fn list(store: ChatStore) -> Option<List> {
    let known = store.conversations.with_untracked(Option::is_some);
    (!known).then(|| Resource::new(|| (), |()| api::conversations()))
}

/// Who has written, and everybody else.
#[component]
pub(super) fn ConversationList(
    store: ChatStore,
    list: Option<List>,
    search: PartnerSearch,
    /// The username of the person whose conversation is open.
    open: Option<String>,
) -> impl IntoView {
    let title = if open.is_some() {
        view! { <h2>"Chat"</h2> }.into_any()
    } else {
        view! { <h1>"Chat"</h1> }.into_any()
    };
    if let Some(list) = list {
        // The store has it from then on, for the next page and for what comes over the socket.
        effect(move || {
            if let Some(Ok(rows)) = list.get() {
                store.init_list(rows);
            }
        });
    }
    let rows = match list {
        None => {
            view! { <ConversationRows listed=Listed::new(store, Vec::new()) open=open.clone() /> }.into_any()
        }
        Some(list) => {
            let open = open.clone();
            view! {
            <Suspense fallback=|| view! { <Skeleton shape=Shape::Row count=4 /> }>
                {move || {
                    let open = open.clone();
                    Suspend::new(async move {
                        match list.await {
                            Ok(rows) => view! { <ConversationRows listed=Listed::new(store, rows) open /> }.into_any(),
                            Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        }
        .into_any()
        }
    };
    view! {
        <section class="chat-sidebar" aria-label="Conversations">
            <div class="chat-sidebar-head">
                {title}
                <SearchForm action=search.path() label="Search by name" typed=search.typed() />
            </div>
            <div class="chat-list">
                <div hidden=move || search.is_active()>{rows}</div>
                <PartnerList search open />
            </div>
        </section>
    }
}

/// The list of the store; before the store has one, the list that the page was loaded with. Cheap to copy.
#[derive(Clone, Copy)]
struct Listed {
    store: ChatStore,
    loaded: StoredValue<Conversations>,
}

impl Listed {
    fn new(store: ChatStore, rows: Vec<ConversationView>) -> Self {
        Self { store, loaded: StoredValue::new(Conversations::new(store.me, rows)) }
    }

    fn with<T>(self, read: impl FnOnce(&Conversations) -> T) -> T {
        self.store.conversations.with(|list| match list {
            Some(list) => read(list),
            None => self.loaded.with_value(read),
        })
    }
}

#[component]
fn ConversationRows(listed: Listed, open: Option<String>) -> impl IntoView {
    let order =
        Memo::new(move |_| listed.with(|list| list.rows().iter().map(|row| row.id).collect::<Vec<_>>()));
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    view! {
        <ul role="list" aria-label="Conversations">
            <For each=move || order.get() key=|id| *id let(id)>
                <ConversationRow listed id open=open.clone() />
            </For>
        </ul>
        <Show when=move || is_empty.get()>
            <p class="chat-list-note">"No conversations yet. Pick somebody and say hello."</p>
        </Show>
    }
}

#[component]
fn ConversationRow(listed: Listed, id: ConversationId, open: Option<String>) -> impl IntoView {
    let find = move || listed.with(|list| list.row(id).cloned());
    let first = untrack(find)?;
    let with = first.with.clone();
    let presence = listed_presence(with.id, first.presence);
    // What leaves the list keeps its words until it is gone from the page.
    let row = Memo::new(move |before: Option<&ConversationView>| {
        find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let unread = Memo::new(move |_| row.with(|row| row.unread));
    let has_unread = Memo::new(move |_| unread.get() > 0);
    let sent_at = Memo::new(move |_| row.with(|row| row.last.sent_at.micros()));
    let is_open = open.is_some_and(|open| open == with.username);
    Some(view! {
        <li>
            <a
                class="conversation"
                href=format!("/chat/{}", with.username)
                aria-current=is_open.then_some("page")
                data-unread=move || has_unread.get()
            >
                <Avatar person=with.clone() size=AvatarSize::Large presence />
                <span class="conversation-text">
                    <span class="conversation-name"><bdi>{with.full_name()}</bdi><PresenceLabel presence /></span>
                    <span class="conversation-preview">{move || row.with(|row| preview(row, listed.store.me))}</span>
                </span>
                <span class="conversation-end">
                    {move || view! { <Time micros=sent_at.get() wording=Wording::Short /> }}
                    <Badge count=unread />
                </span>
            </a>
        </li>
    })
}

fn preview(row: &ConversationView, me: AccountId) -> String {
    let body = if row.last.state.is_deleted() { "Message deleted" } else { row.last.body.as_str() };
    if row.last.sender == me { format!("You: {body}") } else { body.to_owned() }
}
