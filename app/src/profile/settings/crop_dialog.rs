use leptos::{
    ev::{KeyboardEvent, PointerEvent, WheelEvent},
    html,
    prelude::*,
};
use protocol::{
    media::{PictureSize, PictureView},
    profile::SquareCrop,
};

use super::crop::{Crop, ZOOM_STEP};
use crate::{
    effect::effect,
    ui::{Button, Dialog, Variant, pressed_key},
};

/// Chooses the square of a picture that becomes the profile picture.
#[component]
pub(super) fn CropDialog(
    picture: PictureView,
    open: RwSignal<bool>,
    #[prop(into)] busy: Signal<bool>,
    on_save: Callback<SquareCrop>,
) -> impl IntoView {
    let crop = RwSignal::new(Crop::new(picture.width, picture.height));
    let save = move |_| on_save.run(crop.get_untracked().square());
    let foot = view! {
        <Button on:click=move |_| open.set(false)>"Cancel"</Button>
        <Button variant=Variant::Primary busy on:click=save>"Save picture"</Button>
    };
    view! {
        <Dialog id="crop" title="Choose a section" open foot=foot.into_any()>
            <Stage picture crop />
            <div class="crop-zoom">
                <Button small=true label="Zoom out" on:click=move |_| crop.update(|crop| crop.zoom(1.0 / ZOOM_STEP))>"−"</Button>
                <p class="field-hint">"Drag the picture, or use the arrow keys, + and −."</p>
                <Button small=true label="Zoom in" on:click=move |_| crop.update(|crop| crop.zoom(ZOOM_STEP))>"+"</Button>
            </div>
        </Dialog>
    }
}

/// The picture behind the square. It has the focus, so that keys move it.
#[component]
fn Stage(picture: PictureView, crop: RwSignal<Crop>) -> impl IntoView {
    let (stage, image) = (NodeRef::<html::Div>::new(), NodeRef::<html::Img>::new());
    let held = RwSignal::new(None::<(i32, f64, f64)>);
    lay_out(image, crop);
    let down = move |event: PointerEvent| {
        let Some(stage) = stage.get_untracked().filter(|_| event.button() == 0) else { return };
        // The picture goes on following a pointer that leaves the square.
        _ = stage.set_pointer_capture(event.pointer_id());
        held.set(Some((event.pointer_id(), event.client_x().into(), event.client_y().into())));
    };
    let moved = move |event: PointerEvent| {
        let (Some(stage), Some((id, x, y))) = (stage.get_untracked(), held.get_untracked()) else { return };
        if id == event.pointer_id() {
            let edge = f64::from(stage.client_width()).max(1.0);
            let (to_x, to_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            held.set(Some((id, to_x, to_y)));
            crop.update(|crop| crop.drag((to_x - x) / edge, (to_y - y) / edge));
        }
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let times = if event.delta_y() < 0.0 { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
        crop.update(|crop| crop.zoom(times));
    };
    let key = move |event: KeyboardEvent| {
        let Some(key) = pressed_key(&event) else { return };
        if crop.try_update(|crop| crop.key(&key)) == Some(true) {
            event.prevent_default();
        }
    };
    view! {
        <div
            class="crop-stage"
            tabindex="0"
            autofocus=true
            role="slider"
            aria-label="Section of the picture"
            aria-valuemin="100"
            aria-valuemax="800"
            aria-valuenow=move || percent(crop).to_string()
            aria-valuetext=move || format!("{} percent of its size", percent(crop))
            node_ref=stage
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| held.set(None)
            on:pointercancel=move |_| held.set(None)
            on:wheel=wheel
            on:keydown=key
        >
            <img node_ref=image src=picture.path(PictureSize::Medium) alt="" draggable="false" />
        </div>
    }
}

fn percent(crop: RwSignal<Crop>) -> i32 {
    (crop.with(Crop::zoom_level) * 100.0) as i32
}

/// Lays the picture behind the square. The page's policy forbids styles in markup, not those of the script.
fn lay_out(image: NodeRef<html::Img>, crop: RwSignal<Crop>) {
    effect(move || {
        let placement = crop.with(Crop::placement);
        let Some(image) = image.get() else { return };
        let style = web_sys::HtmlElement::style(&image);
        for (name, share) in [
            ("left", placement.left),
            ("top", placement.top),
            ("width", placement.width),
            ("height", placement.height),
        ] {
            // Whole hundredths of a percent, as numbers are printed cheaply.
            let hundredths = (share * 10_000.0) as i32;
            let sign = if hundredths < 0 { "-" } else { "" };
            let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
            // A browser that refuses shows the picture where it is.
            _ = style.set_property(name, &format!("{sign}{whole}.{rest:02}%"));
        }
    });
}
