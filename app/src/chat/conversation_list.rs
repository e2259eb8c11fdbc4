use leptos::prelude::*;
use protocol::{AccountId, ConversationId, chat::ConversationView};

use super::{api, conversations::Conversations, store::ChatStore};
use crate::{
    error::AppError,
    ui::{
        Avatar, AvatarSize, Badge, ButtonLink, EmptyState, Notice, NoticeKind, Shape, Skeleton, Time,
        Variant, Wording,
    },
};

/// The list of conversations on its way.
pub(super) type List = Resource<Result<Vec<ConversationView>, AppError>>;

/// Asks for the list, where it is not known already.
pub(super) fn list(store: ChatStore) -> Option<List> {
    let known = store.conversations.with_untracked(Option::is_some);
    (!known).then(|| Resource::new(|| (), |()| api::conversations()))
}

/// Who has written.
#[component]
pub(super) fn ConversationList(
    store: ChatStore,
    list: Option<List>,
    /// The username of the person whose conversation is open.
    open: Option<String>,
) -> impl IntoView {
    let title = if open.is_some() {
        view! { <h2>"Chat"</h2> }.into_any()
    } else {
        view! { <h1>"Chat"</h1> }.into_any()
    };
    let rows = match list {
        None => view! { <ConversationRows store open /> }.into_any(),
        Some(list) => view! {
            <Suspense fallback=|| view! { <Skeleton shape=Shape::Row count=4 /> }>
                {move || {
                    let open = open.clone();
                    Suspend::new(async move {
                        match list.await {
                            Ok(rows) => {
                                store.init_list(rows);
                                view! { <ConversationRows store open /> }.into_any()
                            }
                            Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        }
        .into_any(),
    };
    view! {
        <section class="chat-sidebar" aria-label="Conversations">
            <div class="chat-sidebar-head">{title}</div>
            <div class="chat-list">{rows}</div>
        </section>
    }
}

#[component]
fn ConversationRows(store: ChatStore, open: Option<String>) -> impl IntoView {
    let order =
        Memo::new(move |_| with_list(store, |list| list.rows().iter().map(|row| row.id).collect::<Vec<_>>()));
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    view! {
        <ul role="list" aria-label="Conversations">
            <For each=move || order.get() key=|id| *id let(id)>
                <ConversationRow store id open=open.clone() />
            </For>
        </ul>
        <Show when=move || is_empty.get()>
            <EmptyState
                icon="chat"
                title="No conversations yet"
                text="Open someone’s profile and press “Message” to start one."
            >
                <ButtonLink href="/" variant=Variant::Soft>"See who’s around"</ButtonLink>
            </EmptyState>
        </Show>
    }
}

#[component]
fn ConversationRow(store: ChatStore, id: ConversationId, open: Option<String>) -> impl IntoView {
    let find = move || store.conversations.with(|list| list.as_ref().and_then(|list| list.row(id)).cloned());
    let first = untrack(find)?;
    let with = first.with.clone();
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
                <Avatar person=with.clone() size=AvatarSize::Large />
                <span class="conversation-text">
                    <span class="conversation-name"><bdi>{with.full_name()}</bdi></span>
                    <span class="conversation-preview">{move || row.with(|row| preview(row, store.me))}</span>
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
    let body = &row.last.body;
    if row.last.sender == me { format!("You: {body}") } else { body.clone() }
}

fn with_list<T: Default>(store: ChatStore, read: impl FnOnce(&Conversations) -> T) -> T {
    store.conversations.with(|list| list.as_ref().map(read).unwrap_or_default())
}
