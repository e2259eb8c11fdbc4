use leptos::prelude::*;

/// A row of a [`KeyedList`].
pub struct Row {
    key: (u128, u32),
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Row {
    /// A row under its key, which is made anew when its version changes.
    pub fn new(key: u128, version: u32, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key: (key, version), view: Box::new(view) }
    }
}

/// Rows that stay where they are while the list changes around them: each is made once. Leptos compiles its `For` for every
/// type of row and key; here all lists have one, so that its eight kilobytes are in the client once.
#[component]
pub fn KeyedList(rows: impl Fn() -> Vec<Row> + Send + 'static) -> impl IntoView {
    let rows: Box<dyn Fn() -> Vec<Row> + Send> = Box::new(rows);
    view! { <For each=rows key=|row| row.key children=|row: Row| (row.view)() /> }
}
