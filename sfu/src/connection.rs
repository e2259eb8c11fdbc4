//! The connection of one participant: str0m behind the calls that this server makes, each of which may panic without
//! taking anybody else along.

mod drive;
mod media;
mod session;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use str0m::change::SdpOffer;
use str0m::ice::IceCreds;
use str0m::media::{Mid, Rid};
use str0m::rtp::{RtpPacket, Ssrc, Vp8Patch};
use str0m::{Rtc, RtcError};

pub(crate) use self::session::Session;
use crate::offer::Offer;
use crate::output::{Loss, Transmit};
use crate::refusal::Refusal;
use crate::slot::Line;
use crate::timeline::Position;

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

    /// Says good-bye (RTCP BYE, close_notify of DTLS).
    pub(crate) fn close(&mut self, now: Instant) {
        self.act(|rtc| rtc.close());
        self.drive(now);
    }

    /// Whether media can flow.
    pub(crate) fn is_connected(&self) -> bool {
        self.secure && self.reachable && self.rtc.is_some()
    }
}

fn refused(why: &str) -> Refusal {
    Refusal::BadOffer(why.to_owned())
}
