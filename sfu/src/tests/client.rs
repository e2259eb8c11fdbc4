//! A client: a full session of str0m that sends synthetic media and notes what it receives.

mod negotiation;
mod received;
mod sender;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::change::SdpPendingOffer;
use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use str0m::net::Receive;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

pub(super) use self::sender::{Camera, Microphone};
use super::media::{Picture, sound_sender};
use crate::id::PeerId;
use crate::output::{SlotState, Transmit, Transport};
use crate::source::Source;

/// A packet of media that arrived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Received {
    pub mid: Mid,
    pub seq: u64,
    pub time: u32,
    pub at: Instant,
    pub sender: PeerId,
    /// Nothing for sound.
    pub picture: Option<Picture>,
}

pub(super) struct Client {
    pub id: PeerId,
    pub rtc: Rtc,
    pub address: SocketAddr,
    pub transport: Transport,
    pub deadline: Instant,
    now: Instant,
    pub microphone: Option<Microphone>,
    pub camera: Option<Camera>,
    pub screen: Option<Camera>,
    /// What the server said last.
    pub slots: Vec<SlotState>,
    pub received: Vec<Received>,
    pub keyframe_requests: usize,
    pub connected: bool,
    pending: Option<SdpPendingOffer>,
    lines: [Option<Mid>; 4],
    mids: HashMap<str0m::rtp::Ssrc, Mid>,
    outbox: Vec<Transmit>,
}

impl Client {
    pub(super) fn new(id: PeerId, address: SocketAddr, transport: Transport, now: Instant) -> Self {
        let mut rtc = RtcConfig::new()
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .build(now);
        let candidate = match transport {
            Transport::Udp => Candidate::builder().udp().host(address).build(),
            Transport::Tcp => {
                Candidate::builder().tcp().host(address).tcptype(str0m::net::TcpType::Active).build()
            }
        };
        rtc.add_local_candidate(candidate.unwrap());
        Client {
            id,
            rtc,
            address,
            transport,
            deadline: now,
            now,
            microphone: None,
            camera: None,
            screen: None,
            slots: Vec::new(),
            received: Vec::new(),
            keyframe_requests: 0,
            connected: false,
            pending: None,
            lines: [None; 4],
            mids: HashMap::new(),
            outbox: Vec::new(),
        }
    }

    /// What it wants to send, since last asked.
    pub(super) fn take_outbox(&mut self) -> Vec<Transmit> {
        std::mem::take(&mut self.outbox)
    }

    pub(super) fn receive(&mut self, transmit: &Transmit, now: Instant) {
        let protocol = match transmit.transport {
            Transport::Udp => str0m::net::Protocol::Udp,
            Transport::Tcp => str0m::net::Protocol::Tcp,
        };
        let receive =
            Receive::new(protocol, transmit.source, transmit.destination, &transmit.payload).unwrap();
        self.now = now;
        self.rtc.handle_input(Input::Receive(now, receive)).unwrap();
        self.drain();
    }

    /// When it has something to do.
    pub(super) fn next(&self) -> Instant {
        let microphone = self.microphone.as_ref().map(|microphone| microphone.next);
        let cameras = self.camera.iter().chain(&self.screen).map(|camera| camera.next);
        cameras.chain(microphone).fold(self.deadline, Instant::min)
    }

    pub(super) fn advance(&mut self, now: Instant) {
        self.now = now;
        self.rtc.handle_input(Input::Timeout(now)).unwrap();
        self.drain();
        if self.send_media(now) {
            self.rtc.handle_input(Input::Timeout(now)).unwrap();
            self.drain();
        }
    }

    fn send_media(&mut self, now: Instant) -> bool {
        let mut writes = Vec::new();
        if let Some(microphone) = &mut self.microphone {
            writes.extend(microphone.due(self.id, now).map(|packet| (Source::Microphone, packet)));
        }
        for (source, camera) in [(Source::Camera, &mut self.camera), (Source::Screen, &mut self.screen)] {
            if let Some(camera) = camera {
                writes.extend(camera.due(self.id, now).into_iter().map(|packet| (source, packet)));
            }
        }
        let any = !writes.is_empty();
        if !self.connected {
            return any;
        }
        for (source, packet) in writes {
            let Some(mid) = self.lines[source.index()] else { continue };
            let payload_type = self.payload_type(if source.is_audio() { Codec::Opus } else { Codec::Vp8 });
            if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(mid, packet.rid) {
                stream.write_rtp(packet.write(payload_type, now));
            }
            self.drain();
        }
        any
    }

    fn payload_type(&self, codec: Codec) -> Pt {
        self.rtc.codec_config().iter().find(|params| params.spec().codec == codec).unwrap().pt()
    }

    fn drain(&mut self) {
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(deadline) => {
                    self.deadline = deadline.max(self.now + Duration::from_micros(100));
                    return;
                }
                Output::Transmit(transmit) => self.outbox.push(Transmit {
                    transport: self.transport,
                    source: transmit.source,
                    destination: transmit.destination,
                    payload: transmit.contents.into(),
                }),
                Output::Event(event) => self.hear(event),
            }
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Connected => self.connected = true,
            Event::KeyframeRequest(request) => {
                self.keyframe_requests += 1;
                let camera = if self.lines[Source::Camera.index()] == Some(request.mid) {
                    &mut self.camera
                } else {
                    &mut self.screen
                };
                if let Some(camera) = camera {
                    camera.request_keyframe(request.rid);
                }
            }
            Event::RtpPacket(packet) => {
                let ssrc = packet.header.ssrc;
                let known = self.mids.get(&ssrc).copied();
                let mid = known
                    .or_else(|| self.rtc.direct_api().stream_rx(&ssrc).map(|stream| stream.mid()))
                    .unwrap();
                self.mids.insert(ssrc, mid);
                let video = self.rtc.media(mid).unwrap().kind().is_video();
                let picture = video.then(|| Picture::read(&packet.payload)).flatten();
                let sender =
                    if video { picture.map(|picture| picture.sender) } else { sound_sender(&packet.payload) };
                // What is neither is padding.
                if let Some(sender) = sender {
                    let (seq, time) = (*packet.seq_no, packet.header.timestamp);
                    self.received.push(Received { mid, seq, time, at: self.now, sender, picture });
                }
            }
            _ => {}
        }
    }
}
