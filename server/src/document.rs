//! The HTML around the app.

use app::{App, assets::Assets};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::page::Address;

/// A whole page.
#[component]
pub(crate) fn Document(assets: Assets) -> impl IntoView {
    let script = start_script(&assets);
    let address = use_context::<Address>().map(|Address(address)| address);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-address=address>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="modulepreload" href=assets.js.clone() />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <script type="module" nonce=use_nonce()>
                    {script}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Starts the client. Leptos' own component asks for the wasm in a way that some browsers fetch twice or refuse; and a
/// client that does not start leaves a page that works without it, so it only says so. A page that came in answer to a
/// form has the form's address, which is no page: it gets its own.
fn start_script(assets: &Assets) -> String {
    format!(
        "const {{ address }} = document.documentElement.dataset;\n\
         if (address) history.replaceState(null, '', address);\n\
         import start, {{ hydrate }} from '{js}';\n\
         start({{ module_or_path: '{wasm}' }}).then(hydrate).catch((error) => {{\n\
           document.documentElement.dataset.hydration = 'failed';\n\
           console.error(error);\n\
         }});",
        js = assets.js,
        wasm = assets.wasm,
    )
}
