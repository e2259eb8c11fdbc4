//! Finding people, and posts.

use std::{fmt::Write, time::Duration};

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    schedule::run_after,
    ui::{Icon, IconSize},
};

pub mod api;
mod page;
mod posts;

pub use page::PeoplePage;

/// The pause while typing after which the search runs.
const DEBOUNCE: Duration = Duration::from_millis(250);

/// One line to search with. Results come while one types; without a script, with Enter.
#[component]
pub fn SearchForm(
    /// The page of the results, which reads `q`.
    #[prop(into)]
    action: String,
    /// The name of the field.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    typed: String,
    /// What else the page of the results reads.
    #[prop(optional)]
    tab: Signal<Option<&'static str>>,
) -> impl IntoView {
    let navigate = use_navigate();
    let path = action.clone();
    let search = move |text: &str, replace: bool| {
        let tab = tab.get_untracked().map(|tab| format!("&tab={tab}")).unwrap_or_default();
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{path}?q={}{tab}", encoded(text)), options);
    };
    let latest = StoredValue::new(typed.clone());
    let search_now = search.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(text) = latest.try_get_value() {
            search_now(&text, false);
        }
    };
    let input = move |event| {
        let text: String = event_target_value(&event);
        latest.set_value(text.clone());
        let search = search.clone();
        run_after(
            move || {
                if latest.try_with_value(|latest| *latest == text) == Some(true) {
                    search(&text, true);
                }
            },
            DEBOUNCE,
        );
    };
    view! {
        <form class="people-search" role="search" method="get" action=action on:submit=submit>
            <div class="field-control">
                <Icon name="search" size=IconSize::Small />
                <input
                    class="field-input"
                    type="search"
                    name="q"
                    aria-label=label.clone()
                    placeholder=label
                    value=typed
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength="100"
                    on:input=input
                />
            </div>
            {move || tab.get().map(|tab| view! { <input type="hidden" name="tab" value=tab /> })}
        </form>
    }
}

/// A text as the value of a query.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn whatever_is_typed_stays_one_value_of_a_query() {
        assert_eq!(encoded("a&b=c#d é+"), "a%26b%3Dc%23d%20%C3%A9%2B");
    }
}
