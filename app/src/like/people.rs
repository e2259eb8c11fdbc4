use leptos::prelude::*;
use protocol::{Page, PostId, profile::ListedPerson};

use super::api;
use crate::{browser, ui::Toaster};

/// The people on the screen, and whether there are more. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    post: PostId,
    pub(super) listed: RwSignal<Vec<ListedPerson>>,
    more: RwSignal<bool>,
    loading: StoredValue<bool>,
}

impl People {
    /// Begins with a page of them.
    pub(super) fn new(post: PostId, page: Page<ListedPerson>) -> Self {
        Self {
            post,
            listed: RwSignal::new(page.items),
            more: RwSignal::new(page.more),
            loading: StoredValue::new(false),
        }
    }

    /// Whether nobody was there when the page came.
    pub(super) fn is_empty(self) -> bool {
        self.listed.with_untracked(Vec::is_empty)
    }

    /// The page of those who come next.
    pub(super) fn next_address(self) -> Option<String> {
        let last = self.listed.with(|listed| listed.last().map(ListedPerson::cursor));
        last.filter(|_| self.more.get()).map(|last| format!("/p/{}/likes?after={last}", self.post))
    }

    /// Adds those who come next.
    pub(super) fn load_more(self, toast: Toaster) {
        let last = self.listed.with_untracked(|listed| listed.last().map(ListedPerson::cursor));
        if self.loading.try_update_value(|loading| std::mem::replace(loading, true)) != Some(false) {
            return;
        }
        leptos::task::spawn_local(async move {
            let page = api::people(self.post, last).await;
            self.loading.try_set_value(false);
            match page {
                Ok(page) => self.append(page),
                Err(error) => toast.report(&error),
            }
        });
    }

    fn append(self, page: Page<ListedPerson>) {
        let known = self.listed.try_update(|listed| {
            let known = listed.len();
            listed.extend(page.items);
            known
        });
        let Some(known) = known else { return };
        self.more.set(page.more);
        // Who goes on with the keyboard goes on with the first of the new ones.
        browser::focus(&format!(".person:nth-child({}) .person-text", known + 1));
    }
}
