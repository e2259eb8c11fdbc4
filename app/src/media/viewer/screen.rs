use leptos::prelude::*;
use protocol::media::{PictureSize, PictureView};

use super::{Shown, Viewer, show::Show};
use crate::{
    media::{hand::Wish, source::place_name},
    ui::{Button, Icon, Variant},
};

/// The viewer while it is open: a dialog over the whole screen, always dark.
#[component]
pub(super) fn Screen(shown: Shown, viewer: Viewer) -> impl IntoView {
    let show = Show::new(shown);
    Effect::new(move || {
        if let Some(dialog) = show.dialog.get().filter(|dialog| !dialog.open()) {
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
            node_ref=show.dialog
            on:close=move |_| viewer.close()
            on:keydown=move |event| show.key(&event)
        >
            <Bar show />
            {move || show.picture(show.at.get()).map(|picture| view! { <Stage show picture /> })}
            {(show.count() > 1).then(|| view! { <Turns show /> })}
        </dialog>
    }
}

#[component]
fn Bar(show: Show) -> impl IntoView {
    let count = show.count();
    let address =
        move || show.picture(show.at.get()).map(|picture| picture.path(PictureSize::Large) + "?download");
    view! {
        <div class="viewer-bar">
            <p class="viewer-count" role="status">
                {(count > 1).then_some(move || format!("{} of {count}", show.at.get() + 1))}
            </p>
            <a class="button" data-variant="plain" data-icon href=address download="" aria-label="Download">
                <Icon name="download" />
            </a>
            <Button variant=Variant::Plain icon="close" label="Close" on:click=move |_| show.grant(Wish::Close) />
        </div>
    }
}

/// The picture: its preview, and over it the whole once that is there.
#[component]
fn Stage(show: Show, picture: PictureView) -> impl IntoView {
    follow_hand(show, picture.width, picture.height);
    let large = picture.path(PictureSize::Large);
    let name = if picture.alt.is_empty() {
        place_name(show.at.get_untracked(), show.count())
    } else {
        picture.alt.clone()
    };
    view! {
        <div
            class="viewer-stage"
            node_ref=show.stage
            on:pointerdown=move |event| show.press(&event)
            on:pointermove=move |event| show.drag(&event)
            on:pointerup=move |event| show.lift(&event)
            on:pointercancel=move |_| show.let_go()
            on:wheel=move |event| show.wheel(&event)
        >
            <div class="viewer-frame" node_ref=show.frame data-held=move || show.hand.with(|hand| hand.holds())>
                <img class="viewer-preview" src=picture.preview alt="" draggable="false" />
                <img
                    class="viewer-picture"
                    src=large
                    alt=name
                    draggable="false"
                    data-loaded=move || show.loaded.get()
                    on:load=move |_| show.loaded.set(true)
                />
            </div>
        </div>
        // Whoever listens has heard it with the picture.
        <p class="viewer-words" dir="auto" aria-hidden="true">{picture.alt}</p>
    }
}

#[component]
fn Turns(show: Show) -> impl IntoView {
    view! {
        <Button class="viewer-turn" icon="back" label="Previous picture" on:click=move |_| show.grant(Wish::Previous) />
        <Button class="viewer-turn" icon="back" label="Next picture" on:click=move |_| show.grant(Wish::Next) />
        // Fetched before they are wanted.
        {move || {
            let near = show.neighbours().into_iter();
            near.map(|picture| view! { <img src=picture.path(PictureSize::Large) alt="" hidden /> }).collect_view()
        }}
    }
}

/// Lays the picture where the hand has it. The page's policy forbids styles in markup, not those of the script.
fn follow_hand(show: Show, width: u32, height: u32) {
    Effect::new(move || {
        let lie = show.hand.with(|hand| hand.lie());
        let Some(frame) = show.frame.get() else { return };
        let style = web_sys::HtmlElement::style(&frame);
        for (name, value) in [
            ("--width", width.to_string()),
            ("--height", height.to_string()),
            // Whole numbers: printing others would cost the client more than the whole viewer.
            ("translate", format!("{}px {}px", lie.by.x as i32, lie.by.y as i32)),
            ("scale", format!("{}%", (lie.scale * 100.0) as i32)),
        ] {
            // A browser that refuses shows the picture where it is.
            _ = style.set_property(name, &value);
        }
    });
}
