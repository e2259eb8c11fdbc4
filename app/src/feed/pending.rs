//! Own posts on their way, above all others.

use leptos::prelude::*;
use protocol::{Problem, Timestamp, account::PersonView};
use uuid::Uuid;

use crate::{
    draft::Content,
    media::PictureGrid,
    outbox::{Entry, Outbox, Payload, PendingItem, PendingList, Queue},
    post::Draft,
    rich::RichText,
    ui::{Avatar, Time},
};

/// The list of them, the latest first.
#[component]
pub(super) fn PendingPosts(outbox: Outbox, draft: Draft) -> impl IntoView {
    let entries = move || outbox.with(shown);
    let render = move |entry, author| view! { <PendingPost outbox draft entry author /> }.into_any();
    view! { <PendingList entries render /> }
}

/// What was said about something that is gone stands here, too: its own place is gone.
fn shown(queue: &Queue) -> Vec<Entry> {
    let is_shown = |entry: &&Entry| match entry.payload {
        Payload::Post(_) => true,
        Payload::Comment { .. } => entry.problem == Some(Problem::NotFound),
        Payload::Message { .. } => false,
    };
    let mut entries: Vec<Entry> = queue.mine().filter(is_shown).cloned().collect();
    entries.reverse();
    entries
}

#[component]
fn PendingPost(outbox: Outbox, draft: Draft, entry: Entry, author: PersonView) -> impl IntoView {
    let (client_id, written_at) = (entry.client_id, entry.written_at);
    let (content, on_edit) = match entry.payload.clone() {
        Payload::Post(content) => {
            let back = content.clone();
            (content, Some(Callback::new(move |()| edit(outbox, draft, client_id, back.clone()))))
        }
        Payload::Comment { body, .. } | Payload::Message { body, .. } => {
            (Content { body, ..Content::default() }, None)
        }
    };
    let content = move |title_id| {
        view! {
            <span class="post-avatar"><Avatar person=author.clone() /></span>
            <Head author title_id written_at />
            <div class="post-body" dir="auto"><RichText text=content.body mentions=Vec::new() /></div>
            <PictureGrid pictures=content.pictures />
        }
        .into_any()
    };
    view! { <PendingItem outbox entry class="post" busy="Publishing…" on_edit content /> }
}

#[component]
fn Head(author: PersonView, title_id: String, written_at: Timestamp) -> impl IntoView {
    view! {
        <header class="post-head">
            <span class="post-byline">
                <span class="post-author" id=title_id><bdi>{author.full_name()}</bdi></span>
                " "
                <span class="post-handle">"@" {author.username}</span>
            </span>
            <span class="post-time"><Time micros=written_at.micros() /></span>
        </header>
    }
}

/// Puts a post back into the form, below what has been typed since.
fn edit(outbox: Outbox, draft: Draft, client_id: Uuid, content: Content) {
    if outbox.discard(client_id).is_some() {
        draft.append_content(content);
    }
}
