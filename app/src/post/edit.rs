use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use protocol::{
    PostId, Problem,
    post::{EditPost, PostView},
};

use super::{api, draft::Draft, form::PostForm, page::load};
use crate::{
    draft::{Content, DraftTarget},
    error::AppError,
    form,
    media::attached_pictures,
    page::{ErrorPage, Page, PageHead},
    session,
    ui::{Await, ButtonLink, Notice, NoticeKind, Shape, Skeleton, Toaster, toast},
};

/// For somebody who wants a post of theirs to say something else.
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| {
        params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()))
    });
    let view = Resource::new(move || post.get(), load_own);
    let reload = Callback::new(move |()| view.refetch());
    let show = move || async move {
        match view.await {
            Ok(post) => view! { <Editor post /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Post count=1 /> } view=show /> }
}

/// Others find nothing here; the host refuses what they send all the same.
async fn load_own(post: Option<PostId>) -> Result<PostView, AppError> {
    let post = load(post).await?;
    let me = session::me().map(|me| me.person.id);
    if me == Some(post.author.id) { Ok(post) } else { Err(Problem::NotFound.into()) }
}

/// A post that is being changed.
#[derive(Clone, Copy)]
struct Edit {
    post: PostId,
    draft: Draft,
    /// What others see now, after a conflict: saving again is a decision.
    conflict: RwSignal<Option<PostView>>,
    busy: RwSignal<bool>,
    toast: Toaster,
}

impl Edit {
    /// Begins with the post, or with what the plain form could not save.
    fn new(post: PostView) -> Self {
        let content = Content { body: post.body, pictures: post.pictures, version: Some(post.version) };
        let draft = Draft::new(DraftTarget::EditPost(post.id), content);
        if !draft.restore_from_form(&form::start(&format!("/p/{}/edit", post.id))) {
            draft.persist();
        }
        Self {
            post: post.id,
            draft,
            conflict: RwSignal::new(None),
            busy: RwSignal::new(false),
            toast: toast(),
        }
    }

    /// Saves it, and leads back to the post.
    async fn save(self, content: Content, navigate: impl Fn(&str, NavigateOptions)) {
        self.busy.set(true);
        let pictures = attached_pictures(&content.pictures);
        let version = self.draft.version.get_value().unwrap_or_default();
        let saved = api::edit(EditPost { post: self.post, version, body: content.body, pictures }).await;
        // Only then can it be saved again: before, the answer would be the same.
        if let Err(AppError::Problem(Problem::Changed)) = &saved
            && let Ok(other) = api::view(self.post).await
        {
            self.draft.version.try_set_value(Some(other.version));
            self.conflict.try_set(Some(other));
        }
        // They may have gone elsewhere meanwhile.
        let is_here = self.busy.try_set(false).is_none();
        match saved {
            Ok(_) => {
                self.draft.discard();
                if is_here {
                    navigate(&format!("/p/{}", self.post), NavigateOptions::default());
                }
            }
            Err(error @ AppError::Transport) => self.toast.report(&error),
            Err(error) => _ = self.draft.problem.try_set(Some(error.sentence())),
        }
    }
}

#[component]
fn Editor(post: PostView) -> impl IntoView {
    let (id, version) = (post.id, post.version);
    let edit = Edit::new(post);
    let navigate = use_navigate();
    let save = Callback::new(move |content| leptos::task::spawn_local(edit.save(content, navigate.clone())));
    view! {
        <Page title="Edit a post">
            <PageHead text="Edit your post" />
            {move || edit.conflict.get().map(|other| view! { <Conflict other /> })}
            <PostForm
                draft=edit.draft
                action=format!("/p/{id}/edit")
                hidden=vec![("version", version.to_string())]
                name="Edit post"
                label="Your post"
                id="edit-body"
                rows=6
                alone=true
                button="Save changes"
                busy=edit.busy
                on_send=save
            >
                <ButtonLink href=format!("/p/{id}")>"Cancel"</ButtonLink>
            </PostForm>
        </Page>
    }
}

/// Says that somebody, mostly oneself in another window, was quicker.
#[component]
fn Conflict(other: PostView) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warning title="Changed in another window">
            <p>"Your text is still below. Saving it replaces this version:"</p>
            <blockquote class="post-body" dir="auto">{other.body}</blockquote>
        </Notice>
    }
}
