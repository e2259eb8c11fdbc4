//! Reads which lines of a client's offer are for what (RFC 8866, RFC 8829), and refuses what is too much, before the parser
//! of str0m sees it.

use std::collections::HashSet;

use crate::config::{MAX_LAYERS, MAX_OFFER_BYTES, MAX_SLOTS};
use crate::refusal::Refusal;
use crate::source::Source;

/// Which lines of a session are for what, by their identification tags (`a=mid`, RFC 5888).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The line of each [`Source`] by its index.
    pub sends: [Option<String>; 4],
    /// Audio and video line of each receive slot.
    pub slots: Vec<(String, String)>,
}

/// An offer that is small enough and has the lines that this server knows.
#[derive(Debug)]
pub(crate) struct Offer {
    pub layout: Layout,
    /// The text without the client's candidates: a server on ICE-lite never sends to them, it answers to where checks
    /// come from (RFC 8445, section 2.5). So names of mDNS and addresses of others are never looked at.
    pub sdp: String,
}

impl Offer {
    pub(crate) fn read(sdp: &str) -> Result<Self, Refusal> {
        if sdp.len() > MAX_OFFER_BYTES {
            return Err(Refusal::OfferTooLarge);
        }
        let lines = media_lines(sdp)?;
        Ok(Offer { layout: Layout::of(&lines)?, sdp: without_candidates(sdp) })
    }
}

impl Layout {
    fn of(lines: &[MediaLine]) -> Result<Self, Refusal> {
        let mut mids = HashSet::new();
        let (mut sends, mut audio, mut video) = (<[Option<String>; 4]>::default(), Vec::new(), Vec::new());
        for line in lines.iter().filter(|line| !line.rejected) {
            if line.mid.is_empty() || !mids.insert(line.mid.as_str()) {
                return bad("lines need identification tags of their own");
            }
            if line.rids > MAX_LAYERS {
                return bad("too many simulcast layers");
            }
            match (line.direction, line.audio) {
                (Direction::Inactive, _) => {}
                (Direction::SendRecv, _) => return bad("a line that sends and receives"),
                (Direction::RecvOnly, true) => audio.push(line.mid.clone()),
                (Direction::RecvOnly, false) => video.push(line.mid.clone()),
                (Direction::SendOnly, is_audio) => {
                    let free = Source::ALL
                        .into_iter()
                        .find(|source| source.is_audio() == is_audio && sends[source.index()].is_none());
                    let Some(source) = free else { return bad("too many lines that send") };
                    sends[source.index()] = Some(line.mid.clone());
                }
            }
        }
        if audio.len() != video.len() {
            return bad("a slot is one audio and one video line that receive");
        }
        if audio.len() > MAX_SLOTS {
            return bad("too many slots");
        }
        Ok(Layout { sends, slots: audio.into_iter().zip(video).collect() })
    }

    /// Whether a client that had `self` may offer `next`: lines keep what they are for, more may follow.
    pub(crate) fn may_become(&self, next: &Layout) -> bool {
        let sends = self.sends.iter().zip(&next.sends);
        next.slots.starts_with(&self.slots) && sends.into_iter().all(|(old, new)| old.is_none() || old == new)
    }
}

struct MediaLine {
    audio: bool,
    direction: Direction,
    mid: String,
    rids: usize,
    rejected: bool,
    bundle_only: bool,
}

#[derive(Clone, Copy)]
enum Direction {
    SendOnly,
    RecvOnly,
    SendRecv,
    Inactive,
}

fn media_lines(sdp: &str) -> Result<Vec<MediaLine>, Refusal> {
    let mut media: Vec<MediaLine> = Vec::new();
    for line in sdp.lines() {
        if let Some(description) = line.strip_prefix("m=") {
            if media.len() == Source::ALL.len() + 2 * MAX_SLOTS {
                return bad("too many lines of media");
            }
            media.push(MediaLine::new(description)?);
            continue;
        }
        let Some(current) = media.last_mut() else {
            if direction(line).is_some() {
                return bad("a direction for all lines");
            }
            continue;
        };
        if let Some(direction) = direction(line) {
            current.direction = direction;
        } else if let Some(mid) = line.strip_prefix("a=mid:") {
            current.mid = mid.to_owned();
        } else if line == "a=bundle-only" {
            current.bundle_only = true;
        } else if line.starts_with("a=rid:") {
            current.rids += 1;
        }
    }
    for line in &mut media {
        // A bundled line may have the port 0 without being rejected (RFC 9143, section 7.2).
        line.rejected &= !line.bundle_only;
    }
    Ok(media)
}

impl MediaLine {
    fn new(description: &str) -> Result<Self, Refusal> {
        let mut words = description.split(' ');
        let audio = match words.next() {
            Some("audio") => true,
            Some("video") => false,
            _ => return bad("only audio and video"),
        };
        Ok(MediaLine {
            audio,
            direction: Direction::SendRecv,
            mid: String::new(),
            rids: 0,
            rejected: words.next() == Some("0"),
            bundle_only: false,
        })
    }
}

fn direction(line: &str) -> Option<Direction> {
    match line {
        "a=sendonly" => Some(Direction::SendOnly),
        "a=recvonly" => Some(Direction::RecvOnly),
        "a=sendrecv" => Some(Direction::SendRecv),
        "a=inactive" => Some(Direction::Inactive),
        _ => None,
    }
}

fn without_candidates(sdp: &str) -> String {
    sdp.split_inclusive('\n').filter(|line| !line.starts_with("a=candidate:")).collect()
}

fn bad<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::BadOffer(why.to_owned()))
}

#[cfg(test)]
mod tests;
