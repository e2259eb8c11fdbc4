//! Values that a person typed and that have been checked: holding one means that its rules hold.
//!
//! Each is made by `parse`, which answers the first [`Reason`] why it cannot be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Reason;

mod address;
mod link;
mod prose;
mod reserved;

pub use prose::Prose;

macro_rules! value {
    ($($(#[$doc:meta])* $name:ident by $check:path;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks what was typed.
            ///
            /// # Errors
            /// The first reason why it cannot be taken.
            pub fn parse(typed: &str) -> Result<Self, Reason> {
                $check(typed).map(Self)
            }

            /// The checked text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidValue;

            fn try_from(typed: String) -> Result<Self, InvalidValue> {
                Self::parse(&typed).map_err(InvalidValue)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

value! {
    /// The name in a person's address: 3 to 30 of `a-z`, `0-9` and `_`, beginning with a letter. Typed capitals
    /// become small.
    Username by username;
    /// A first or last name: 1 to 50 characters on one line, and no address of a page or a mailbox.
    PersonName by person_name;
    /// An e-mail address in the form that mail servers of today take: `local@domain`, ASCII, at most 254 characters
    /// (RFC 5321, section 4.5.3.1). The domain is in small letters.
    EmailAddress by email_address;
    /// The address of a page elsewhere: `https`, a host with a name, at most 200 characters.
    ProfileLink by link::profile_link;
}

/// What serde says of a value that did not pass its check.
#[derive(Debug, thiserror::Error)]
#[error("value not acceptable: {0:?}")]
pub struct InvalidValue(Reason);

/// A password as typed: 10 to 1,000 characters, nothing trimmed. Never printed and never sent out.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Characters that a password needs.
    pub const MIN: u32 = 10;
    /// Characters that a password may have.
    pub const MAX: u32 = 1_000;

    /// Checks the length; how easy it is to guess is the server's question.
    ///
    /// # Errors
    /// Too short or too long.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        length_between(typed, Self::MIN, Self::MAX).map(|()| Self(typed.to_owned()))
    }

    /// The password itself, for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// How usernames of deleted accounts begin.
const DELETED: &str = "deleted_";

impl Username {
    /// What two usernames share when a hurried reader takes one for the other: no underscores, `0` read as `o` and
    /// `1` as `l`. No two accounts have the same.
    pub fn skeleton(&self) -> String {
        self.0
            .chars()
            .filter(|c| *c != '_')
            .map(|c| match c {
                '0' => 'o',
                '1' => 'l',
                other => other,
            })
            .collect()
    }

    /// What stands in the place of the username of a deleted account: so that addresses and tests find it, made of `hex`, the hexadecimal
    /// digits of its id. Nobody can take such a name ([`Self::is_reserved`]).
    pub fn of_deleted(hex: &str) -> Self {
        // Its last digits are random; the first ones say when the account was made.
        let start = hex.len().saturating_sub(22);
        Self(format!("{DELETED}{}", hex.get(start..).unwrap_or_default()))
    }

    /// Whether it sounds as if it spoke for the site itself. Nobody can take such a name, nor one that looks like it.
    pub fn is_reserved(&self) -> bool {
        self.0.starts_with(DELETED) || reserved::is_reserved(&self.0.replace('_', ""))
    }
}

fn username(typed: &str) -> Result<String, Reason> {
    let name = typed.trim().trim_start_matches('@').to_ascii_lowercase();
    if name.is_empty() {
        return Err(Reason::Empty);
    }
    length_between(&name, 3, 30)?;
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain && name.starts_with(|c: char| c.is_ascii_lowercase()) {
        Ok(name)
    } else {
        Err(Reason::Malformed)
    }
}

fn person_name(typed: &str) -> Result<String, Reason> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(|c| c.is_control() || prose::is_invisible(c)) {
        return Err(Reason::Unprintable);
    }
    prose::check_stacked_marks(&name)?;
    length_between(&name, 1, 50)?;
    if address::is_in(&name) { Err(Reason::Malformed) } else { Ok(name) }
}

fn email_address(typed: &str) -> Result<String, Reason> {
    let address = typed.trim();
    if address.is_empty() {
        return Err(Reason::Empty);
    }
    length_between(address, 3, 254)?;
    let (local, domain) = address.rsplit_once('@').ok_or(Reason::Malformed)?;
    let local_fits = (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte));
    let labels: Vec<&str> = domain.split('.').collect();
    let last_is_a_name = labels.last().is_some_and(|label| label.bytes().any(|b| b.is_ascii_alphabetic()));
    if local_fits && labels.len() >= 2 && last_is_a_name && labels.into_iter().all(is_domain_label) {
        Ok(format!("{local}@{}", domain.to_ascii_lowercase()))
    } else {
        Err(Reason::Malformed)
    }
}

/// `atext` of RFC 5322, section 3.2.3.
fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// A label of a host name: RFC 1123, section 2.1.
fn is_domain_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn length_between(text: &str, min: u32, max: u32) -> Result<(), Reason> {
    match text.chars().count() {
        0 => Err(Reason::Empty),
        length if length < min as usize => Err(Reason::TooShort { min }),
        length if length > max as usize => Err(Reason::TooLong { max }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
