//! Who is signed in, as the page knows it. Signing in and out load a new page, so it never changes within one.

use leptos::prelude::*;
use protocol::{AccountId, account::MeView};

/// The person who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Session(StoredValue<Option<MeView>>);

/// Takes over from the server who is signed in; called once, at the root.
pub fn provide() {
    let me = SharedValue::new(use_context::<MeView>).into_inner();
    provide_context(Session(StoredValue::new(me)));
}

/// Whether this is the person who is signed in.
pub fn is_me(person: AccountId) -> bool {
    me().is_some_and(|me| me.person.id == person)
}

/// The person who is signed in, if anybody is.
pub fn me() -> Option<MeView> {
    use_context::<Session>().and_then(|session| session.0.try_get_value()).flatten()
}
