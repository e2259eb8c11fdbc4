//! Who is signed in, as the page knows it. Signing in and out load a new page, so it never changes within one.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{AccountId, account::MeView};

/// The person who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Session(StoredValue<Option<MeView>>);

/// Provides the session that the server rendered the page with; called once, at the root.
pub fn provide() {
    let me = SharedValue::new(use_context::<MeView>).into_inner();
    provide_context(Session(StoredValue::new(me)));
}

/// Whether this is the person who is signed in.
pub fn is_me(person: AccountId) -> bool {
    me().is_some_and(|me| me.person.id == person)
}

/// Stands in for the account in markup that is written once for several people, until it is known for whom it is used.
#[derive(Debug, Clone)]
pub(crate) struct AccountPlaceholder(pub(crate) Arc<str>);

/// The account that the page is made for, as requests name it; empty for nobody.
pub(crate) fn account_value() -> String {
    match use_context() {
        Some(AccountPlaceholder(placeholder)) => placeholder.to_string(),
        None => me().map(|me| me.person.id.to_string()).unwrap_or_default(),
    }
}

/// The person who is signed in, if anybody is. Panics where nothing may depend on that: in what is rendered for everybody.
pub fn me() -> Option<MeView> {
    expect_context::<Session>().0.try_get_value().flatten()
}
