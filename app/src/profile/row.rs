use leptos::prelude::*;
use protocol::account::PersonView;

use crate::ui::{Avatar, AvatarSize};

/// A person in a list, and what one can do about them.
#[component]
pub fn PersonRow(
    person: PersonView,
    /// Beside the username.
    #[prop(default = None)]
    mark: Option<AnyView>,
    /// Below it.
    #[prop(default = None)]
    note: Option<AnyView>,
    /// Whether the row has left the list.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="person" hidden=hidden>
            <Avatar person=person.clone() size=AvatarSize::Large />
            <a class="person-text" href=format!("/u/{}", person.username)>
                <span class="person-name"><bdi>{person.full_name()}</bdi></span>
                <span class="person-handle">"@" {person.username.clone()} " " {mark}</span>
                {note.map(|note| view! { <span class="person-note">{note}</span> })}
            </a>
            {children.map(|children| children())}
        </li>
    }
}
