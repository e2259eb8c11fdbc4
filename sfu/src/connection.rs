//! The connection of one participant: str0m behind the calls that this server makes, each of which may panic without
//! taking anybody else along.

mod session;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use str0m::bwe::{Bitrate, BweKind};
use str0m::change::SdpOffer;
use str0m::ice::IceCreds;
use str0m::media::{KeyframeRequestKind, Mid, Rid};
use str0m::net::Receive;
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite, Ssrc, Vp8Patch};
use str0m::{Event, IceConnectionState, Input, Output, Rtc, RtcError};

pub(crate) use self::session::Session;
use crate::bandwidth::Demand;
use crate::offer::Offer;
use crate::output::{Datagram, Loss, Transmit};
use crate::refusal::Refusal;
use crate::slot::Line;
use crate::timeline::Position;

/// More streams than a session has lines and layers; only a client that keeps inventing new ones gets there.
const MAX_STREAMS: usize = 64;

/// What a connection says.
#[derive(Debug)]
pub(crate) enum Signal {
    Transmit(Transmit),
    Connected,
    Lost(Loss),
    Packet(Box<Incoming>),
    KeyframeRequest(Mid),
    /// Bits per second that reach the client.
    Estimate(u64),
}

/// A packet and the stream that it is of.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub mid: Mid,
    pub rid: Option<Rid>,
    pub packet: RtpPacket,
}

/// A packet on its way out.
pub(crate) struct Outgoing<'a> {
    pub line: &'a Line,
    pub position: Position,
    pub packet: &'a RtpPacket,
    pub patch: Option<Vp8Patch>,
    /// Whether it may be asked for again (RFC 4588).
    pub resend: bool,
}

pub(crate) struct Connection {
    /// Nothing after a failure.
    rtc: Option<Box<Rtc>>,
    streams: HashMap<Ssrc, (Mid, Option<Rid>)>,
    secure: bool,
    reachable: bool,
    /// What it said since it was last asked.
    pub signals: Vec<Signal>,
    /// When to drive it next.
    pub deadline: Instant,
    #[cfg(test)]
    pub panics: bool,
}

impl Connection {
    /// Answers the first offer of a client, and says how.
    pub(crate) fn accept(session: &Session, offer: &Offer, now: Instant) -> Result<(Self, String), Refusal> {
        let rtc = catch_unwind(AssertUnwindSafe(|| session.build(now))).map_err(|_| refused("no session"))?;
        let mut connection = Connection {
            rtc: Some(Box::new(rtc)),
            streams: HashMap::new(),
            secure: false,
            reachable: false,
            signals: Vec::new(),
            deadline: now,
            #[cfg(test)]
            panics: false,
        };
        let answer = connection.change(offer)?;
        Ok((connection, answer))
    }

    /// Answers a later offer: other credentials of ICE (RFC 8445, section 9), or more lines.
    pub(crate) fn change(&mut self, offer: &Offer) -> Result<String, Refusal> {
        let accepted = self.guard(|rtc| {
            let offer = SdpOffer::from_sdp_string(&offer.sdp)
                .map_err(|error| RtcError::RemoteSdp(error.to_string()))?;
            rtc.sdp_api().accept_offer(offer).map(|answer| answer.to_sdp_string())
        });
        self.drain();
        accepted
            .unwrap_or_else(|| Err(RtcError::RemoteSdp("a panic".into())))
            .map_err(|error| refused(&error.to_string()))
    }

    /// What the answer told the client, to be changed by each answer to an ICE restart.
    pub(crate) fn credentials(&mut self) -> Option<IceCreds> {
        self.guard(|rtc| Ok(rtc.direct_api().local_ice_credentials()))?.ok()
    }

    /// The streams that the server sends on these pairs of lines. Nothing when one of them cannot carry Opus or VP8.
    pub(crate) fn lines(&mut self, slots: &[(String, String)]) -> Option<Vec<(Line, Line)>> {
        let find = |rtc: &mut Rtc| {
            let pair = |(audio, video): &(String, String)| {
                Some((
                    session::line(rtc, audio.as_str().into(), true)?,
                    session::line(rtc, video.as_str().into(), false)?,
                ))
            };
            Ok(slots.iter().map(pair).collect())
        };
        self.guard(find)?.ok()?
    }

