//! What browsers have for passkeys: Web Authentication (level 3), whose options and answers they read and write as JSON.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type PublicKeyCredential;

    #[wasm_bindgen(catch, static_method_of = PublicKeyCredential, js_name = parseCreationOptionsFromJSON)]
    fn parse_creation_options(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, static_method_of = PublicKeyCredential, js_name = parseRequestOptionsFromJSON)]
    fn parse_request_options(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    async fn create_credential(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    async fn get_credential(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Why there is no answer, as it is said.
pub(crate) type Sentence = String;

/// Has the person make a passkey as `options` say; the browser's answer as JSON.
pub(crate) async fn create(options: &str) -> Result<String, Sentence> {
    let made = async {
        let options = public_key(PublicKeyCredential::parse_creation_options(&JSON::parse(options)?)?)?;
        text(&create_credential(&options).await?)
    };
    made.await.map_err(|error| sentence(&error))
}

/// Asks for whichever passkey the person chooses; the browser's answer as JSON.
pub(super) async fn get(options: &str) -> Result<String, Sentence> {
    let given = async {
        let options = public_key(PublicKeyCredential::parse_request_options(&JSON::parse(options)?)?)?;
        text(&get_credential(&options).await?)
    };
    given.await.map_err(|error| sentence(&error))
}

fn public_key(options: JsValue) -> Result<JsValue, JsValue> {
    let wrapped = Object::new();
    Reflect::set(&wrapped, &"publicKey".into(), &options)?;
    Ok(wrapped.into())
}

/// A credential writes itself as JSON (section 5.1).
fn text(credential: &JsValue) -> Result<String, JsValue> {
    JSON::stringify(credential).map(String::from)
}

fn sentence(error: &JsValue) -> Sentence {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    let sentence = match name.as_deref() {
        Some("NotAllowedError" | "AbortError") => "That was cancelled, or took too long. Try again.",
        Some("InvalidStateError") => "This device already has a passkey for your account.",
        Some("TypeError" | "ReferenceError" | "NotSupportedError") => "This browser can’t use passkeys.",
        _ => "That didn’t work. Try again, or use another device.",
    };
    sentence.to_owned()
}
