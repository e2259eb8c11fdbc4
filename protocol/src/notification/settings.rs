use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Problem, Reason};

/// The kinds of notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// Of likes.
    Like,
    /// Of comments on own posts.
    Comment,
    /// Of replies to own comments.
    Reply,
    /// Of mentions.
    Mention,
    /// Of followers.
    Follow,
    /// Of messages.
    Message,
}

impl NotificationKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Like, Self::Comment, Self::Reply, Self::Mention, Self::Follow, Self::Message];

    /// Its name in forms and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Like => "like",
            Self::Comment => "comment",
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Follow => "follow",
            Self::Message => "message",
        }
    }
}

impl FromStr for NotificationKind {
    type Err = Reason;

    fn from_str(text: &str) -> Result<Self, Reason> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(Reason::Malformed)
    }
}

/// Which new notifications are shown at once, while Kith is on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationSettings {
    /// The kinds that are not.
    pub muted: Vec<NotificationKind>,
    /// When none is.
    pub quiet: Option<QuietTime>,
}

impl NotificationSettings {
    /// Those under which the kinds of these names are shown, and no others.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `show` when a name is none.
    pub fn showing<'n>(names: impl Iterator<Item = &'n str>) -> Result<Self, Problem> {
        let shown = names.map(str::parse).collect::<Result<Vec<NotificationKind>, _>>();
        let shown = shown.map_err(|reason| Problem::field("show", reason))?;
        let muted = NotificationKind::ALL.into_iter().filter(|kind| !shown.contains(kind)).collect();
        Ok(Self { muted, quiet: None })
    }

    /// Whether notifications of this kind are shown at once.
    pub fn shows(&self, kind: NotificationKind) -> bool {
        !self.muted.contains(&kind)
    }
}

/// A part of each day, perhaps over midnight, by the clock where the person is: minutes from 0 to 1439.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietTime {
    /// The first minute.
    pub from: u16,
    /// The minute after the last one.
    pub until: u16,
}

impl QuietTime {
    /// Reads two times of day as forms write them: "22:00".
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the fields `quiet_from` and `quiet_until`: the two may not be the same.
    pub fn parse(from: &str, until: &str) -> Result<Self, Problem> {
        let minute =
            |field, text| minute_of_day(text).ok_or_else(|| Problem::field(field, Reason::Malformed));
        let (from, until) = (minute("quiet_from", from)?, minute("quiet_until", until)?);
        if from == until {
            Err(Problem::field("quiet_until", Reason::Empty))
        } else {
            Ok(Self { from, until })
        }
    }

    /// Whether this minute of the day is in it.
    pub const fn contains(self, minute: u16) -> bool {
        if self.from < self.until {
            self.from <= minute && minute < self.until
        } else {
            self.from <= minute || minute < self.until
        }
    }

    /// As forms write it.
    pub fn texts(self) -> [String; 2] {
        [self.from, self.until].map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
    }
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str, below: u16| {
        let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &u16| is_plain && *number < below)
    };
    Some(number(hour, 24)? * 60 + number(minute, 60)?)
}
