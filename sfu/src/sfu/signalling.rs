//! What the client says through the server: offers, what it sends, and what it shows.

use std::time::Instant;

use super::Sfu;
use crate::answer;
use crate::connection::Connection;
use crate::id::PeerId;
use crate::offer::Offer;
use crate::refusal::Refusal;
use crate::source::{Role, Source, View};

impl Sfu {
    /// Answers the offer of a new connection (`RTCPeerConnection`), which takes the place of one that the participant had.
    ///
    /// `offer` is SDP (RFC 8866) with these lines, in any order: up to four that only send, see [`Source`], and pairs of an audio
    /// and a video line that only receive, which are the slots. Its candidates are not needed. The answer is SDP, too.
    ///
    /// # Errors
    /// [`Refusal::UnknownPeer`], [`Refusal::OfferTooLarge`] or [`Refusal::BadOffer`]; the connection before, if any, goes on.
    pub fn connect(&mut self, id: PeerId, offer: &str, now: Instant) -> Result<String, Refusal> {
        if !self.peers.contains_key(&id) {
            return Err(Refusal::UnknownPeer);
        }
        let offer = Offer::read(offer)?;
        let (mut connection, text) = Connection::accept(&self.session, &offer, now)?;
        let lines = connection.lines(&offer.layout.slots).ok_or_else(no_codec)?;
        let credentials = connection.credentials().filter(|credentials| self.routes.is_free(id, credentials));
        let credentials = credentials.ok_or_else(no_session)?;
        let answer = answer::complete(&text, &offer.layout, self.config.publish_bitrate / 2);
        self.disconnect(id, now);
        self.routes.renew(id, credentials);
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.connection = Some(connection);
            peer.heard_at = now;
            peer.apply(offer.layout, lines);
        }
        self.settle(id, now);
        Ok(answer)
    }

    /// Answers a later offer of the connection that the participant has: an ICE restart (RFC 8445, section 9), or more slots.
    /// Lines keep what they are for.
    ///
    /// # Errors
    /// [`Refusal::UnknownPeer`], [`Refusal::NotConnected`], [`Refusal::OfferTooLarge`] or [`Refusal::BadOffer`].
    pub fn renegotiate(&mut self, id: PeerId, offer: &str, now: Instant) -> Result<String, Refusal> {
        let peer = self.peers.get_mut(&id).ok_or(Refusal::UnknownPeer)?;
        let connection = peer.connection.as_mut().ok_or(Refusal::NotConnected)?;
        let offer = Offer::read(offer)?;
        if !peer.layout.may_become(&offer.layout) {
            return Err(Refusal::BadOffer("lines that are for something else than before".to_owned()));
        }
        let changed = connection.change(&offer);
        // Even an offer that was refused may have restarted ICE.
        if let Some(credentials) = connection.credentials() {
            self.routes.renew(id, credentials);
        }
        let added = offer.layout.slots[peer.slots.len()..].to_vec();
        let applied = changed.and_then(|text| {
            let lines = connection.lines(&added).ok_or_else(no_codec)?;
            Ok((lines, answer::complete(&text, &offer.layout, self.config.publish_bitrate / 2)))
        });
        let answer = applied.map(|(lines, answer)| {
            peer.apply(offer.layout, lines);
            answer
        });
        self.settle(id, now);
        answer
    }

    /// Switches what a participant sends on or off. Everything is off at first, and what arrives on a line that is off is dropped.
    /// The server decides: it switches on when the participant says so, and off also when a host mutes them.
    ///
    /// # Errors
    /// [`Refusal::UnknownPeer`] or [`Refusal::ListenersOnlyReceive`].
    pub fn set_sending(&mut self, id: PeerId, source: Source, on: bool, now: Instant) -> Result<(), Refusal> {
        let peer = self.peers.get_mut(&id).ok_or(Refusal::UnknownPeer)?;
        if on && peer.role == Role::Listener {
            return Err(Refusal::ListenersOnlyReceive);
        }
        let room = peer.room;
        let track = peer.track_mut(source);
        if track.sending != on {
            track.sending = on;
            self.stop_source(id, source);
            self.refresh_room(room, now);
        }
        Ok(())
    }

    /// Says how the client shows everybody. Who is not among `views` is not on its screen, and sends it no video. As long as a
    /// client never said it, each video is taken to be shown small.
    ///
    /// # Errors
    /// [`Refusal::UnknownPeer`].
    pub fn set_views(&mut self, id: PeerId, views: Vec<View>, now: Instant) -> Result<(), Refusal> {
        let peer = self.peers.get_mut(&id).ok_or(Refusal::UnknownPeer)?;
        let room = peer.room;
        let most = 2 * (self.config.participants + self.config.listeners);
        let grown = views.iter().any(|view| view.height > peer.view(view.occupant).0);
        peer.views = Some(views.into_iter().take(most).collect());
        self.reseat(room, id, now);
        self.retarget(id, grown, now);
        Ok(())
    }

    /// What follows from an offer.
    fn settle(&mut self, id: PeerId, now: Instant) {
        self.mark_dirty(id);
        let Some(peer) = self.peers.get(&id) else { return };
        let room = peer.room;
        self.refresh_room(room, now);
    }
}

fn no_codec() -> Refusal {
    Refusal::BadOffer("a slot without Opus or VP8".to_owned())
}

fn no_session() -> Refusal {
    Refusal::BadOffer("the session could not be made".to_owned())
}
