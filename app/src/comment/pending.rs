use leptos::prelude::*;
use protocol::account::PersonView;

use super::{discussion::Discussion, item::CommentAvatar};
use crate::outbox::{Entry, Outbox, Payload, PendingStatus};

/// A comment on its way, where it will stand.
#[component]
pub(super) fn PendingComment(
    discussion: Discussion,
    outbox: Outbox,
    entry: Entry,
    author: PersonView,
) -> impl IntoView {
    let Entry { client_id, payload, problem, .. } = entry;
    let Payload::Comment { body, .. } = &payload else { return ().into_any() };
    let body = body.clone();
    let edit = Callback::new(move |()| discussion.edit_pending(client_id));
    let title_id = format!("pending-{client_id}-by");
    let (labelled_by, is_refused) = (title_id.clone(), problem.is_some());
    view! {
        <article
            class="comment"
            data-state=if is_refused { "failed" } else { "sending" }
            aria-labelledby=labelled_by
            aria-busy=(!is_refused).then_some("true")
        >
            <CommentAvatar person=author.clone() />
            <div class="comment-bubble">
                <div class="comment-head">
                    <span class="comment-author" id=title_id><bdi>{author.full_name()}</bdi></span>
                </div>
                <div class="comment-body" dir="auto">{body}</div>
            </div>
            <PendingStatus outbox client_id problem busy="Sending…" on_edit=Some(edit) />
        </article>
    }
    .into_any()
}
