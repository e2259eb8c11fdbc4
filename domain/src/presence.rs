//! Whether people are there. It is counted from their sockets, by the [`hub`](crate::hub); stored is only when somebody was there
//! last, with the session that they were there by.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use protocol::{
    AccountId, SessionId, Timestamp,
    live::Topic,
    presence::{Presence, PresenceView},
};

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    bus::{Announcement, Audience},
    hub::{PresenceChange, SETTLING},
    session,
};

pub(crate) mod store;
#[cfg(test)]
mod tests;

/// How it is with somebody whom the asker may see.
///
/// # Errors
/// Those of the database.
pub(crate) async fn of(cx: &Cx, person: AccountId) -> Result<PresenceView, Error> {
    match cx.hub.presence(person) {
        Presence::Offline => {
            let last_seen = store::last_seen(cx.db.read(), person).await?;
            Ok(PresenceView { state: Presence::Offline, last_seen })
        }
        state => Ok(state.into()),
    }
}

/// How it is with each of these people. Whoever is hidden from the asker is offline, and never was there, like somebody who does
/// not exist.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn states(
    cx: &Cx,
    scope: &Scope,
    people: &[AccountId],
) -> Result<Vec<(AccountId, PresenceView)>, Error> {
    let seen: HashMap<AccountId, _> =
        store::visible(cx.db.read(), scope.account()?, people).await?.into_iter().collect();
    let state = |person: &AccountId| {
        let view =
            seen.get(person).map_or_else(PresenceView::default, |last_seen| view(cx, *person, *last_seen));
        (*person, view)
    };
    Ok(people.iter().map(state).collect())
}

/// How it is with somebody who was there last then.
pub(crate) fn view(cx: &Cx, person: AccountId, last_seen: Option<Timestamp>) -> PresenceView {
    let state = cx.hub.presence(person);
    PresenceView { state, last_seen: last_seen.filter(|_| state == Presence::Offline) }
}

/// How it is with `person` for each of these readers; offline for those who may not see them.
pub(crate) async fn for_readers(
    cx: &Cx,
    person: AccountId,
    readers: &[AccountId],
) -> Result<Vec<(AccountId, PresenceView)>, Error> {
    let view = of(cx, person).await?;
    let see: HashSet<AccountId> = store::readers(cx.db.read(), person, readers).await?.into_iter().collect();
    let told = |reader: &AccountId| if see.contains(reader) { view } else { PresenceView::default() };
    Ok(readers.iter().map(|reader| (*reader, told(reader))).collect())
}

/// A number that is the same for the same presence.
pub(crate) fn digest(presence: PresenceView) -> u64 {
    let mut hasher = DefaultHasher::new();
    presence.hash(&mut hasher);
    hasher.finish()
}

/// Tells who has come and gone, until it is dropped.
pub async fn run(cx: &Cx) {
    loop {
        let changes = cx.hub.presence_changes().await;
        tell(cx, changes).await;
    }
}

/// Tells who has come and gone within this time.
pub async fn tell_due(cx: &Cx, within: Duration) {
    tell(cx, cx.hub.presence_changes_within(within)).await;
}

async fn tell(cx: &Cx, changes: Vec<PresenceChange>) {
    let gone: Vec<SessionId> = changes
        .iter()
        .filter(|change| change.presence == Presence::Offline)
        .map(|change| change.session)
        .collect();
    // Stored before it is told: whoever is told reads it. They went when it began to settle.
    let went_at = cx.now().plus_seconds(-SETTLING.as_secs().cast_signed());
    if let Err(error) = session::record_last_visits(cx, &gone, went_at).await {
        error.log();
    }
    for PresenceChange { person, .. } in changes {
        let topic = Topic::Person(person);
        cx.bus.publish(Announcement::per_reader(Audience::Watchers(topic), topic).into());
    }
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] =
    &[shows("presence::states", &["a_hidden_person_is_offline_like_nobody_at_all"])];
