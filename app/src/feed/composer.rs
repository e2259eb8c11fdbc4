use leptos::{ev::SubmitEvent, prelude::*};
use protocol::post::{NewPost, PostBody, PostView};

use crate::{
    error::{self, AppError},
    form,
    post::api,
    session,
    ui::{Avatar, Button, Textarea, Variant, toast},
};

/// A place to write a post. Without a script it is a plain form.
#[component]
pub(super) fn Composer(on_published: Callback<PostView>) -> impl IntoView {
    let start = form::start("/posts");
    let toast = toast();
    let body = RwSignal::new(start.value("body"));
    let problem = RwSignal::new(start.sentence());
    let busy = RwSignal::new(false);
    let publish = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let published = api::publish(NewPost { body: body.get_untracked(), ..NewPost::default() }).await;
            busy.try_set(false);
            match published {
                Ok(post) => {
                    body.try_set(String::new());
                    problem.try_set(None);
                    on_published.run(post);
                }
                Err(error @ AppError::Transport) => toast.fail(error.sentence()),
                Err(error) => _ = problem.try_set(Some(error::sentence(&error.problem()))),
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        publish();
    };
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            publish();
        }
    };
    view! {
        <form class="composer card" method="post" action="/posts" aria-label="New post" on:submit=submit on:keydown=on_keydown>
            {session::me().map(|me| view! { <Avatar person=me.person /> })}
            <input type="hidden" name="back" value=crate::frame::here() />
            <div class="composer-text">
                <Textarea
                    label="Share your thoughts"
                    name="body"
                    id="post-body"
                    bind=body
                    error=problem
                    limit=PostBody::MAX
                    placeholder="Share your thoughts"
                    hide_label=true
                />
            </div>
            <div class="composer-foot">
                <div class="composer-end">
                    <Button kind="submit" variant=Variant::Primary busy>"Post"</Button>
                </div>
            </div>
        </form>
    }
}
