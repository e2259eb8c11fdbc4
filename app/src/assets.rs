use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where the built client lies: addresses with the hash of their content in the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    /// The stylesheet of every page. Those of the parts lie beside it, each under the name of its part.
    pub css: String,
    /// The SVG sprite; `#name` picks a symbol.
    pub icons: String,
    /// Whether it is a development build.
    #[serde(default)]
    pub dev: bool,
}

/// Provides the addresses that the server rendered the page with; called once, at the root.
pub fn provide() {
    if let Some(assets) = SharedValue::new(use_context::<Assets>).into_inner() {
        provide_context(assets);
    }
}

impl Assets {
    /// The stylesheet of a part of the client.
    pub fn part_css(&self, part: &str) -> String {
        sibling(&self.css, part)
    }
}

/// The stylesheet of `part` beside the one at `css`.
pub(crate) fn sibling(css: &str, part: &str) -> String {
    let folder = css.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{part}.css")
}
