use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use protocol::{
    account::PersonView,
    notification::{Cause, NotificationView},
};

use super::{
    api,
    cause::{count_others, place, verb},
    list::Notifications,
};
use crate::{
    form::AccountField,
    ui::{Avatar, AvatarSize, Button, ButtonLink, Time, Variant, VisuallyHidden},
};

/// A notification in the list.
#[component]
pub(super) fn Item(notification: NotificationView, list: Notifications) -> impl IntoView {
    let (id, cause) = (notification.id, notification.cause);
    let (sentence_id, href) = (format!("n-{id}"), place(&notification));
    let described = sentence_id.clone();
    let NotificationView { people, others, excerpt, happened_at, is_unread, .. } = notification;
    // Whoever goes there has read it. Where no script runs, there is "Mark all read".
    let view = move |_| {
        if is_unread {
            spawn_local(async move { _ = api::read(id).await });
        }
    };
    let delete = move |event: SubmitEvent| {
        event.prevent_default();
        list.delete(id);
    };
    view! {
        <li class="notification" data-unread=is_unread>
            {people.first().cloned().map(|person| view! { <Avatar person size=AvatarSize::Large /> })}
            <div class="notification-text">
                <p id=sentence_id>
                    {is_unread.then(|| view! { <VisuallyHidden>"Unread: "</VisuallyHidden> })}
                    <People people others cause /> " " {verb(cause)}
                </p>
                {(!excerpt.is_empty()).then(|| view! { <p class="notification-excerpt" dir="auto">{excerpt}</p> })}
                <p class="notification-note"><Time micros=happened_at.micros() /></p>
            </div>
            <div class="notification-actions">
                <ButtonLink href small=true attr:aria-describedby=described.clone() on:click=view>"View"</ButtonLink>
                <form method="post" action=format!("/notifications/{id}/delete") on:submit=delete>
                    <AccountField />
                    <Button kind="submit" variant=Variant::Plain small=true attr:aria-describedby=described>"Delete"</Button>
                </form>
            </div>
        </li>
    }
}

/// Who did it, each with a link: "Ana, Ben and 3 others".
#[component]
fn People(people: Vec<PersonView>, others: u32, cause: Cause) -> impl IntoView {
    let last = people.len().saturating_sub(1);
    let name = move |(place, person): (usize, PersonView)| {
        let before = match (place, others) {
            (0, _) => "",
            (place, 0) if place == last => " and ",
            _ => ", ",
        };
        view! {
            {before}
            <a class="person-name" href=format!("/u/{}", person.username)><bdi>{person.full_name()}</bdi></a>
        }
    };
    let rest = match cause {
        Cause::Like(post) if others > 0 => Some(view! {
            " and " <a class="person-name" href=format!("/p/{post}/likes")>{count_others(others)}</a>
        }),
        _ => None,
    };
    view! {
        {people.into_iter().enumerate().map(name).collect_view()}
        {rest}
    }
}
