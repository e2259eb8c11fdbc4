//! Own comments on their way, where they will stand.

use leptos::prelude::*;
use protocol::{CommentId, account::PersonView};

use super::{discussion::Discussion, item::CommentAvatar};
use crate::outbox::{Entry, Outbox, Payload, PendingItem, PendingList};

/// Those below `thread`, or the comments.
#[component]
pub(super) fn PendingComments(discussion: Discussion, thread: Option<CommentId>) -> impl IntoView {
    let outbox = discussion.outbox?;
    let entries = move || discussion.pending(outbox, thread);
    let render =
        move |entry, author| view! { <li><PendingComment discussion outbox entry author /></li> }.into_any();
    Some(view! { <PendingList entries render /> })
}

#[component]
fn PendingComment(discussion: Discussion, outbox: Outbox, entry: Entry, author: PersonView) -> impl IntoView {
    let client_id = entry.client_id;
    let Payload::Comment { body, .. } = entry.payload.clone() else { return ().into_any() };
    let on_edit = Some(Callback::new(move |()| discussion.edit_pending(client_id)));
    let content = move |title_id: String| {
        view! {
            <CommentAvatar person=author.clone() />
            <div class="comment-bubble">
                <div class="comment-head">
                    <span class="comment-author" id=title_id><bdi>{author.full_name()}</bdi></span>
                </div>
                <div class="comment-body" dir="auto">{body}</div>
            </div>
        }
        .into_any()
    };
    view! { <PendingItem outbox entry class="comment" busy="Sending…" on_edit content /> }.into_any()
}
