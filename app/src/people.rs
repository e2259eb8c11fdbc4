//! People in lists, and what one can do about each of them there.

use leptos::prelude::*;
use protocol::{account::PersonView, profile::Relation};

use crate::{
    block::PersonMenu,
    follow::{FollowButton, FollowMark, follow_state},
    profile::PersonRow,
    ui::MenuLink,
};

mod follow_list;
mod list;

pub use follow_list::{FollowersPage, FollowingPage};
pub use list::{LoadMorePeople, PeopleList};

/// A person in a list, whom one can follow, write to and block. Who is blocked leaves the list.
#[component]
pub fn PersonItem(
    person: PersonView,
    relation: Relation,
    /// Why this person is here.
    #[prop(optional, into)]
    note: Option<String>,
    /// Beside "Follow".
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let blocked = RwSignal::new(false);
    let state = follow_state(person.id, relation);
    let mark = view! { <FollowMark relation state=state.clone() /> }.into_any();
    let note = note.map(IntoAny::into_any);
    let (shown, name) = (person.clone(), person.full_name());
    let chat = format!("/chat/{}", person.username);
    view! {
        <PersonRow person=shown mark=Some(mark) note hidden=blocked>
            {(relation != Relation::Oneself).then(|| view! {
                <FollowButton person=person.clone() state in_list=true />
                {children.map(|children| children())}
                <PersonMenu
                    id=format!("person-{}", person.id)
                    label=format!("Options for {name}")
                    person
                    on_change=Callback::new(move |is_blocked| blocked.set(is_blocked))
                >
                    <MenuLink href=chat icon="chat">"Message"</MenuLink>
                </PersonMenu>
            })}
        </PersonRow>
    }
}
