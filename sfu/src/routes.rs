//! Which participant a datagram belongs to.
//!
//! Checks of ICE (STUN, RFC 8489) carry the username fragment that our answer gave, and prove with its password that they are
//! the client's. Their address is then the participant's. Everything else is routed by address alone; whether it is genuine,
//! DTLS and SRTP decide.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::ice::{IceCreds, StunMessage};

use crate::config::MAX_ADDRESSES;
use crate::id::PeerId;
use crate::output::{Datagram, Transport};

/// An address that was proved within this time is nobody else's: clients check at least every five seconds (RFC 7675).
const PROOF_LASTS: Duration = Duration::from_secs(10);

type Address = (Transport, SocketAddr);

pub(crate) struct Routes {
    crypto: Arc<CryptoProvider>,
    by_ufrag: HashMap<String, PeerId>,
    by_address: HashMap<Address, Proof>,
    peers: HashMap<PeerId, Known>,
}

/// Whose an address is.
struct Proof {
    peer: PeerId,
    at: Instant,
}

/// What is known of a participant.
struct Known {
    credentials: IceCreds,
    /// The latest is the last.
    addresses: VecDeque<Address>,
}

/// Where a datagram goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    pub peer: PeerId,
    /// Whether the datagram itself proves that the participant sent it.
    pub proved: bool,
}

impl Routes {
    pub(crate) fn new(crypto: Arc<CryptoProvider>) -> Self {
        Routes { crypto, by_ufrag: HashMap::new(), by_address: HashMap::new(), peers: HashMap::new() }
    }

    /// Whether nobody else's session has these credentials, which are drawn at random.
    pub(crate) fn is_free(&self, peer: PeerId, credentials: &IceCreds) -> bool {
        self.by_ufrag.get(&credentials.ufrag).is_none_or(|other| *other == peer)
    }

    /// The participant's session has these credentials now.
    pub(crate) fn renew(&mut self, peer: PeerId, credentials: IceCreds) {
        if !self.is_free(peer, &credentials) {
            return;
        }
        let ufrag = credentials.ufrag.clone();
        if let Some(known) = self.peers.get_mut(&peer) {
            self.by_ufrag.remove(&known.credentials.ufrag);
            known.credentials = credentials;
        } else {
            self.peers.insert(peer, Known { credentials, addresses: VecDeque::new() });
        }
        self.by_ufrag.insert(ufrag, peer);
    }

    /// Nothing leads to the participant any more.
    pub(crate) fn remove(&mut self, peer: PeerId) {
        let Some(known) = self.peers.remove(&peer) else { return };
        self.by_ufrag.remove(&known.credentials.ufrag);
        for address in known.addresses {
            if self.by_address.get(&address).is_some_and(|proof| proof.peer == peer) {
                self.by_address.remove(&address);
            }
        }
    }

    /// Nothing when the datagram is nobody's.
    pub(crate) fn route(&mut self, datagram: &Datagram, now: Instant) -> Option<Route> {
        let address = (datagram.transport, datagram.source);
        // RFC 7983: the first byte of STUN is 0 to 3, and nothing else begins so.
        if datagram.payload.first().is_none_or(|byte| *byte > 3) {
            let proof = self.by_address.get(&address)?;
            return Some(Route { peer: proof.peer, proved: false });
        }
        // The parser reads what anybody sends.
        let peer = catch_unwind(AssertUnwindSafe(|| self.authenticate(datagram.payload))).ok().flatten()?;
        self.bind(address, peer, now).then_some(Route { peer, proved: true })
    }

    /// Who sent this check, by the integrity of the message (RFC 8445, section 7.3).
    fn authenticate(&self, payload: &[u8]) -> Option<PeerId> {
        let message = StunMessage::parse(payload).ok()?;
        if !message.is_binding_request() {
            return None;
        }
        let (ufrag, _) = message.split_username()?;
        let peer = *self.by_ufrag.get(ufrag)?;
        let password = self.peers.get(&peer)?.credentials.pass.as_bytes();
        let hmac = |key: &[u8], parts: &[&[u8]]| self.crypto.sha1_hmac_provider.sha1_hmac(key, parts);
        message.verify(password, hmac).then_some(peer)
    }

    /// False when the address is somebody else's.
    fn bind(&mut self, address: Address, peer: PeerId, now: Instant) -> bool {
        if let Some(proof) = self.by_address.get(&address)
            && proof.peer != peer
        {
            if now.saturating_duration_since(proof.at) < PROOF_LASTS {
                return false;
            }
            if let Some(known) = self.peers.get_mut(&proof.peer) {
                known.addresses.retain(|other| *other != address);
            }
        }
        let Some(known) = self.peers.get_mut(&peer) else { return false };
        self.by_address.insert(address, Proof { peer, at: now });
        if known.addresses.back() != Some(&address) {
            known.addresses.retain(|other| *other != address);
            known.addresses.push_back(address);
        }
        if known.addresses.len() > MAX_ADDRESSES
            && let Some(oldest) = known.addresses.pop_front()
        {
            self.by_address.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests;
