//! Own posts on their way, above all others.

use leptos::prelude::*;
use protocol::{Problem, Timestamp, account::PersonView};
use uuid::Uuid;

use crate::{
    draft::Content,
    media::PictureGrid,
    outbox::{Entry, Outbox, Payload, PendingStatus},
    post::Draft,
    rich::RichText,
    session,
    ui::{Avatar, KeyedList, Row, Time},
};

/// The list of them, the latest first. What was said about something that is gone stands here, too: its own place is gone.
#[component]
pub(super) fn PendingPosts(outbox: Outbox, draft: Draft) -> impl IntoView {
    let entries = move || -> Vec<Entry> {
        outbox.with(|queue| queue.mine().filter(|entry| is_shown(entry)).cloned().collect())
    };
    let row = move |entry: Entry| {
        let (key, version) = (entry.client_id.as_u128(), u32::from(entry.problem.is_some()));
        let author = move || session::me().map(|me| me.person);
        let view =
            move || author().map(|author| view! { <PendingPost outbox draft entry author /> }).into_any();
        Row::new(key, version, view)
    };
    let rows = move || entries().into_iter().rev().map(row).collect();
    view! { <KeyedList rows /> }
}

fn is_shown(entry: &Entry) -> bool {
    match entry.payload {
        Payload::Post(_) => true,
        Payload::Comment { .. } => entry.problem == Some(Problem::NotFound),
        Payload::Message { .. } => false,
    }
}

#[component]
fn PendingPost(outbox: Outbox, draft: Draft, entry: Entry, author: PersonView) -> impl IntoView {
    let Entry { client_id, payload, written_at, problem, .. } = entry;
    let (content, on_edit) = match payload {
        Payload::Post(content) => {
            let back = content.clone();
            (content, Some(Callback::new(move |()| edit(outbox, draft, client_id, back.clone()))))
        }
        Payload::Comment { body, .. } | Payload::Message { body, .. } => {
            (Content { body, ..Content::default() }, None)
        }
    };
    let title_id = format!("pending-{client_id}-by");
    let (labelled_by, is_refused) = (title_id.clone(), problem.is_some());
    view! {
        <article
            class="post"
            data-state=if is_refused { "failed" } else { "sending" }
            aria-labelledby=labelled_by
            aria-busy=(!is_refused).then_some("true")
        >
            <span class="post-avatar"><Avatar person=author.clone() /></span>
            <Head author title_id written_at />
            <div class="post-body" dir="auto"><RichText text=content.body mentions=Vec::new() /></div>
            <PictureGrid pictures=content.pictures />
            <PendingStatus outbox client_id problem busy="Publishing…" on_edit />
        </article>
    }
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
