//! People and how they come in.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Problem, ProfilePictureId,
    badge::Badges,
    preference::Preferences,
    problem::FieldErrors,
    text::{EmailAddress, Password, PersonName, Username},
};

/// The header in which a script says for which account its page was made: an [`AccountId`], or nothing for nobody.
pub const ACCOUNT_HEADER: &str = "x-kith-account";
/// The field in which a plain form says the same, and the parameter in which the address of the socket does.
pub const ACCOUNT_FIELD: &str = "account";

/// The sign-up form as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewAccount {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The name in the person's address.
    pub username: String,
    /// Where the link for verification goes.
    pub email: String,
    /// The password.
    pub password: String,
}

/// A sign-up form whose every field has been checked.
#[derive(Debug, Clone)]
pub struct CheckedAccount {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// The name in the person's address.
    pub username: Username,
    /// Where the link for verification goes.
    pub email: EmailAddress,
    /// The password.
    pub password: Password,
}

impl NewAccount {
    /// The fields in the order of the form.
    pub const FIELDS: [&str; 5] = ["first_name", "last_name", "username", "email", "password"];

    /// Checks all fields.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with one entry for each field that cannot be taken.
    pub fn check(&self) -> Result<CheckedAccount, Problem> {
        let mut errors = FieldErrors::default();
        let first_name = errors.check("first_name", PersonName::parse(&self.first_name));
        let last_name = errors.check("last_name", PersonName::parse(&self.last_name));
        let username = errors.check("username", Username::parse(&self.username));
        let email = errors.check("email", EmailAddress::parse(&self.email));
        let password = errors.check("password", Password::parse(&self.password));
        match (first_name, last_name, username, email, password) {
            (Some(first_name), Some(last_name), Some(username), Some(email), Some(password)) => {
                Ok(CheckedAccount { first_name, last_name, username, email, password })
            }
            _ => Err(errors.into_problem().unwrap_or(Problem::Internal)),
        }
    }
}

/// The log-in form as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Credentials {
    /// Username or e-mail address.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A person as others see them next to what they did.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonView {
    /// Their account.
    pub id: AccountId,
    /// Their address within Kith.
    pub username: String,
    /// First name; empty when the person says none.
    pub first_name: String,
    /// Last name; empty when the person says none.
    pub last_name: String,
    /// Their profile picture. Without one their initials are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ProfilePictureId>,
}

impl PersonView {
    /// First and last name, as far as the person says them; the username without either.
    pub fn full_name(&self) -> String {
        match (self.first_name.as_str(), self.last_name.as_str()) {
            ("", "") => self.username.clone(),
            (name, "") | ("", name) => name.to_owned(),
            (first, last) => format!("{first} {last}"),
        }
    }

    /// What the person is called in a sentence: the first name, without it the last, without both the username.
    pub fn short_name(&self) -> &str {
        let [first, last] = self.names();
        first.or(last).unwrap_or(&self.username)
    }

    /// The first letter of each name, for the default picture.
    pub fn initials(&self) -> String {
        let initial = |name: &str| name.chars().next();
        let initials: String = self.names().into_iter().flatten().filter_map(initial).collect();
        if initials.is_empty() { initial(&self.username).into_iter().collect() } else { initials }
    }

    fn names(&self) -> [Option<&str>; 2] {
        [&self.first_name, &self.last_name].map(|name| Some(name.as_str()).filter(|name| !name.is_empty()))
    }
}

/// The person who is signed in, as the frame around every page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeView {
    /// Who it is.
    pub person: PersonView,
    /// The counts on icons.
    pub badges: Badges,
    /// Drawn before anything on the page was read: what the socket is told begins there.
    pub revision: i64,
    /// Whether they follow nobody and have written nothing yet.
    pub is_new: bool,
    /// How they want to see Kith.
    #[serde(default, skip_serializing_if = "Preferences::is_default")]
    pub preferences: Preferences,
}

/// What the owner of an account sees of it in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// The address.
    pub email: String,
    /// The one that shall take its place, once it is confirmed.
    pub wanted_email: Option<String>,
    /// How they want to see Kith.
    pub preferences: Preferences,
}

#[cfg(test)]
mod tests;
