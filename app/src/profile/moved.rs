use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};
use protocol::account::PersonView;

/// Whether a page was asked for under a name that its person had before. How the name is written makes no difference.
pub fn has_moved(asked: &str, person: &PersonView) -> bool {
    !asked.trim().trim_start_matches('@').eq_ignore_ascii_case(&person.username)
}

/// Leads on to the page of the name that the person has now, in place of this one.
#[component]
pub fn MovedTo(path: String) -> impl IntoView {
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path options /> }
}

#[cfg(test)]
mod tests {
    use protocol::account::PersonView;
    use uuid::Uuid;

    use super::has_moved;

    #[test]
    fn only_another_name_has_moved() {
        let ana = PersonView {
            id: Uuid::nil().into(),
            username: "ana".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            picture: None,
        };
        for same in ["ana", "@ana", "ANA", " ana"] {
            assert!(!has_moved(same, &ana), "{same}");
        }
        for other in ["anna", "an_a", ""] {
            assert!(has_moved(other, &ana), "{other}");
        }
    }
}
