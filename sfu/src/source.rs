//! What a participant can send, and what a slot can show.

use crate::id::PeerId;

/// One of the four lines that a client sends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Opus, the first audio line that the client sends on.
    Microphone,
    /// VP8, the first video line that the client sends on; may have simulcast layers.
    Camera,
    /// VP8, the second video line that the client sends on.
    Screen,
    /// Opus, the second audio line that the client sends on.
    ScreenSound,
}

impl Source {
    /// All of them, in the order of their index.
    pub const ALL: [Source; 4] = [Source::Microphone, Source::Camera, Source::Screen, Source::ScreenSound];

    /// Whether this source is sound.
    pub fn is_audio(self) -> bool {
        matches!(self, Source::Microphone | Source::ScreenSound)
    }

    /// The content that this source is part of.
    pub fn content(self) -> Content {
        match self {
            Source::Microphone | Source::Camera => Content::Person,
            Source::Screen | Source::ScreenSound => Content::Screen,
        }
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// What belongs together and is played in step: one sound and one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Content {
    /// Microphone and camera.
    Person,
    /// Screen and its sound.
    Screen,
}

impl Content {
    /// The source of the sound.
    pub fn audio(self) -> Source {
        match self {
            Content::Person => Source::Microphone,
            Content::Screen => Source::ScreenSound,
        }
    }

    /// The source of the picture.
    pub fn video(self) -> Source {
        match self {
            Content::Person => Source::Camera,
            Content::Screen => Source::Screen,
        }
    }
}

/// Who or what sits in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Occupant {
    /// The participant who sends it.
    pub peer: PeerId,
    /// Their camera and microphone, or their screen.
    pub content: Content,
}

/// What a participant may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Sends and receives.
    Participant,
    /// Only receives.
    Listener,
}

/// How one client shows an occupant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Whom or what.
    pub occupant: Occupant,
    /// Height of the tile in physical pixels; 0 when it is not on the screen, which stops its video.
    pub height: u32,
    /// Whether the client pinned it: it gets its bandwidth before the others.
    pub pinned: bool,
}
