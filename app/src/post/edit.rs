use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::{use_navigate, use_params_map};
use protocol::{
    PostId, Problem,
    post::{EditPost, PostView},
};

use super::{
    api,
    draft::{Content, Draft},
    fields::{AddPictures, PostFields, let_drop, take_dropped},
    page::load,
};
use crate::{
    error::AppError,
    form,
    frame::{Oops, Page, PageHead},
    media::placed,
    session,
    ui::{Button, ButtonLink, Notice, NoticeKind, Shape, Skeleton, Variant, toast},
};

/// For somebody who wants a post of theirs to say something else.
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| {
        params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()))
    });
    let view = Resource::new(move || post.get(), load_own);
    view! {
        <Suspense fallback=|| view! { <Skeleton shape=Shape::Post count=1 /> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(post) => view! { <Editor post /> }.into_any(),
                    Err(error) => view! { <Oops error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// Others find nothing here; the host refuses what they send all the same.
async fn load_own(post: Option<PostId>) -> Result<PostView, AppError> {
    let post = load(post).await?;
    let me = session::me().map(|me| me.person.id);
    if me == Some(post.author.id) { Ok(post) } else { Err(Problem::NotFound.into()) }
}

#[component]
fn Editor(post: PostView) -> impl IntoView {
    let id = post.id;
    let (draft, action) = (begin(&post), format!("/p/{id}/edit"));
    let (toast, busy, wanted) = (toast(), RwSignal::new(false), RwSignal::new(false));
    // What is written over. After a conflict that is what others see now, so that saving again is a decision.
    let (version, conflict) = (RwSignal::new(post.version), RwSignal::new(None::<PostView>));
    let navigate = use_navigate();
    let save = move || {
        if draft.pictures.are_coming() || busy.get_untracked() {
            return;
        }
        wanted.set(false);
        let Some(content) = draft.finished() else { return };
        busy.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let pictures = placed(&content.pictures);
            let new = EditPost { post: id, version: version.get_untracked(), body: content.body, pictures };
            let saved = api::edit(new).await;
            // Only then can it be saved again: before, the answer would be the same.
            if let Err(AppError::Problem(Problem::Changed)) = &saved
                && let Ok(other) = api::view(id).await
            {
                version.try_set(other.version);
                conflict.try_set(Some(other));
            }
            busy.try_set(false);
            match saved {
                Ok(_) => {
                    draft.forget();
                    navigate(&format!("/p/{id}"), Default::default());
                }
                Err(error @ AppError::Transport) => toast.fail(error.sentence()),
                Err(error) => _ = draft.problem.try_set(Some(error.sentence())),
            }
        });
    };
    Effect::new(move || {
        if wanted.get() {
            save();
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
        <Page title="Edit a post">
            <PageHead text="Edit your post" />
            {move || conflict.get().map(|other| view! { <Conflict other /> })}
            <form
                class="composer card"
                data-alone=true
                method="post"
                action=action
                enctype="multipart/form-data"
                aria-label="Edit post"
                on:submit=submit
                on:keydown=on_keydown
                on:dragover=|event| let_drop(&event)
                on:drop=move |event| take_dropped(draft, &event)
            >
                <input type="hidden" name="version" value=post.version.to_string() />
                <PostFields draft label="Your post" id="edit-body" rows=6 />
                <div class="composer-foot">
                    <AddPictures draft />
                    <div class="composer-end">
                        <ButtonLink href=format!("/p/{id}")>"Cancel"</ButtonLink>
                        <Button kind="submit" variant=Variant::Primary busy=Signal::derive(move || busy.get() || wanted.get())>"Save changes"</Button>
                    </div>
                </div>
            </form>
        </Page>
    }
}

/// Begins with the post, or with what the plain form could not save.
fn begin(post: &PostView) -> Draft {
    let key = format!("kith.draft.{}.edit.{}.{}", post.author.id, post.id, post.version);
    let draft = Draft::new(key, Content { body: post.body.clone(), pictures: post.pictures.clone() });
    let start = form::start(&format!("/p/{}/edit", post.id));
    match start.sentence() {
        Some(sentence) => {
            draft.body.set(start.value("body"));
            draft.problem.set(Some(sentence));
        }
        None => draft.outlive_loads(),
    }
    draft
}

/// Says that somebody, mostly oneself in another window, was quicker.
#[component]
fn Conflict(other: PostView) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warning title="Changed in another window">
            <p>"What you wrote is still below. Saving it now replaces this:"</p>
            <blockquote class="post-body" dir="auto">{other.body}</blockquote>
        </Notice>
    }
}
