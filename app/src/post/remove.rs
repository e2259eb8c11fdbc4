use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{PostId, Problem};

use crate::{
    form::AccountField,
    page::{ErrorPage, Page, PageHead},
    ui::{Button, ButtonLink, Notice, Variant},
};

/// For somebody without a script who wants to delete a post: asks once.
#[component]
pub fn RemovePage() -> impl IntoView {
    let post = use_params_map()
        .with_untracked(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()));
    let Some(post) = post else { return view! { <ErrorPage error=Problem::NotFound.into() /> }.into_any() };
    view! {
        <Page title="Delete a post">
            <PageHead text="Delete this post?" />
            <form class="card card-pad" method="post" action=format!("/p/{post}/delete")>
                <AccountField />
                <p>"Its pictures, comments and likes will be deleted too."</p>
                <div class="button-row">
                    <ButtonLink href=format!("/p/{post}")>"Cancel"</ButtonLink>
                    <Button kind="submit" variant=Variant::Danger>"Delete"</Button>
                </div>
            </form>
        </Page>
    }
    .into_any()
}

/// Says that a post was deleted, and offers the way back.
#[component]
pub fn RemovedNotice(post: PostId) -> impl IntoView {
    view! {
        <Notice>
            <form class="button-row" method="post" action=format!("/p/{post}/restore")>
                <AccountField />
                <span>"Your post is deleted."</span>
                <Button kind="submit" small=true>"Undo"</Button>
            </form>
        </Notice>
    }
}
