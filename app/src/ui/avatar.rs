use leptos::prelude::*;
use protocol::account::PersonView;

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

/// A person's picture: initials on their colour. The name stands beside it, unless it is `alone`.
#[component]
pub fn Avatar(
    person: PersonView,
    #[prop(optional)] size: AvatarSize,
    #[prop(optional, into)] online: Signal<bool>,
    /// Nothing near it names the person.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            data-hue=person.id.hue().to_string()
            data-size=size.pixels().to_string()
            data-online=move || online.get()
            role=alone.then_some("img")
            aria-label=alone.then(|| person.full_name())
            aria-hidden=(!alone).then_some("true")
        >
            {person.initials().to_uppercase()}
        </span>
    }
}
