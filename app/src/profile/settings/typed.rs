//! What stands in a form, as the browser would send it.

use protocol::profile::{EditProfile, FieldVisibility, LINK_FIELDS};
use web_sys::{FormData, HtmlFormElement};

/// The fields of a form.
pub(super) struct Typed(Option<FormData>);

impl Typed {
    /// Those that stand in this form now.
    pub(super) fn of(form: &HtmlFormElement) -> Self {
        Self(FormData::new_with_form(form).ok())
    }

    /// What was typed into a field; nothing is an empty text.
    pub(super) fn value(&self, field: &str) -> String {
        self.0.as_ref().and_then(|form| form.get(field).as_string()).unwrap_or_default()
    }

    /// As a form of a profile, over this version of it.
    pub(super) fn profile(&self, version: u32, before: FieldVisibility) -> EditProfile {
        let visibility = |field: &str, before| self.value(field).parse().unwrap_or(before);
        EditProfile {
            version,
            first_name: self.value("first_name"),
            last_name: self.value("last_name"),
            bio: self.value("bio"),
            about: self.value("about"),
            address: self.value("address"),
            country: self.value("country"),
            links: LINK_FIELDS.map(|field| self.value(field)).into(),
            visibility: FieldVisibility {
                bio: visibility("bio_visibility", before.bio),
                about: visibility("about_visibility", before.about),
                address: visibility("address_visibility", before.address),
                country: visibility("country_visibility", before.country),
                links: visibility("links_visibility", before.links),
            },
        }
    }
}
