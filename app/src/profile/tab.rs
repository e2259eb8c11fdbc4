use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use protocol::{account::PersonView, profile::ProfileTab};

use crate::ui::{Tab, Tabs};

/// The tab that the query of an address names, and the place in it. What is no place is its beginning.
pub(super) fn tab_in(query: &ParamsMap) -> ProfileTab {
    let before = query.get_str("before");
    match query.get_str("tab") {
        Some("pictures") => ProfileTab::Pictures(before.and_then(|id| id.parse().ok())),
        Some("about") => ProfileTab::About,
        _ => ProfileTab::Posts(before.and_then(|id| id.parse().ok())),
    }
}

/// What there is of a person, one beside the other.
#[component]
pub(super) fn ProfileTabs(person: PersonView, tab: ProfileTab) -> impl IntoView {
    let path = format!("/u/{}", person.username);
    let (posts, pictures) = (matches!(tab, ProfileTab::Posts(_)), matches!(tab, ProfileTab::Pictures(_)));
    view! {
        <div class="profile-tabs">
            <Tabs label="Profile">
                <Tab href=path.clone() current=posts>"Posts"</Tab>
                <Tab href=format!("{path}?tab=pictures") current=pictures>"Pictures"</Tab>
                <Tab href=format!("{path}?tab=about") current={tab == ProfileTab::About}>"About"</Tab>
            </Tabs>
        </div>
    }
}
