use leptos::prelude::*;
use protocol::account::PersonView;

use super::{Entry, Outbox, PendingStatus};
use crate::{
    session,
    ui::{KeyedList, Row},
};

/// What one has written here and the server has not stored yet.
#[component]
pub(crate) fn PendingList<Entries, Render>(
    /// Which entries stand here, in their order.
    entries: Entries,
    /// Shows one of them: a [`PendingItem`]. The author is whoever reads this.
    render: Render,
) -> impl IntoView
where
    Entries: Fn() -> Vec<Entry> + Send + Sync + 'static,
    Render: Fn(Entry, PersonView) -> AnyView + Clone + Send + Sync + 'static,
{
    let author = session::me()?.person;
    let row = move |entry: Entry| {
        let (key, version) = (entry.client_id.as_u128(), u32::from(entry.problem.is_some()));
        let (render, author) = (render.clone(), author.clone());
        Row::new(key, version, move || render(entry, author))
    };
    let rows = move || entries().into_iter().map(&row).collect();
    Some(view! { <KeyedList rows /> })
}

/// One of them, where it will stand: an article named after its author, its state below it.
#[component]
pub(crate) fn PendingItem(
    outbox: Outbox,
    entry: Entry,
    /// That of what it will be.
    class: &'static str,
    /// What is said while all goes well.
    busy: &'static str,
    /// Takes it back into its form, if it still has one.
    on_edit: Option<Callback<()>>,
    /// Its head and body; the element with the author's name has this id.
    content: impl FnOnce(String) -> AnyView,
) -> impl IntoView {
    let Entry { client_id, problem, .. } = entry;
    let (title_id, is_refused) = (format!("pending-{client_id}-by"), problem.is_some());
    let content = content(title_id.clone());
    view! {
        <article
            class=class
            data-state=if is_refused { "failed" } else { "sending" }
            aria-labelledby=title_id
            aria-busy=(!is_refused).then_some("true")
        >
            {content}
            <PendingStatus outbox client_id problem busy on_edit />
        </article>
    }
}
