use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use protocol::CommentId;

use super::discussion::Discussion;
use crate::{browser, effect::effect};

/// Shows the comment that the address links to, now and whenever the address changes.
pub(super) fn follow(discussion: Discussion) {
    let (hash, query) = (use_location().hash, use_query_map());
    let linked = Memo::new(move |_| {
        let in_hash = hash.with(|hash| hash.strip_prefix("#c-").and_then(|id| id.parse().ok()));
        in_hash.or_else(|| query.with(|query| query.get_str("comment").and_then(|id| id.parse().ok())))
    });
    // Only a browser knows what stands behind the hash.
    effect(move || {
        if let Some(id) = linked.get() {
            leptos::task::spawn_local(open(discussion, id));
        }
    });
}

async fn open(discussion: Discussion, id: CommentId) {
    match discussion.load_linked(id).await {
        Ok(true) => {
            discussion.marked.try_set(Some(id));
            browser::scroll_to(&format!("[id='c-{id}']"));
        }
        Ok(false) => discussion.toast.notify("This comment no longer exists."),
        Err(error) => discussion.toast.report(&error),
    }
}
