//! Packets that come in and go out, and what is said about them.

use std::time::Instant;

use str0m::Input;
use str0m::bwe::Bitrate;
use str0m::media::{KeyframeRequestKind, Mid, Rid};
use str0m::net::Receive;
use str0m::rtp::{ExtensionValues, RtpWrite, Ssrc};

use super::{Connection, Outgoing, session};
use crate::bandwidth::Demand;
use crate::output::Datagram;

impl Connection {
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
}
