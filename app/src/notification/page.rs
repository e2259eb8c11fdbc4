use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;
use protocol::{NotificationId, notification::NotificationView};

use super::{api, item::Item, list::Notifications};
use crate::{
    form::AccountField,
    page::{ErrorPage, Page, PageHead},
    ui::{Await, Button, ButtonLink, EmptyState, Shape, Skeleton, Variant},
};

/// For somebody who wants to know what happened while they were away.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let query = use_query_map();
    // What is no place in the list is its beginning.
    let before = Memo::new(move |_| {
        query.with(|query| query.get_str("before").and_then(|before| before.parse::<NotificationId>().ok()))
    });
    let loaded = Resource::new(move || before.get(), api::list);
    let reload = Callback::new(move |()| loaded.refetch());
    let view = move || async move {
        match loaded.await {
            Ok(loaded) => {
                let list = Notifications::new(before.get_untracked(), loaded);
                view! { <List list /> }.into_any()
            }
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! {
        <Page title="Notifications">
            <div class="notifications-head">
                <PageHead text="Notifications" />
                <ButtonLink href="/settings/notifications" variant=Variant::Plain icon="settings" label="Notification settings" />
            </div>
            <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view />
        </Page>
    }
}

#[component]
fn List(list: Notifications) -> impl IntoView {
    let key = |one: &NotificationView| {
        let people: Vec<_> = one.people.iter().map(|person| person.id).collect();
        (one.id, one.is_unread, one.others, people)
    };
    view! {
        <div class="notifications-actions" hidden=move || list.is_empty()>
            <ReadAll list />
            <DeleteAll list />
        </div>
        <ul class="notification-list card" hidden=move || list.is_empty()>
            <For each=move || list.items() key let(notification)>
                <Item notification list />
            </For>
        </ul>
        {move || list.next_address().map(|href| {
            view! { <p class="feed-more"><a class="link" href=href>"Older notifications"</a></p> }
        })}
        <Show when=move || list.is_empty()>
            <Empty list />
        </Show>
    }
}

#[component]
fn Empty(list: Notifications) -> impl IntoView {
    if !list.is_first_page() {
        return view! {
            <EmptyState title="Nothing older" icon="bell">
                <ButtonLink href="/notifications">"Latest notifications"</ButtonLink>
            </EmptyState>
        };
    }
    view! {
        <EmptyState
            title="No notifications yet"
            text="Likes, comments, new followers and messages will show up here."
            icon="bell"
        >
            <ButtonLink href="/people">"Find people"</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn ReadAll(list: Notifications) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        list.read_all();
    };
    view! {
        <form method="post" action="/notifications/read" hidden=move || !list.has_unread() on:submit=submit>
            <AccountField />
            <input type="hidden" name="through" value=move || list.through().to_string() />
            <Button kind="submit" small=true icon="check">"Mark all read"</Button>
        </form>
    }
}

/// Asks once. A `<details>` does so without a script as well.
#[component]
fn DeleteAll(list: Notifications) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        list.delete_all();
    };
    view! {
        <details class="notifications-delete">
            <summary class="button" data-variant="plain" data-size="small">"Delete all"</summary>
            <form method="post" action="/notifications/delete" on:submit=submit>
                <AccountField />
                <input type="hidden" name="through" value=move || list.through().to_string() />
                <p>"All your notifications will be deleted, read or not."</p>
                <Button kind="submit" variant=Variant::Danger small=true>"Delete all notifications"</Button>
            </form>
        </details>
    }
}
