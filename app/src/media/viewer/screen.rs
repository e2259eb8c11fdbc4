use leptos::prelude::*;
use protocol::media::{PictureSize, PictureView};

use super::{OpenedPictures, Viewer, state::ViewerState};
use crate::{
    effect::effect,
    media::{gesture::ViewerAction, srcset::default_name},
    ui::{Button, Icon, Variant},
};

/// The viewer while it is open: a dialog over the whole screen, always dark.
#[component]
pub(super) fn Screen(shown: OpenedPictures, viewer: Viewer) -> impl IntoView {
    let state = ViewerState::new(shown);
    effect(move || {
        if let Some(dialog) = state.dialog.get().filter(|dialog| !dialog.open()) {
            drop(dialog.show_modal());
            // Not the first button: the keys are for the whole, and no ring stands around what nobody chose.
            drop(dialog.focus());
        }
    });
    view! {
        <dialog
            class="viewer"
            aria-label="Pictures"
            tabindex="-1"
            node_ref=state.dialog
            on:close=move |_| viewer.close()
            on:keydown=move |event| state.key_down(&event)
        >
            <Bar state />
            {move || state.picture(state.at.get()).map(|picture| view! { <Stage state picture /> })}
            {(state.count() > 1).then(|| view! { <NavigationButtons state /> })}
        </dialog>
    }
}

#[component]
fn Bar(state: ViewerState) -> impl IntoView {
    let count = state.count();
    let address =
        move || state.picture(state.at.get()).map(|picture| picture.path(PictureSize::Large) + "?download");
    view! {
        <div class="viewer-bar">
            <p class="viewer-count" role="status">
                {(count > 1).then_some(move || format!("{} of {count}", state.at.get() + 1))}
            </p>
            <a class="button" data-variant="plain" data-icon href=address download="" aria-label="Download">
                <Icon name="download" />
            </a>
            <Button variant=Variant::Plain icon="close" label="Close" on:click=move |_| state.perform(ViewerAction::Close) />
        </div>
    }
}

/// The picture: its preview, and over it the whole once that is there.
#[component]
fn Stage(state: ViewerState, picture: PictureView) -> impl IntoView {
    apply_transform(state, picture.width, picture.height);
    let large = picture.path(PictureSize::Large);
    let name = if picture.alt.is_empty() {
        default_name(state.at.get_untracked(), state.count())
    } else {
        picture.alt.clone()
    };
    view! {
        <div
            class="viewer-stage"
            node_ref=state.stage
            on:pointerdown=move |event| state.pointer_down(&event)
            on:pointermove=move |event| state.pointer_move(&event)
            on:pointerup=move |event| state.pointer_up(&event)
            on:pointercancel=move |_| state.cancel()
            on:wheel=move |event| state.wheel(&event)
        >
            <div class="viewer-frame" node_ref=state.frame data-held=move || state.pan_zoom.with(|pan_zoom| pan_zoom.is_held())>
                <img class="viewer-preview" src=picture.preview alt="" draggable="false" />
                <img
                    class="viewer-picture"
                    src=large
                    alt=name
                    draggable="false"
                    data-loaded=move || state.loaded.get()
                    on:load=move |_| state.loaded.set(true)
                />
            </div>
        </div>
        // Whoever listens has heard it with the picture.
        <p class="viewer-caption" dir="auto" aria-hidden="true">{picture.alt}</p>
    }
}

#[component]
fn NavigationButtons(state: ViewerState) -> impl IntoView {
    view! {
        <Button class="viewer-nav" icon="back" label="Previous picture" on:click=move |_| state.perform(ViewerAction::Previous) />
        <Button class="viewer-nav" icon="back" label="Next picture" on:click=move |_| state.perform(ViewerAction::Next) />
        // Fetched before they are wanted.
        {move || {
            let near = state.neighbours().into_iter();
            near.map(|picture| view! { <img src=picture.path(PictureSize::Large) alt="" hidden /> }).collect_view()
        }}
    }
}

/// Lays the picture where the hand has it. The page's policy forbids styles in markup, not those of the script.
fn apply_transform(state: ViewerState, width: u32, height: u32) {
    effect(move || {
        let transform = state.pan_zoom.with(|pan_zoom| pan_zoom.transform());
        let Some(frame) = state.frame.get() else { return };
        let style = web_sys::HtmlElement::style(&frame);
        for (name, value) in [
            ("--width", width.to_string()),
            ("--height", height.to_string()),
            // Whole numbers: printing others would cost the client more than the whole viewer.
            ("translate", format!("{}px {}px", transform.offset.x as i32, transform.offset.y as i32)),
            ("scale", format!("{}%", (transform.scale * 100.0) as i32)),
        ] {
            // A browser that refuses shows the picture where it is.
            _ = style.set_property(name, &value);
        }
    });
}
