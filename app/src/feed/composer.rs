use super::unsent::Unsent;
use crate::{
    form,
    post::{AddPictures, Draft, PostFields, let_drop, take_dropped},
    session,
    ui::{Avatar, Button, Variant},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A place to write a post. Without a script it is a plain form.
#[component]
pub(super) fn Composer(draft: Draft, unsent: Unsent) -> impl IntoView {
    begin_with_what_came_back(draft);
    let wanted = RwSignal::new(false);
    let publish = move || {
        // Once all pictures are there.
        if draft.pictures.are_coming() {
            return;
        }
        wanted.set(false);
        if let Some(content) = draft.finished() {
            unsent.send(content);
            draft.clear();
        }
    };
    Effect::new(move || {
        if wanted.get() {
            publish();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wanted.set(true);
    };
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            wanted.set(true);
        }
    };
    view! {
        <form
            class="composer card"
            method="post"
            action="/posts"
            enctype="multipart/form-data"
            aria-label="New post"
            on:submit=submit
            on:keydown=on_keydown
            on:dragover=|event| let_drop(&event)
            on:drop=move |event| take_dropped(draft, &event)
        >
            {session::me().map(|me| view! { <Avatar person=me.person /> })}
            <input type="hidden" name="back" value=crate::frame::here() />
            <input type="hidden" name="client_id" value=form::new_id() />
            <PostFields draft label="Share your thoughts" id="post-body" />
            <div class="composer-foot">
                <AddPictures draft />
                <div class="composer-end">
                    {move || wanted.get().then_some("Uploading…")}
                    <Button kind="submit" variant=Variant::Primary busy=wanted>"Post"</Button>
                </div>
            </div>
        </form>
    }
}

/// What the plain form could not publish.
fn begin_with_what_came_back(draft: Draft) {
    let start = form::start("/posts");
    if let Some(sentence) = start.sentence() {
        draft.body.set(start.value("body"));
        draft.problem.set(Some(sentence));
    }
}
