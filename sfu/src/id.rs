//! Names of participants and rooms. The caller draws them and never reuses one while the server runs.

/// A participant of one room, whatever becomes of their connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerId(pub u64);

/// A room: participants of one room receive each other's media and nobody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomId(pub u64);
