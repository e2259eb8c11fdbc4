use leptos::prelude::*;
use protocol::{
    Page, PictureId,
    account::PersonView,
    media::PictureSize,
    profile::{PostedPicture, Relation},
};

use crate::ui::{ButtonLink, EmptyState};

/// The pictures on somebody's posts, each of which leads to its post.
#[component]
pub(super) fn PicturesTab(
    person: PersonView,
    before: Option<PictureId>,
    page: Page<PostedPicture>,
    relation: Relation,
) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <NoPictures is_own={relation == Relation::Oneself} has_newer=before.is_some() /> }
            .into_any();
    }
    let oldest = page.items.last().filter(|_| page.more).map(|last| last.picture.id);
    let older = oldest.map(|id| format!("/u/{}?tab=pictures&before={id}", person.username));
    view! {
        <ul class="profile-pictures">
            {page.items.into_iter().map(|posted| view! { <Tile posted /> }).collect_view()}
        </ul>
        {older.map(|href| view! { <p class="feed-more"><a class="link" href=href>"Older pictures"</a></p> })}
    }
    .into_any()
}

#[component]
fn Tile(posted: PostedPicture) -> impl IntoView {
    let PostedPicture { picture, post } = posted;
    let src = picture.path(PictureSize::Small);
    let alt = if picture.alt.is_empty() { "Picture without a description".to_owned() } else { picture.alt };
    view! {
        <li>
            <a href=format!("/p/{post}")>
                <img src=src width=picture.width height=picture.height alt=alt loading="lazy" decoding="async" />
            </a>
        </li>
    }
}

#[component]
fn NoPictures(is_own: bool, has_newer: bool) -> impl IntoView {
    let title = if has_newer { "No older pictures" } else { "No pictures yet" };
    if is_own {
        return view! {
            <EmptyState icon="image" title text="Pictures on your posts show up here.">
                <ButtonLink href="/">"Write a post"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    view! { <EmptyState icon="image" title text="Pictures on posts show up here." /> }.into_any()
}
