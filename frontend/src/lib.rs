//! The client: takes over the page that the server rendered.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Called by the page once the client is loaded. Fails when the part of the client does not come that the page needs.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsError> {
    console_error_panic_hook::set_once();
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    if !app::pages::load(&path).await {
        return Err(JsError::new("the part of the client with this page did not come"));
    }
    leptos::mount::hydrate_body(app::App);
    Ok(())
}
