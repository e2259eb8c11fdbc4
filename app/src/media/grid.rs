use std::sync::Arc;

use leptos::prelude::*;
use protocol::media::{PictureSize, PictureView};

use super::{
    srcset::{default_name, srcset},
    viewer::viewer,
};

/// Pictures that a grid shows while there is a viewer for the others.
const SHOWN: usize = 4;
/// Marks a picture that moves.
const MOVES: &str = "GIF";

/// The pictures of a post. Its places are known before they load; each leads to the picture itself, or, with a script,
/// opens the viewer.
#[component]
pub fn PictureGrid(pictures: Vec<PictureView>) -> impl IntoView {
    let pictures: Arc<[PictureView]> = pictures.into();
    let count = pictures.len();
    let layout = if count > SHOWN { "many".to_owned() } else { count.to_string() };
    (count > 0).then(|| {
        view! {
            <ul class="pictures" data-count=layout>
                {(0..count).map(|at| view! { <Tile pictures=Arc::clone(&pictures) at /> }).collect_view()}
            </ul>
        }
    })
}

#[component]
fn Tile(pictures: Arc<[PictureView]>, at: usize) -> impl IntoView {
    let picture = pictures.get(at)?.clone();
    let (viewer, count) = (viewer(), pictures.len());
    let (large, medium) = (picture.path(PictureSize::Large), picture.path(PictureSize::Medium));
    let sources = srcset(&picture);
    let hidden = (at + 1 == SHOWN).then(|| count - SHOWN).filter(|hidden| *hidden > 0);
    let hidden = hidden.map(|hidden| format!("+{hidden}"));
    // Whoever speaks to the page says what stands on it.
    let name = picture.alt.is_empty().then(|| {
        let marks = picture.moves.then(|| MOVES.to_owned()).into_iter().chain(hidden.clone());
        std::iter::once(default_name(at, count)).chain(marks).collect::<Vec<_>>().join(", ")
    });
    let sizes = if count == 1 { "(max-width: 48rem) 100vw, 36rem" } else { "(max-width: 48rem) 50vw, 18rem" };
    Some(view! {
        <li class="picture">
            <a
                href=large
                rel="external"
                aria-label=name
                on:click=move |event| viewer.open(&event, &pictures, at)
            >
                <img class="picture-preview" src=picture.preview alt="" />
                <img
                    src=medium
                    srcset=sources
                    sizes=sizes
                    width=picture.width
                    height=picture.height
                    alt=picture.alt
                    loading="lazy"
                    decoding="async"
                />
                {picture.moves.then(|| view! { <span class="picture-mark">{MOVES}</span> })}
                {hidden.map(|hidden| view! { <span class="picture-hidden">{hidden}</span> })}
            </a>
        </li>
    })
}
