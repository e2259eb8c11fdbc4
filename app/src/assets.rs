/// Where the built client lies: addresses with the hash of their content in the name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The SVG sprite; `#name` picks a symbol.
    pub icons: String,
}
