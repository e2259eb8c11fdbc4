use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::{SAVED, typed::Typed};
use crate::{
    browser,
    error::{self, AppError},
    form::{self, AccountField},
    profile::api,
    ui::{Button, Field, toast},
};

const ACTION: &str = "/settings/profile/username";

/// The name in one's address.
#[component]
pub(super) fn UsernameForm(username: String) -> impl IntoView {
    let start = form::start(ACTION);
    let value = if start.problem().is_some() { start.value("username") } else { username };
    let problem = RwSignal::new(start.error("username").or_else(|| start.notice()));
    let (busy, toast, node) = (RwSignal::new(false), toast(), NodeRef::<html::Form>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = node.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let username = Typed::of(&form).value("username");
        busy.set(true);
        spawn_local(async move {
            match api::change_username(username).await {
                Ok(()) => return browser::navigate(SAVED),
                Err(error @ AppError::Transport) => toast.report(&error),
                Err(AppError::Problem(other)) => {
                    let reason =
                        other.reason_for("username").map(|reason| error::reason("username", *reason));
                    problem.try_set(Some(reason.unwrap_or_else(|| error::sentence(&other))));
                    browser::focus("#username");
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="setting" aria-labelledby="username-title">
            <div class="setting-head">
                <h2 id="username-title">"Username"</h2>
                <p>
                    "You can change it 3 times in 30 days. Links to the old name lead to you for 90 days, and nobody else can take it until then."
                </p>
            </div>
            <form class="form" node_ref=node novalidate method="post" action=ACTION on:submit=submit>
                <AccountField />
                <Field label="Username" name="username" autocomplete="username" value error=problem />
                <div class="setting-foot">
                    <Button kind="submit" busy>"Change username"</Button>
                </div>
            </form>
        </section>
    }
}
