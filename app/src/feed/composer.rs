use leptos::prelude::*;

use crate::{
    form,
    outbox::{Outbox, Payload},
    page::here,
    post::{Draft, PostForm},
};

const ACTION: &str = "/posts";

/// A place to write a post.
#[component]
pub(super) fn Composer(draft: Draft, outbox: Outbox) -> impl IntoView {
    draft.restore_from_form(&form::start(ACTION));
    let publish = Callback::new(move |content| {
        outbox.send(Payload::Post(content));
        draft.clear();
    });
    view! {
        <PostForm
            draft
            action=ACTION.to_owned()
            hidden=vec![("back", here()), ("client_id", form::new_id())]
            name="New post"
            label="Share your thoughts"
            id="post-body"
            button="Post"
            on_send=publish
        />
    }
}
