//! Plain forms: what the server sends back when it rejects one.
//!
//! A form posts to a route of the host, with or without a script. On success the answer leads on; otherwise the page
//! comes again with the problem and with everything that was typed.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Problem, account::ACCOUNT_FIELD, media::PictureView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsCast;

use crate::{effect::effect, error, session};

/// A rejected form. The host provides it while it renders the page again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The path that the form was posted to.
    pub action: String,
    /// What was typed, but for passwords.
    pub values: Vec<(String, String)>,
    /// Why it was rejected.
    pub problem: Problem,
    /// The pictures that it had, described as it said: the host has kept them.
    pub pictures: Vec<PictureView>,
    /// Whether it had others, which the host has not kept.
    pub lost_pictures: bool,
}

impl Returned {
    /// What is wrong, as one sentence, and what has to be done again.
    pub fn sentence(&self) -> String {
        let sentence = error::sentence(&self.problem);
        if self.lost_pictures { format!("{sentence} {LOST_PICTURES}") } else { sentence }
    }
}

/// A browser does not put files back into a form.
const LOST_PICTURES: &str = "Missing pictures weren’t saved. Add them again.";

/// What a form starts with: nothing, or what was typed before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start(Option<Returned>);

impl Start {
    /// What was typed into `field`.
    pub fn value(&self, field: &str) -> String {
        let typed = self.0.iter().flat_map(|returned| &returned.values);
        typed.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).next().unwrap_or_default()
    }

    /// Whether `field` had this value, as one of perhaps several.
    pub fn has(&self, field: &str, value: &str) -> bool {
        let mut typed = self.0.iter().flat_map(|returned| &returned.values);
        typed.any(|(name, typed)| name == field && typed == value)
    }

    /// What is wrong with `field`.
    pub fn error(&self, field: &str) -> Option<String> {
        self.0.as_ref()?.problem.reason_for(field).map(|reason| error::reason(field, *reason))
    }

    /// What is wrong besides the fields.
    pub fn notice(&self) -> Option<String> {
        let problem = self.problem()?;
        (!matches!(problem, Problem::Invalid { .. })).then(|| error::sentence(problem))
    }

    /// What is wrong, as one sentence, wherever it belongs.
    pub fn sentence(&self) -> Option<String> {
        self.0.as_ref().map(Returned::sentence)
    }

    /// The pictures that it had.
    pub fn pictures(&self) -> Vec<PictureView> {
        self.0.as_ref().map(|returned| returned.pictures.clone()).unwrap_or_default()
    }

    /// What is wrong.
    pub fn problem(&self) -> Option<&Problem> {
        self.0.as_ref().map(|returned| &returned.problem)
    }
}

/// What the form that posts to `action` starts with. Only the page that the server sent has something to give back, not
/// one that was opened in the browser afterwards.
pub fn start(action: &str) -> Start {
    let returned =
        use_context::<StoredValue<Option<Returned>>>().and_then(|stored| stored.try_get_value()).flatten();
    Start(returned.filter(|returned| returned.action == action))
}

/// Makes ids for plain forms. Only there while the host renders.
#[derive(Clone)]
pub struct NewId(Arc<dyn Fn() -> Option<Uuid> + Send + Sync>);

impl NewId {
    /// Makes them by `make`.
    pub fn new(make: impl Fn() -> Option<Uuid> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
}

/// An id that makes sending a plain form twice harmless; empty in the browser, where forms are not sent like that.
pub fn new_id() -> String {
    use_context().and_then(|NewId(make)| make()).map(|id| id.to_string()).unwrap_or_default()
}

/// Says for which account the page was made. It stands in every form that posts: the host refuses one that was made for
/// another account than its cookie stands for.
#[component]
pub fn AccountField() -> impl IntoView {
    view! { <input type="hidden" name=ACCOUNT_FIELD value=session::account_value() /> }
}

/// Provides the rejected form that the server rendered the page with; called once, at the root.
pub fn provide_returned() {
    let returned = SharedValue::new(use_context::<Returned>).into_inner();
    if returned.is_some() {
        effect(focus_first_problem);
    }
    provide_context(StoredValue::new(returned));
}

/// Focuses the first invalid field.
fn focus_first_problem() {
    let field = document().query_selector("[aria-invalid=true]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused still says what is wrong.
        _ = field.focus();
    }
}
