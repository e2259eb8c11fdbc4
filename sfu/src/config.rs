//! Limits and tuning of the media server. `Config::default` is what a small community needs.

use std::net::SocketAddr;
use std::time::Duration;

use crate::output::Transport;

/// Largest offer in bytes. A client that names only VP8 and Opus needs about 1.3 kB for each line.
pub const MAX_OFFER_BYTES: usize = 64 * 1024;
/// Most receive slots of one client; each is an audio and a video line of its offer.
pub const MAX_SLOTS: usize = 24;
/// Most simulcast layers of one video line (RFC 8853).
pub const MAX_LAYERS: usize = 3;
/// Most remote addresses that lead to one participant. A client has about one for each network interface.
pub const MAX_ADDRESSES: usize = 16;
/// Largest datagram that is looked at, in bytes: the size of the receive buffer of str0m.
pub const MAX_DATAGRAM_BYTES: usize = 2000;

/// Largest payload of a packet of media that is forwarded, in bytes. Clients keep to about 1,200, the server adds up to 100.
pub const MAX_MEDIA_BYTES: usize = 1_400;

/// What the caller decides.
#[derive(Debug, Clone)]
pub struct Config {
    /// Addresses that clients are told to send to; one for each transport and interface.
    pub addresses: Vec<(Transport, SocketAddr)>,
    /// Most rooms at a time.
    pub rooms: usize,
    /// Most people with [`Role::Participant`](crate::Role) in a room.
    pub participants: usize,
    /// Most people with [`Role::Listener`](crate::Role) in a room.
    pub listeners: usize,
    /// Most microphones that one listener hears at a time.
    pub audible: usize,
    /// Most that one participant may send, in bits per second, all sources and layers together. Clients are told half of it for
    /// each video line; what exceeds it is dropped.
    pub publish_bitrate: u64,
    /// Bits per second that a new connection is believed to carry until it has been measured.
    pub initial_bitrate: u64,
    /// How long a participant may be silent, or without a connection, before they are removed.
    pub grace: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            addresses: Vec::new(),
            rooms: 100,
            participants: 16,
            listeners: 50,
            audible: 4,
            publish_bitrate: 8_000_000,
            initial_bitrate: 1_000_000,
            grace: Duration::from_secs(30),
        }
    }
}
