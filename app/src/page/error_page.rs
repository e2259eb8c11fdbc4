use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use protocol::Problem;

use super::{Page, here, set_status};
use crate::{
    browser,
    effect::effect,
    error::AppError,
    ui::{ButtonLink, Logo, Variant},
};

/// The page for an address without a page, or with one that the reader may not see.
#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <Page title="Not found" wide=true>
            <div class="error-page">
                <Logo apart=true />
                <h1>"Page not found"</h1>
                <p>"It may have been removed, or there's a typo in the address."</p>
                <div class="button-row">
                    <ButtonLink href="/" variant=Variant::Primary>"Go home"</ButtonLink>
                </div>
                <p class="error-page-code">"404"</p>
            </div>
        </Page>
    }
}

/// How often the connection is checked while the page could not be loaded.
const RETRY_INTERVAL: Duration = Duration::from_secs(3);

/// The page in place of one that could not be loaded. After a connection error, it reloads by itself when the server is
/// reachable again.
#[component]
pub fn ErrorPage(
    error: AppError,
    /// Loads what did not come, without loading all else.
    #[prop(optional)]
    reload: Option<Callback<()>>,
) -> impl IntoView {
    if error.problem() == Problem::NotFound {
        return view! { <NotFound /> }.into_any();
    }
    let again = here();
    let (title, head) = match error {
        AppError::Transport => ("No connection", "No connection"),
        AppError::Problem(_) => ("Something went wrong", "Something went wrong"),
    };
    if let (AppError::Transport, Some(reload)) = (&error, reload) {
        effect(move || {
            // Not over the socket: visitors have none.
            // Ends with this page.
            _ = set_interval(move || spawn_local(reload_if_reachable(reload)), RETRY_INTERVAL);
        });
    }
    view! {
        <Page title wide=true>
            <div class="error-page">
                <Logo apart=true />
                <h1>{head}</h1>
                <p>{error.sentence()}</p>
                <div class="button-row">
                    // A plain load, not a change of the page: it starts everything anew.
                    <a class="button" data-variant="primary" href=again rel="external">"Try again"</a>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

async fn reload_if_reachable(reload: Callback<()>) {
    if browser::is_server_reachable().await {
        reload.try_run(());
    }
}
