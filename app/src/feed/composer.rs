use super::unsent::Unsent;
use crate::{
    form,
    frame::here,
    post::{Draft, PostForm},
};
use leptos::prelude::*;

const ACTION: &str = "/posts";

/// A place to write a post.
#[component]
pub(super) fn Composer(draft: Draft, unsent: Unsent) -> impl IntoView {
    draft.take_over(&form::start(ACTION));
    let publish = Callback::new(move |content| {
        unsent.send(content);
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
