//! How somebody wants to see Kith.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Problem, Reason};

/// Makes an enum of choices of a form with the names that they have in forms and in the database.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$choice_doc:meta])* $choice:ident = $text:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$choice_doc])* $choice,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$choice),+];

            /// Its name in forms and in the database.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$choice => $text,)+
                }
            }
        }

        impl FromStr for $name {
            type Err = Reason;

            fn from_str(text: &str) -> Result<Self, Reason> {
                Self::ALL.iter().copied().find(|choice| choice.name() == text).ok_or(Reason::Malformed)
            }
        }
    )+};
}
choices! {
    /// Light or dark.
    Theme {
        /// What the system asks for.
        #[default]
        System = "system",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
    /// How a date is written.
    DateStyle {
        /// "3 May 2026"
        #[default]
        Words = "words",
        /// "2026-05-03"
        Digits = "digits",
    }
    /// How a time of day is written.
    ClockStyle {
        /// "18:02"
        #[default]
        Hours24 = "hours24",
        /// "6:02 pm"
        Hours12 = "hours12",
    }
    /// Whether one sees how far others have read what one wrote, and they see it of oneself.
    ReadReceipts {
        /// Both.
        #[default]
        On = "on",
        /// Neither.
        Off = "off",
    }
}

/// How somebody wants to see Kith, on all their devices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// How a date is written.
    pub date_style: DateStyle,
    /// How a time of day is written.
    pub clock_style: ClockStyle,
    /// Whether one sees how far others have read, and they see it of oneself.
    pub read_receipts: ReadReceipts,
}

impl Preferences {
    /// Whether nothing was chosen.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Reads the names that forms and the database have.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the first of them that is none.
    pub fn parse(
        theme: &str,
        date_style: &str,
        clock_style: &str,
        read_receipts: &str,
    ) -> Result<Self, Problem> {
        Ok(Self {
            theme: theme.parse().map_err(|reason| Problem::field("theme", reason))?,
            date_style: date_style.parse().map_err(|reason| Problem::field("date_style", reason))?,
            clock_style: clock_style.parse().map_err(|reason| Problem::field("clock_style", reason))?,
            read_receipts: read_receipts.parse().map_err(|reason| Problem::field("read_receipts", reason))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_is_read_back_from_its_name() {
        for theme in Theme::ALL {
            assert_eq!(theme.name().parse(), Ok(*theme));
        }
        let chosen = Preferences::parse("dark", "digits", "hours12", "off");
        assert_eq!(
            chosen,
            Ok(Preferences {
                theme: Theme::Dark,
                date_style: DateStyle::Digits,
                clock_style: ClockStyle::Hours12,
                read_receipts: ReadReceipts::Off,
            })
        );
    }

    #[test]
    fn what_is_no_choice_is_named() {
        for (theme, date, clock, receipts, field) in [
            ("Dark", "words", "hours24", "on", "theme"),
            ("dark", "", "hours24", "on", "date_style"),
            ("dark", "words", "\0", "on", "clock_style"),
            ("dark", "words", "hours24", "maybe", "read_receipts"),
        ] {
            let refused = Preferences::parse(theme, date, clock, receipts);
            assert_eq!(refused, Err(Problem::field(field, Reason::Malformed)));
        }
    }
}
