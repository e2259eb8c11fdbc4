//! What somebody says of themselves, as they type it and once it is checked.

use serde::{Deserialize, Serialize};

use super::Visibility;
use crate::{
    Problem, Reason,
    account::PersonView,
    country::{Country, CountryView},
    problem::FieldErrors,
    text::{PersonName, ProfileLink, Prose},
};

/// Who somebody is, in a sentence or two: 1 to 300 characters.
pub type Bio = Prose<300>;
/// What somebody tells of themselves: 1 to 3,000 characters.
pub type About = Prose<3_000>;
/// Where somebody lives: 1 to 200 characters.
pub type Address = Prose<200>;

/// Links on one profile at most.
pub const PROFILE_LINKS: usize = 8;
/// The names of their fields.
pub const LINK_FIELDS: [&str; PROFILE_LINKS] =
    ["link_0", "link_1", "link_2", "link_3", "link_4", "link_5", "link_6", "link_7"];

/// The form of a profile as typed. A field that is left empty takes away what stood there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditProfile {
    /// The version that the person had before them.
    pub version: u32,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Who they are, in a sentence or two.
    pub bio: String,
    /// More about them.
    pub about: String,
    /// Where they live.
    pub address: String,
    /// The code of their country.
    pub country: String,
    /// Addresses of their pages elsewhere, at most [`PROFILE_LINKS`]; empty ones count for nothing.
    pub links: Vec<String>,
    /// Who may see what.
    pub visibility: FieldVisibility,
}

/// Who may see each part of a profile. Names and the picture stand beside everything that somebody writes, so everybody may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldVisibility {
    /// The bio.
    pub bio: Visibility,
    /// What stands under "About".
    pub about: Visibility,
    /// The address.
    pub address: Visibility,
    /// The country.
    pub country: Visibility,
    /// All links.
    pub links: Visibility,
}

impl Default for FieldVisibility {
    /// As long as nobody has chosen: an address is for few.
    fn default() -> Self {
        use Visibility::{Everyone, Followers};
        Self { bio: Everyone, about: Everyone, address: Followers, country: Everyone, links: Everyone }
    }
}

/// A form whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedProfile {
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// Who they are.
    pub bio: Option<Bio>,
    /// More about them.
    pub about: Option<About>,
    /// Where they live.
    pub address: Option<Address>,
    /// Their country.
    pub country: Option<Country>,
    /// Their pages elsewhere, each once.
    pub links: Vec<ProfileLink>,
    /// Who may see what.
    pub visibility: FieldVisibility,
}

impl EditProfile {
    /// Checks all fields.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with one entry for each field that cannot be taken; [`Problem::BadRequest`] for more links than
    /// the form has fields for.
    pub fn check(&self) -> Result<CheckedProfile, Problem> {
        if self.links.len() > PROFILE_LINKS {
            return Err(Problem::BadRequest);
        }
        let mut errors = FieldErrors::default();
        let first_name = errors.check("first_name", unless_empty(PersonName::parse(&self.first_name)));
        let last_name = errors.check("last_name", unless_empty(PersonName::parse(&self.last_name)));
        let bio = errors.check("bio", unless_empty(Bio::parse(&self.bio)));
        let about = errors.check("about", unless_empty(About::parse(&self.about)));
        let address = errors.check("address", unless_empty(Address::parse(&self.address)));
        let country = errors.check("country", unless_empty(Country::parse(&self.country)));
        let mut links = Vec::new();
        for (field, link) in LINK_FIELDS.into_iter().zip(&self.links) {
            let link = errors.check(field, unless_empty(ProfileLink::parse(link))).flatten();
            links.extend(link.filter(|link| !links.contains(link)));
        }
        match (errors.into_problem(), first_name, last_name, bio, about, address, country) {
            (
                None,
                Some(first_name),
                Some(last_name),
                Some(bio),
                Some(about),
                Some(address),
                Some(country),
            ) => {
                let visibility = self.visibility;
                Ok(CheckedProfile { first_name, last_name, bio, about, address, country, links, visibility })
            }
            (problem, ..) => Err(problem.unwrap_or(Problem::Internal)),
        }
    }
}

fn unless_empty<T>(parsed: Result<T, Reason>) -> Result<Option<T>, Reason> {
    match parsed {
        Err(Reason::Empty) => Ok(None),
        parsed => parsed.map(Some),
    }
}

/// One's own profile, for the page that changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProfileView {
    /// Oneself.
    pub person: PersonView,
    /// What stands there now.
    pub profile: EditProfile,
    /// The countries to choose from.
    pub countries: Vec<CountryView>,
}

/// The part of a picture that becomes the profile picture: a square, in pixels of its large size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SquareCrop {
    /// Pixels left of it.
    pub left: u32,
    /// Pixels above it.
    pub top: u32,
    /// Pixels of its edge.
    pub side: u32,
}
