//! Runs a session of str0m: each change is followed by all that it has to say, and none of its panics gets out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use str0m::bwe::BweKind;
use str0m::media::{Mid, Rid};
use str0m::rtp::Ssrc;
use str0m::{Event, IceConnectionState, Input, Output, Rtc, RtcError};

use super::{Connection, Incoming, Signal, session};
use crate::output::Loss;

/// More streams than a session has lines and layers; only a client that keeps inventing new ones gets there.
const MAX_STREAMS: usize = 64;

impl Connection {
    /// Lets time pass.
    pub(crate) fn drive(&mut self, now: Instant) {
        self.act(|rtc| rtc.handle_input(Input::Timeout(now)));
    }

    /// Something that changes the session, and what it says to that: str0m wants to be asked until it has nothing more to
    /// say before it is changed again.
    pub(super) fn act(&mut self, action: impl FnOnce(&mut Rtc) -> Result<(), RtcError>) {
        match self.guard(action) {
            Some(Ok(())) | None => {}
            // An input that str0m makes nothing of, unless it gave up.
            Some(Err(error)) => {
                tracing::debug!(%error, "the input of a connection was not accepted");
                if self.rtc.as_ref().is_some_and(|rtc| !rtc.is_alive()) {
                    self.fail();
                }
            }
        }
        self.drain();
    }

    pub(super) fn drain(&mut self) {
        while let Some(output) = self.guard(|rtc| rtc.poll_output()) {
            match output {
                Ok(Output::Timeout(deadline)) => {
                    self.deadline = deadline;
                    break;
                }
                Ok(Output::Transmit(transmit)) => {
                    self.signals.push(Signal::Transmit(session::transmit(transmit)))
                }
                Ok(Output::Event(event)) => self.hear(event),
                Err(error) => {
                    tracing::debug!(%error, "a connection failed");
                    self.fail();
                }
            }
        }
    }

    fn hear(&mut self, event: Event) {
        let was_connected = self.is_connected();
        match event {
            Event::Connected => self.secure = true,
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => self.reachable = false,
            Event::IceConnectionStateChange(
                IceConnectionState::Connected | IceConnectionState::Completed,
            ) => {
                self.reachable = true;
            }
            Event::Closed => {
                self.secure = false;
                self.signals.push(Signal::Lost(Loss::Closed));
                return;
            }
            Event::RtpPacket(packet) => {
                if let Some((mid, rid)) = self.stream(packet.header.ssrc) {
                    self.signals.push(Signal::Packet(Box::new(Incoming { mid, rid, packet })));
                }
            }
            Event::KeyframeRequest(request) => self.signals.push(Signal::KeyframeRequest(request.mid)),
            Event::EgressBitrateEstimate(BweKind::Twcc { estimate, .. }) => {
                self.signals.push(Signal::Estimate(estimate.as_u64()));
            }
            _ => {}
        }
        match (was_connected, self.is_connected()) {
            (false, true) => self.signals.push(Signal::Connected),
            (true, false) => self.signals.push(Signal::Lost(Loss::Silent)),
            _ => {}
        }
    }

    fn stream(&mut self, ssrc: Ssrc) -> Option<(Mid, Option<Rid>)> {
        if let Some(known) = self.streams.get(&ssrc) {
            return Some(*known);
        }
        let found = self
            .guard(|rtc| Ok(rtc.direct_api().stream_rx(&ssrc).map(|stream| (stream.mid(), stream.rid()))))?;
        let stream = found.ok()??;
        // Its source has changed.
        self.streams.retain(|_, other| *other != stream);
        if self.streams.len() >= MAX_STREAMS {
            self.streams.clear();
        }
        self.streams.insert(ssrc, stream);
        Some(stream)
    }

    /// Nothing when the connection has failed, or fails by this.
    pub(super) fn guard<T>(
        &mut self,
        action: impl FnOnce(&mut Rtc) -> Result<T, RtcError>,
    ) -> Option<Result<T, RtcError>> {
        let rtc = self.rtc.as_deref_mut()?;
        #[cfg(test)]
        let panics = std::mem::take(&mut self.panics);
        let done = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            assert!(!panics, "a panic that a test asked for");
            action(rtc)
        }));
        if done.is_err() {
            tracing::error!("a connection panicked and is closed");
            self.fail();
        }
        done.ok()
    }

    fn fail(&mut self) {
        let Some(rtc) = self.rtc.take() else { return };
        // What panicked once may do so again while it is dropped.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(rtc)));
        self.signals.push(Signal::Lost(Loss::Failed));
    }
}
