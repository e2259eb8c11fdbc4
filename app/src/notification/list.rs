//! The notifications on the screen.

use leptos::{prelude::*, task::spawn_local};
use protocol::{
    NotificationId, Page,
    live::Topic,
    notification::{NotificationList, NotificationView},
};

use super::api;
use crate::{
    browser,
    error::AppError,
    live::live,
    ui::{Toaster, toast},
};

/// A page of the list, which follows what happens. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Notifications {
    shown: RwSignal<NotificationList>,
    /// Where the page begins.
    before: Option<NotificationId>,
    /// How often it was asked for: of two answers the one that was asked for later counts.
    asked: StoredValue<u32>,
    toast: Toaster,
}

impl Notifications {
    /// Begins with what was loaded.
    pub(super) fn new(before: Option<NotificationId>, loaded: NotificationList) -> Self {
        let list = Self { shown: RwSignal::new(loaded), before, asked: StoredValue::new(0), toast: toast() };
        live().subscribe(Topic::Notifications, move |_| list.refresh());
        live().on_open(move |welcome| {
            if welcome.resync {
                list.refresh();
            }
        });
        list
    }

    pub(super) fn items(self) -> Vec<NotificationView> {
        self.shown.with(|shown| shown.page.items.clone())
    }

    pub(super) fn is_empty(self) -> bool {
        self.shown.with(|shown| shown.page.items.is_empty())
    }

    pub(super) fn has_unread(self) -> bool {
        self.shown.with(|shown| shown.page.items.iter().any(|one| one.is_unread))
    }

    /// What "all" goes up to.
    pub(super) fn through(self) -> NotificationId {
        self.shown.with(|shown| shown.through)
    }

    /// Whether it begins at the latest.
    pub(super) fn is_first_page(self) -> bool {
        self.before.is_none()
    }

    /// The address of what came before.
    pub(super) fn next_address(self) -> Option<String> {
        self.shown.with(|shown| {
            let last = shown.page.items.last().filter(|_| shown.page.more)?;
            Some(format!("/notifications?before={}", last.id))
        })
    }

    /// Takes one off the screen at once, and deletes it.
    pub(super) fn delete(self, notification: NotificationId) {
        self.change(
            move |shown| shown.page.items.retain(|one| one.id != notification),
            api::delete(notification),
        );
        browser::focus("#main");
    }

    /// Takes all off the screen at once, and deletes them.
    pub(super) fn delete_all(self) {
        let through = untrack(move || self.through());
        self.change(|shown| shown.page = Page::empty(), api::delete_all(through));
        browser::focus("#main");
    }

    /// Marks all as read.
    pub(super) fn read_all(self) {
        let through = untrack(move || self.through());
        let read = |shown: &mut NotificationList| {
            shown.page.items.iter_mut().for_each(|one| one.is_unread = false);
        };
        self.change(read, api::read_all(through));
    }

    /// Shows at once what `change` makes of the list, and what the server says once it has done so.
    fn change(
        self,
        change: impl FnOnce(&mut NotificationList),
        done: impl Future<Output = Result<(), AppError>> + 'static,
    ) {
        // What is on its way still has it.
        self.ask();
        self.shown.update(change);
        spawn_local(async move {
            if let Err(error) = done.await {
                self.toast.report(&error);
            }
            self.refresh();
        });
    }

    fn ask(self) -> Option<u32> {
        self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        })
    }

    fn refresh(self) {
        let Some(asked) = self.ask() else { return };
        spawn_local(async move {
            let loaded = api::list(self.before).await;
            if let Ok(loaded) = loaded
                && self.asked.try_get_value() == Some(asked)
            {
                self.shown.try_set(loaded);
            }
        });
    }
}
