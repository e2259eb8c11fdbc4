use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use protocol::CommentId;
use wasm_bindgen::JsCast;

use super::discussion::Discussion;
use crate::{effect::effect, schedule::run_on_next_frame};

/// Leads to the comment that the address names, now and whenever it names another.
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
            scroll_to(format!("[id='c-{id}']"));
        }
        Ok(false) => discussion.toast.notify("This comment no longer exists."),
        Err(error) => discussion.toast.report(&error),
    }
}

/// Leads the keyboard to what `selector` finds, once it is there. What is in sight stays where it is.
pub(super) fn focus(selector: &str) {
    when_rendered(selector.to_owned(), |element| {
        // What cannot be focused is still on the screen.
        _ = element.focus();
    });
}

/// Leads the eye there, too.
fn scroll_to(selector: String) {
    when_rendered(selector, |element| {
        // As above.
        _ = element.focus();
        element.scroll_into_view_with_bool(true);
    });
}

fn when_rendered(selector: String, act: impl FnOnce(web_sys::HtmlElement) + 'static) {
    run_on_next_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into().ok()) {
            act(element);
        }
    });
}
