use leptos::prelude::*;
use protocol::account::PersonView;

use crate::ui::{Avatar, AvatarSize};

/// A person in a list.
#[component]
pub fn PersonRow(person: PersonView) -> impl IntoView {
    view! {
        <li class="person">
            <Avatar person=person.clone() size=AvatarSize::Large />
            <a class="person-text" href=format!("/u/{}", person.username)>
                <span class="person-name"><bdi>{person.full_name()}</bdi></span>
                <span class="person-handle">"@" {person.username.clone()}</span>
            </a>
        </li>
    }
}
