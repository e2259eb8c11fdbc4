//! Callbacks of the browser that run whatever becomes of the reactive scope that schedules them. What Leptos offers is
//! cancelled together with that scope, for example when an effect runs again; a queue that waits for its next turn would
//! then wait for ever.

use std::time::Duration;

use js_sys::Function;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};

/// Runs `act` once, before the next frame is painted.
pub(crate) fn run_on_next_frame(act: impl FnOnce() + 'static) {
    _ = window().request_animation_frame(&callback(Box::new(act)));
}

/// Runs `act` once, after `delay`.
pub(crate) fn run_after(act: impl FnOnce() + 'static, delay: Duration) {
    let delay_ms = i32::try_from(delay.as_millis()).unwrap_or(i32::MAX);
    _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&callback(Box::new(act)), delay_ms);
}

fn callback(act: Box<dyn FnOnce()>) -> Function {
    Closure::once_into_js(act).unchecked_into()
}
