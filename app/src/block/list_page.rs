use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{Page, block::BlockedPerson};

use super::{UnblockButton, api};
use crate::{
    page::ErrorPage,
    people::{LoadMorePeople, PeopleList},
    profile::PersonRow,
    settings::SettingsPage,
    ui::{Await, ButtonLink, EmptyState, Shape, Skeleton, Time, toast},
};

/// For somebody who wants to see whom they blocked.
#[component]
pub fn BlockedPage() -> impl IntoView {
    let query = use_query_map();
    // What is no place in the list is its beginning.
    let after =
        Memo::new(move |_| query.with(|query| query.get_str("after").and_then(|after| after.parse().ok())));
    let blocked = Resource::new(move || after.get(), api::list);
    let reload = Callback::new(move |()| blocked.refetch());
    let view = move || async move {
        match blocked.await {
            Ok(people) => view! { <Blocked people /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn Blocked(people: Page<BlockedPerson>) -> impl IntoView {
    let list = PeopleList::new(
        people,
        BlockedPerson::cursor,
        |after| format!("/settings/blocked?after={after}"),
        |after| Box::pin(api::list(Some(after))),
    );
    view! {
        <SettingsPage title="Blocked people">
            <section aria-labelledby="blocked-title">
                <h2 id="blocked-title" class="card-title">"Blocked people"</h2>
                <p class="field-hint">
                    "You and the people you block don’t see each other anywhere on Kith. They aren’t told."
                </p>
                <ul class="person-list card" hidden=move || list.is_empty()>
                    <For each=move || list.items() key=|blocked| blocked.person.id let(blocked)>
                        <BlockedRow blocked list />
                    </For>
                </ul>
                <LoadMorePeople list />
                <Show when=move || list.is_empty()>
                    <EmptyState title="You haven’t blocked anyone" text="People you block will show up here." icon="block">
                        <ButtonLink href="/people">"Find people"</ButtonLink>
                    </EmptyState>
                </Show>
            </section>
        </SettingsPage>
    }
}

#[component]
fn BlockedRow(blocked: BlockedPerson, list: PeopleList<BlockedPerson>) -> impl IntoView {
    let BlockedPerson { person, since } = blocked;
    let (id, name, toast) = (person.id, person.short_name().to_owned(), toast());
    let reload = Callback::new(move |()| {
        toast.notify(format!("{name} is unblocked."));
        list.remove(|blocked| blocked.person.id == id);
    });
    let note = view! { "Blocked " <Time micros=since.micros() /> }.into_any();
    view! {
        <PersonRow person=person.clone() note=Some(note)>
            <UnblockButton person reload in_list=true />
        </PersonRow>
    }
}
