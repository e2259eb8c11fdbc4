use leptos::prelude::*;
use protocol::{CommentId, Timestamp, account::PersonView, comment::CommentView};
use uuid::Uuid;

use super::item::Face;
use crate::ui::VisuallyHidden;

/// What one has written and the server has not stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sending {
    pub(super) client_id: Uuid,
    pub(super) author: PersonView,
    /// The comment or reply that it answers.
    pub(super) to: Option<CommentId>,
    pub(super) thread: Option<CommentId>,
    pub(super) body: String,
    pub(super) written_at: Timestamp,
}

impl Sending {
    /// Whether this comment is it.
    pub(super) fn is(&self, comment: &CommentView) -> bool {
        self.thread == comment.thread && self.body == comment.body
    }
}

/// It, where it will stand.
#[component]
pub(super) fn SendingItem(sending: Sending) -> impl IntoView {
    let title_id = format!("sending-{}-by", sending.client_id);
    let name = sending.author.full_name();
    view! {
        <article class="comment" data-state="sending" aria-labelledby=title_id aria-busy="true">
            <Face person=sending.author />
            <div class="comment-bubble">
                <div class="comment-head">
                    <span class="comment-author" id=title_id.clone()><bdi>{name}</bdi></span>
                    " "
                    <span class="comment-when">"Sending"<VisuallyHidden>" your comment"</VisuallyHidden></span>
                </div>
                <div class="comment-body" dir="auto">{sending.body}</div>
            </div>
        </article>
    }
}
