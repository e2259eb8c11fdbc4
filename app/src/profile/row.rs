use leptos::prelude::*;
use protocol::account::PersonView;

use crate::ui::{Avatar, AvatarSize};

/// A person in a list, and what one can do about them.
#[component]
pub fn PersonRow(person: PersonView, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <li class="person">
            <Avatar person=person.clone() size=AvatarSize::Large />
            <a class="person-text" href=format!("/u/{}", person.username)>
                <span class="person-name"><bdi>{person.full_name()}</bdi></span>
                <span class="person-handle">"@" {person.username.clone()}</span>
            </a>
            {children.map(|children| children())}
        </li>
    }
}
