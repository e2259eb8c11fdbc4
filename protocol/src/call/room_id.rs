use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Letters of a group.
const GROUP: usize = 7;
/// Letters in all: 21 of 26 are 98 random bits, so that nobody finds a room by guessing.
const LETTERS: usize = 3 * GROUP;
/// Where the rooms are: `/call/{room}`.
const PATH: &str = "/call/";

/// The name of a call that people pass on: 21 lower-case letters in three groups, `abcdefg-hijklmn-opqrstu`. Whoever has it may
/// ask to join.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomId([u8; LETTERS]);

impl RoomId {
    /// Makes one of random bytes; none when they are too few. Bytes that would make some letters likelier than others are
    /// skipped, so some more than 21 are needed: 64 are too few once in 10^20 times.
    pub fn from_random(bytes: &[u8]) -> Option<Self> {
        // 234 is the largest multiple of 26 that a byte holds.
        let mut letters = bytes.iter().filter(|byte| **byte < 234).map(|byte| b'a' + byte % 26);
        let mut room = [0; LETTERS];
        for letter in &mut room {
            *letter = letters.next()?;
        }
        Some(Self(room))
    }

    /// Finds the room in what somebody typed or pasted: its letters, in whatever case and with whatever between the groups, or
    /// a link to it.
    ///
    /// # Errors
    /// [`NoRoomId`] when it is neither.
    pub fn from_typed(text: &str) -> Result<Self, NoRoomId> {
        let text = text.trim();
        let name = text.rsplit_once(PATH).map_or(text, |(_, rest)| rest);
        let name = name.split(['?', '#', '/']).next().unwrap_or_default();
        let letters = name.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2014}'));
        let mut room = [0; LETTERS];
        let mut len = 0;
        for letter in letters {
            let letter = letter.to_ascii_lowercase();
            if !letter.is_ascii_lowercase() || len == LETTERS {
                return Err(NoRoomId);
            }
            room[len] = u8::try_from(letter).map_err(|_| NoRoomId)?;
            len += 1;
        }
        if len == LETTERS { Ok(Self(room)) } else { Err(NoRoomId) }
    }

    /// Where the room is, below the address of this Kith.
    pub fn path(self) -> String {
        format!("{PATH}{self}")
    }
}

/// Not the name of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a room")]
pub struct NoRoomId;

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.into_iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

/// As what lets people in, it is no word for logs.
impl fmt::Debug for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomId(…)")
    }
}

impl FromStr for RoomId {
    type Err = NoRoomId;

    /// The exact form, as it stands in addresses.
    fn from_str(text: &str) -> Result<Self, NoRoomId> {
        let room = Self::from_typed(text)?;
        if room.to_string() == text { Ok(room) } else { Err(NoRoomId) }
    }
}

impl Serialize for RoomId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoomId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
