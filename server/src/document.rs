//! The HTML around the app.

use app::{App, assets::Assets, pages::styled_parts};
use axum::http::request::Parts;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use protocol::{account::MeView, preference::Theme};

use crate::assets::Client;

/// The address of a page that comes in answer to a form, whose own address the browser has.
#[derive(Clone)]
pub(crate) struct Address(pub(crate) String);

/// A whole page.
#[component]
pub(crate) fn Document(client: Client) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let wasm = std::iter::once(&client.assets.wasm).chain(client.part_files(&path));
    let wasm = wasm.cloned().map(|address| view! { <Preload address /> }).collect_view();
    let assets = client.assets;
    let script = start_script(&assets);
    let address = use_context::<Address>().map(|Address(address)| address);
    let me = use_context::<MeView>();
    let styles = styled_parts(&path, me.is_some()).map(|part| assets.part_css(part));
    let styles = styles.map(|href| view! { <link rel="stylesheet" href=href /> }).collect_view();
    // Where the script finds for whom this page was made, whatever runs when.
    let account = me.as_ref().map(|me| me.person.id.to_string()).unwrap_or_default();
    // What follows the system needs no mark.
    let theme = me.map(|me| me.preferences.theme).filter(|theme| *theme != Theme::System).map(Theme::name);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-address=address data-account=account data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css.clone() />
                {styles}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="modulepreload" href=assets.js />
                <link rel="modulepreload" href=client.loader />
                {wasm}
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

/// Fetches wasm before the script asks for it.
#[component]
fn Preload(address: String) -> impl IntoView {
    view! { <link rel="preload" href=address r#as="fetch" r#type="application/wasm" crossorigin="anonymous" /> }
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