    pub(crate) fn receive(&mut self, datagram: &Datagram, now: Instant) {
        let protocol = session::protocol(datagram.transport);
        let stranger = session::ssrc(datagram.payload).filter(|ssrc| !self.streams.contains_key(ssrc));
        self.act(|rtc| {
            match Receive::new(protocol, datagram.source, datagram.destination, datagram.payload) {
                Ok(receive) => rtc.handle_input(Input::Receive(now, receive)),
                // Junk.
                Err(_) => Ok(()),
            }
        });
        if let Some(stranger) = stranger.filter(|ssrc| !self.streams.contains_key(ssrc)) {
            self.restore_streams(stranger);
        }
    }

    /// str0m reads which stream a packet is of before it has authenticated it, so a forged one takes a stream over from its
    /// genuine source. A stream that went over to a source of which no packet was genuine is given back.
    fn restore_streams(&mut self, stranger: Ssrc) {
        let genuine: Vec<(Ssrc, (Mid, Option<Rid>))> =
            self.streams.iter().map(|(ssrc, of)| (*ssrc, *of)).collect();
        self.act(|rtc| {
            let mut api = rtc.direct_api();
            for (ssrc, (mid, rid)) in genuine {
                let Some(taken) = api.stream_rx_by_mid(mid, rid).filter(|stream| stream.ssrc() == stranger)
                else {
                    continue;
                };
                let resent = taken.rtx();
                api.remove_stream_rx(stranger);
                api.expect_stream_rx(ssrc, resent, mid, rid);
            }
            Ok(())
        });
    }

    /// Lets time pass.
    pub(crate) fn drive(&mut self, now: Instant) {
        self.act(|rtc| rtc.handle_input(Input::Timeout(now)));
    }

    /// Queues a packet; it leaves when the connection is driven next.
    pub(crate) fn write(&mut self, outgoing: Outgoing) {
        let Outgoing { line, position, packet, patch, resend } = outgoing;
        let from = &packet.header.ext_vals;
        let extensions = ExtensionValues {
            audio_level: from.audio_level,
            voice_activity: from.voice_activity,
            video_orientation: from.video_orientation,
            ..Default::default()
        };
        let mut write = RtpWrite::new(
            line.payload_type,
            position.seq.into(),
            position.time,
            packet.timestamp,
            packet.payload.clone(),
        )
        .marker(packet.header.marker)
        .ext_vals(extensions)
        .nackable(resend);
        if let Some(patch) = patch {
            write = write.vp8_patch(patch);
        }
        self.act(|rtc| {
            if let Some(stream) = rtc.direct_api().stream_tx(&line.ssrc) {
                stream.write_rtp(write);
            }
            Ok(())
        });
    }

    pub(crate) fn request_keyframe(&mut self, mid: Mid, rid: Option<Rid>) {
        self.act(|rtc| {
            if let Some(stream) = rtc.direct_api().stream_rx_by_mid(mid, rid) {
                stream.request_keyframe(KeyframeRequestKind::Pli);
            }
            Ok(())
        });
    }

    /// Says what the estimate should be able to grow to, or lets it begin anew from so many bits per second.
    pub(crate) fn tune(&mut self, demand: Option<Demand>, restart: Option<u64>) {
        if let Some(demand) = demand {
            self.act(|rtc| {
                rtc.bwe().set_bitrate(Bitrate::bps(demand.minimum), Bitrate::bps(demand.desired));
                Ok(())
            });
        }
        if let Some(estimate) = restart {
            self.act(|rtc| {
                rtc.bwe().reset(Bitrate::bps(estimate));
                Ok(())
            });
        }
    }

    /// Says good-bye (RTCP BYE, close_notify of DTLS).
    pub(crate) fn close(&mut self, now: Instant) {
        self.act(|rtc| rtc.close());
        self.drive(now);
    }

    /// Whether media can flow.
    pub(crate) fn is_connected(&self) -> bool {
        self.secure && self.reachable && self.rtc.is_some()
    }

    /// Something that changes the session, and what it says to that: str0m wants to be asked until it has nothing more to
    /// say before it is changed again.
    fn act(&mut self, action: impl FnOnce(&mut Rtc) -> Result<(), RtcError>) {
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

    fn drain(&mut self) {
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
    fn guard<T>(
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

fn refused(why: &str) -> Refusal {
    Refusal::BadOffer(why.to_owned())
}
