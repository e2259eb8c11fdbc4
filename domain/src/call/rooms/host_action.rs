//! What hosts and co-hosts do to a call.

use std::collections::BTreeSet;

use protocol::{
    AccountId, Timestamp,
    call::{CallRole, HostAction, LeaveReason},
};

use super::{MAX_PARTICIPANTS, Member, Room};

/// What follows for somebody from what a host did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// Their microphone is off.
    Muted(Member),
    /// They are in the call.
    Joined(Member),
    /// They are not in the call.
    Left(Member, LeaveReason),
}

/// The person may not do that, or it names somebody to whom it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this person may not do that in this call")]
pub(crate) struct NotAllowed;

impl Room {
    /// Carries out what somebody in the call wants as its host or co-host.
    pub(super) fn act(
        &mut self,
        actor: AccountId,
        action: HostAction,
        hidden: &BTreeSet<AccountId>,
        now: Timestamp,
    ) -> Result<Vec<Consequence>, NotAllowed> {
        self.check(actor, action)?;
        let consequences = match action {
            HostAction::Mute(person) => self.mute(person),
            HostAction::Remove(person) => {
                self.settings.removed.insert(person);
                self.settings.co_hosts.remove(&person);
                self.take_out(person, &LeaveReason::Removed, now)
            }
            HostAction::Admit(person) => self.admit(person, hidden)?,
            HostAction::Decline(person) => {
                let id = self.id;
                let out = self.waiting.extract_if(.., |other| other.person == person);
                out.map(|other| Consequence::Left(other.member(id), LeaveReason::Removed)).collect()
            }
            HostAction::AddCoHost(person) => {
                self.settings.co_hosts.insert(person);
                let out = self.turn_away(hidden).into_iter();
                out.map(|member| Consequence::Left(member, LeaveReason::NotAvailable)).collect()
            }
            HostAction::RemoveCoHost(person) => {
                self.settings.co_hosts.remove(&person);
                Vec::new()
            }
            HostAction::SetLocked(is_locked) => {
                self.settings.is_locked = is_locked;
                Vec::new()
            }
            HostAction::SetLobby(has_lobby) => {
                self.settings.has_lobby = has_lobby;
                Vec::new()
            }
            HostAction::End => {
                let out = self.remove(now, |_| true).into_iter();
                out.map(|member| Consequence::Left(member, LeaveReason::Ended)).collect()
            }
        };
        self.touch(now);
        Ok(consequences)
    }

    /// Only who is in the call acts on it. Nobody removes the host, and nobody oneself.
    fn check(&self, actor: AccountId, action: HostAction) -> Result<(), NotAllowed> {
        let is_in = |person: AccountId| self.participants.iter().any(|other| other.person == person);
        let role = self.role(actor);
        let is_allowed = match action {
            HostAction::Remove(person) => person != self.settings.host && person != actor,
            HostAction::AddCoHost(person) => role == CallRole::Host && person != actor && is_in(person),
            HostAction::RemoveCoHost(_) | HostAction::End => role == CallRole::Host,
            _ => true,
        };
        if is_allowed && role.is_host() && is_in(actor) { Ok(()) } else { Err(NotAllowed) }
    }

    fn mute(&mut self, person: AccountId) -> Vec<Consequence> {
        let id = self.id;
        let found = self.participants.iter_mut().find(|other| other.person == person);
        let Some(speaker) = found.filter(|speaker| speaker.devices.microphone) else { return Vec::new() };
        speaker.devices.microphone = false;
        vec![Consequence::Muted(speaker.member(id))]
    }

    /// The block rule is asked again: who is in the call has changed since this person came into the lobby.
    fn admit(
        &mut self,
        person: AccountId,
        hidden: &BTreeSet<AccountId>,
    ) -> Result<Vec<Consequence>, NotAllowed> {
        let Some(index) = self.waiting.iter().position(|other| other.person == person) else {
            return Ok(Vec::new());
        };
        let is_available = !self.participants.iter().any(|other| hidden.contains(&other.person));
        if is_available && self.participants.len() >= MAX_PARTICIPANTS {
            return Err(NotAllowed);
        }
        let admitted = self.waiting.remove(index);
        let member = admitted.member(self.id);
        if !is_available {
            return Ok(vec![Consequence::Left(member, LeaveReason::NotAvailable)]);
        }
        self.participants.push(admitted);
        Ok(vec![Consequence::Joined(member)])
    }

    fn take_out(&mut self, person: AccountId, reason: &LeaveReason, now: Timestamp) -> Vec<Consequence> {
        let out = self.remove(now, |other| other.person == person).into_iter();
        out.map(|member| Consequence::Left(member, reason.clone())).collect()
    }
}
