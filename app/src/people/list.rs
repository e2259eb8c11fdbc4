use std::{future::Future, pin::Pin, sync::Arc};

use leptos::{ev::MouseEvent, prelude::*};
use protocol::{Page, profile::PeopleCursor};

use crate::{
    browser,
    error::AppError,
    ui::{Toaster, toast},
};

type Loaded<T> = Pin<Box<dyn Future<Output = Result<Page<T>, AppError>>>>;

/// People on the screen, and the way to more of them. Cheap to copy.
pub struct PeopleList<T: 'static> {
    items: RwSignal<Vec<T>>,
    more: RwSignal<bool>,
    loading: StoredValue<bool>,
    way: StoredValue<Way<T>>,
}

struct Way<T> {
    cursor: fn(&T) -> PeopleCursor,
    address: Arc<dyn Fn(PeopleCursor) -> String + Send + Sync>,
    load: Arc<dyn Fn(PeopleCursor) -> Loaded<T> + Send + Sync>,
}

impl<T> Clone for PeopleList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PeopleList<T> {}

impl<T: Clone + Send + Sync> PeopleList<T> {
    /// Begins with a page of them. `address` is the page after a person, for whoever has no script, and `load` loads it.
    pub fn new(
        page: Page<T>,
        cursor: fn(&T) -> PeopleCursor,
        address: impl Fn(PeopleCursor) -> String + Send + Sync + 'static,
        load: impl Fn(PeopleCursor) -> Loaded<T> + Send + Sync + 'static,
    ) -> Self {
        Self {
            items: RwSignal::new(page.items),
            more: RwSignal::new(page.more),
            loading: StoredValue::new(false),
            way: StoredValue::new(Way { cursor, address: Arc::new(address), load: Arc::new(load) }),
        }
    }

    /// Those who are there; nobody once the list is gone, whose view may stay a moment longer.
    pub fn items(self) -> Vec<T> {
        self.items.try_get().unwrap_or_default()
    }

    /// Whether nobody is there.
    pub fn is_empty(self) -> bool {
        self.items.with(Vec::is_empty)
    }

    /// Takes people out.
    pub fn remove(self, is_gone: impl Fn(&T) -> bool) {
        self.items.try_update(|items| items.retain(|item| !is_gone(item)));
    }

    /// Where the list goes on.
    fn next(self) -> Option<PeopleCursor> {
        let cursor = self.way.try_with_value(|way| way.cursor)?;
        self.items.with(|items| items.last().map(cursor)).filter(|_| self.more.get())
    }

    fn next_address(self) -> Option<String> {
        let next = self.next()?;
        self.way.try_with_value(|way| (way.address)(next))
    }

    /// Adds those who come next.
    fn load_more(self, toast: Toaster) {
        let Some(next) = untrack(move || self.next()) else { return };
        if self.loading.try_update_value(|loading| std::mem::replace(loading, true)) != Some(false) {
            return;
        }
        let Some(load) = self.way.try_with_value(|way| Arc::clone(&way.load)) else { return };
        leptos::task::spawn_local(async move {
            let page = load(next).await;
            self.loading.try_set_value(false);
            match page {
                Ok(page) => self.append(page),
                Err(error) => toast.report(&error),
            }
        });
    }

    fn append(self, page: Page<T>) {
        let known = self.items.try_update(|items| {
            let known = items.len();
            items.extend(page.items);
            known
        });
        let Some(known) = known else { return };
        self.more.set(page.more);
        // Who goes on with the keyboard goes on with the first of the new ones.
        let first = known + 1;
        browser::focus(&format!(".person:nth-child({first}) .person-text, .partner:nth-child({first}) a"));
    }
}

/// The way to more people of a list.
#[component]
pub fn LoadMorePeople<T: Clone + Send + Sync + 'static>(list: PeopleList<T>) -> impl IntoView {
    let toast = toast();
    let more = move |event: MouseEvent| {
        event.prevent_default();
        list.load_more(toast);
    };
    move || {
        list.next_address().map(|href| {
            view! { <p class="feed-more"><a class="link" href=href on:click=more>"More people"</a></p> }
        })
    }
}
