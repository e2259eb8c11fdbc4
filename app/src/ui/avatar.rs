use leptos::{prelude::*, tachys::html::InertElement};
use protocol::{
    ProfilePictureId,
    account::PersonView,
    media::{ProfilePictureSize, profile_picture_path},
    presence::Presence,
};

use crate::presence;

/// How large a picture is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px.
    Tiny,
    /// 32 px, beside comments.
    Small,
    /// 40 px, beside posts.
    #[default]
    Normal,
    /// 48 px, in lists of people.
    Large,
    /// 96 px, on a profile.
    Huge,
}

impl AvatarSize {
    fn pixels(self) -> u8 {
        match self {
            Self::Tiny => 24,
            Self::Small => 32,
            Self::Normal => 40,
            Self::Large => 48,
            Self::Huge => 96,
        }
    }
}

/// The picture over the initials, which stay where it does not load. Nothing within it ever changes, so it is one piece of
/// markup, as an [`Icon`](super::Icon) is.
fn face(picture: ProfilePictureId, size: AvatarSize) -> InertElement {
    let file = match size {
        AvatarSize::Huge => ProfilePictureSize::Large,
        _ => ProfilePictureSize::Small,
    };
    let (src, pixels) = (profile_picture_path(picture, file), size.pixels());
    InertElement::new(format!(
        r#"<img src="{src}" alt="" width="{pixels}" height="{pixels}" loading="lazy" decoding="async">"#
    ))
}

/// A person's picture, or initials on their colour. The name stands beside it, unless it is `alone`.
#[component]
pub fn Avatar(
    person: PersonView,
    #[prop(optional)] size: AvatarSize,
    /// Whether they are there. The word belongs beside it, too.
    #[prop(optional, into)]
    presence: Signal<Presence>,
    /// Nothing near it names the person.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            data-hue=person.id.hue().to_string()
            data-size=size.pixels().to_string()
            data-presence=move || presence::name(presence.get())
            role=alone.then_some("img")
            aria-label=alone.then(|| person.full_name())
            aria-hidden=(!alone).then_some("true")
        >
            {person.initials().to_uppercase()}
            {person.picture.map(|picture| face(picture, size))}
        </span>
    }
}
