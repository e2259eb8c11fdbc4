//! Asking for a copy of everything that one has here.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{
    ExportId,
    export::{ExportState, ExportView},
};

use crate::{
    effect::effect,
    error::AppError,
    form::AccountField,
    page::ErrorPage,
    schedule::run_after,
    settings::SettingsPage,
    ui::{Await, Button, Icon, Notice, Shape, Skeleton},
};

pub mod api;

/// Between two looks at how far it is.
const PAUSE: Duration = Duration::from_secs(2);

/// For somebody who wants to have what is theirs, or to leave.
#[component]
pub fn ExportPage() -> impl IntoView {
    let latest = Resource::new(|| (), |()| api::latest());
    let reload = Callback::new(move |()| latest.refetch());
    let view = move || async move {
        match latest.await {
            Ok(export) => view! { <Export export /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row count=1 /> } view /> }
}

#[component]
fn Export(export: Option<ExportView>) -> impl IntoView {
    let export = RwSignal::new(export);
    look_until_ready(export);
    view! {
        <SettingsPage title="Your data">
            <section class="setting" aria-labelledby="export">
                <div class="setting-head">
                    <h2 id="export">"Download your data"</h2>
                    <p>"A ZIP file with everything you have here: posts, comments, likes, messages, people and pictures, to read in a browser and for other programs."</p>
                </div>
                {move || match export.get() {
                    Some(ExportView { state: ExportState::Making { done, total }, .. }) => {
                        view! { <Making done total /> }.into_any()
                    }
                    Some(ExportView { id, state: ExportState::Ready { bytes, .. }, .. }) => {
                        view! { <Ready id bytes /><Request label="Prepare a new file" /> }.into_any()
                    }
                    None => view! { <Request label="Prepare download" /> }.into_any(),
                }}
            </section>
        </SettingsPage>
    }
}

#[component]
fn Request(label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action="/settings/export">
            <AccountField />
            <Button kind="submit">{label}</Button>
        </form>
    }
}

#[component]
fn Making(done: u32, total: u32) -> impl IntoView {
    let progress = if total == 0 { "Getting started …".to_owned() } else { format!("{done} of {total}") };
    view! {
        <div class="setting-progress" role="status">
            <label for="export-progress">"Preparing your file …"</label>
            <progress id="export-progress" max=total.max(1).to_string() value=done.to_string()>{progress.clone()}</progress>
            <p>{progress} ". You can leave this page."</p>
        </div>
        <noscript><p><a class="link" href="/settings/export">"See how far it is"</a></p></noscript>
    }
}

#[component]
fn Ready(id: ExportId, bytes: u64) -> impl IntoView {
    view! {
        <Notice title="Your file is ready">"It is kept here for a week. Only you can download it."</Notice>
        <div class="button-row">
            <a class="button" data-variant="primary" href=format!("/export/{id}") download="kith.zip" rel="external">
                <Icon name="download" />
                <span>{format!("Download ({})", size(bytes))}</span>
            </a>
        </div>
    }
}

/// Asks how far it is until it is ready.
fn look_until_ready(export: RwSignal<Option<ExportView>>) {
    effect(move || {
        let is_making = export
            .with(|export| export.is_some_and(|export| matches!(export.state, ExportState::Making { .. })));
        if is_making {
            run_after(move || leptos::task::spawn_local(look(export)), PAUSE);
        }
    });
}

async fn look(export: RwSignal<Option<ExportView>>) {
    let found: Result<_, AppError> = api::latest().await;
    // Without an answer, the next look comes all the same.
    let now = found.ok().or_else(|| export.try_get_untracked());
    if let Some(now) = now {
        _ = export.try_set(now);
    }
}

/// As people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_written_as_people_say_it() {
        for (bytes, text) in [(1, "1 kB"), (12_300, "13 kB"), (5_000_000, "5 MB"), (1_250_000_000, "1.2 GB")]
        {
            assert_eq!(size(bytes), text);
        }
    }
}
