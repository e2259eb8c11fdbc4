use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use protocol::{PostId, post::PostView};

use super::api;
use crate::{
    effect::effect,
    feed::feed_snapshots,
    ui::{ConfirmDialog, Menu, MenuButton, MenuLink, toast},
};

/// What an author can do with an own post.
#[component]
pub(super) fn PostMenu(
    post: PostId,
    /// It is gone from the screen.
    on_removed: Callback<PostId>,
    /// It is back.
    on_restored: Callback<PostView>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    // The dialog is made when it is wanted: a list of posts would carry twenty of them.
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        asking.set(true);
    };
    view! {
        <Menu id=format!("post-menu-{post}") label="Post options">
            <MenuLink href=format!("/p/{post}/edit") icon="edit">"Edit"</MenuLink>
            <form method="get" action=format!("/p/{post}/delete") on:submit=ask>
                <MenuButton kind="submit" icon="trash" danger=true>"Delete"</MenuButton>
            </form>
        </Menu>
        <Show when=move || asking.get()>
            <RemoveDialog post asking on_removed on_restored />
        </Show>
    }
}

#[component]
fn RemoveDialog(
    post: PostId,
    asking: RwSignal<bool>,
    on_removed: Callback<PostId>,
    on_restored: Callback<PostView>,
) -> impl IntoView {
    let (toast, feeds) = (toast(), feed_snapshots());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(true));
    let navigate = use_navigate();
    let is_alone = move || window().location().pathname().is_ok_and(|address| address.starts_with("/p/"));
    effect(move || {
        if !open.get() {
            asking.try_set(false);
        }
    });
    let restore = move || {
        leptos::task::spawn_local(async move {
            match api::restore(post).await {
                Ok(post) => _ = on_restored.try_run(post),
                Err(error) => toast.report(&error),
            }
        });
    };
    let remove = move |()| {
        let navigate = navigate.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let removed = api::remove(post).await;
            busy.try_set(false);
            match removed {
                Ok(()) => {
                    feeds.remove(post);
                    toast.notify_with("Your post is deleted.", "Undo", restore);
                    open.try_set(false);
                    if is_alone() {
                        navigate("/", Default::default());
                    }
                    on_removed.try_run(post);
                }
                Err(error) => toast.report(&error),
            }
        });
    };
    view! {
        <ConfirmDialog
            id=format!("remove-{post}")
            title="Delete this post?"
            text="Its pictures, comments and likes will be deleted too."
            confirm="Delete"
            open
            busy
            on_confirm=Callback::new(remove)
        />
    }
}
