//! How a call stands, as those in it are told.

use std::collections::BTreeMap;

use protocol::{
    AccountId,
    account::PersonView,
    call::{CallState, ParticipantView},
};

use super::rooms::Room;

#[cfg(test)]
mod tests;

/// How a call stands for `reader`. `people` are those in it whom the reader may see, so nobody else is named; the lobby is for
/// hosts and co-hosts only.
pub(crate) fn state(
    room: &Room,
    title: &str,
    people: &BTreeMap<AccountId, PersonView>,
    reader: AccountId,
) -> CallState {
    let participants = room.participants().iter().filter_map(|one| {
        Some(ParticipantView {
            person: people.get(&one.person)?.clone(),
            role: room.role(one.person),
            devices: one.devices,
            hand: one.hand,
            is_reconnecting: one.lost_at.is_some(),
        })
    });
    let is_host = room.role(reader).is_host();
    let waiting = room.waiting().iter().filter(|_| is_host);
    let settings = room.settings();
    CallState {
        room: room.id(),
        revision: room.revision(),
        title: title.to_owned(),
        is_locked: settings.is_locked,
        has_lobby: settings.has_lobby,
        participants: participants.collect(),
        waiting: waiting.filter_map(|one| people.get(&one.person).cloned()).collect(),
    }
}
