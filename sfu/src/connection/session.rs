//! How sessions of str0m are configured, and its words in ours.

use std::sync::Arc;
use std::time::Instant;

use str0m::bwe::Bitrate;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::format::Codec;
use str0m::media::Mid;
use str0m::net::{Protocol, TcpType};
use str0m::rtp::Ssrc;
use str0m::{Candidate, Rtc, RtcConfig};

use crate::config::Config;
use crate::output::{Transmit, Transport};
use crate::slot::Line;

/// What all connections of a server have in common.
pub(crate) struct Session {
    crypto: Arc<CryptoProvider>,
    /// One for all, so that clients that come back need no new one to be made.
    certificate: Option<DtlsCert>,
    candidates: Vec<Candidate>,
    initial_bitrate: Bitrate,
}

impl Session {
    pub(crate) fn new(config: &Config, crypto: Arc<CryptoProvider>) -> Self {
        Session {
            certificate: crypto.dtls_provider.generate_certificate(),
            candidates: config
                .addresses
                .iter()
                .filter_map(|(transport, address)| candidate(*transport, *address))
                .collect(),
            initial_bitrate: Bitrate::bps(config.initial_bitrate),
            crypto,
        }
    }

    pub(super) fn build(&self, now: Instant) -> Rtc {
        let mut config = RtcConfig::new()
            .set_crypto_provider(self.crypto.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .enable_bwe(Some(self.initial_bitrate));
        if let Some(certificate) = &self.certificate {
            config = config.set_dtls_cert(certificate.clone());
        }
        let mut rtc = config.build(now);
        for candidate in &self.candidates {
            rtc.add_local_candidate(candidate.clone());
        }
        rtc
    }
}

fn candidate(transport: Transport, address: std::net::SocketAddr) -> Option<Candidate> {
    let candidate = match transport {
        Transport::Udp => Candidate::builder().udp().host(address).build(),
        Transport::Tcp => Candidate::builder().tcp().host(address).tcptype(TcpType::Passive).build(),
    };
    candidate.inspect_err(|error| tracing::warn!(%error, "an address cannot be announced to clients")).ok()
}

/// The stream that the server sends on this line of the session.
pub(super) fn line(rtc: &mut Rtc, mid: Mid, audio: bool) -> Option<Line> {
    let codec = if audio { Codec::Opus } else { Codec::Vp8 };
    let media = rtc.media(mid)?;
    if media.kind().is_audio() != audio || !media.direction().is_sending() {
        return None;
    }
    let negotiated = media.remote_pts().to_vec();
    let params = rtc
        .codec_config()
        .iter()
        .find(|params| params.spec().codec == codec && negotiated.contains(&params.pt()));
    let payload_type = params?.pt();
    let ssrc = rtc.direct_api().stream_tx_by_mid(mid, None)?.ssrc();
    Some(Line { mid, ssrc, payload_type })
}

pub(super) fn protocol(transport: Transport) -> Protocol {
    match transport {
        Transport::Udp => Protocol::Udp,
        Transport::Tcp => Protocol::Tcp,
    }
}

pub(super) fn transmit(transmit: str0m::net::Transmit) -> Transmit {
    Transmit {
        transport: if transmit.proto == Protocol::Udp { Transport::Udp } else { Transport::Tcp },
        source: transmit.source,
        destination: transmit.destination,
        payload: transmit.contents.into(),
    }
}

/// The synchronization source of a packet of RTP (RFC 3550, section 5.1).
pub(super) fn ssrc(payload: &[u8]) -> Option<Ssrc> {
    let [128..=191, kind, ..] = payload else { return None };
    // RTCP, RFC 5761, section 4.
    if (192..=223).contains(kind) {
        return None;
    }
    let bytes = payload.get(8..12)?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes).into())
}
