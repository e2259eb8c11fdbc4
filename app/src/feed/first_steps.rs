use leptos::prelude::*;
use protocol::account::PersonView;

use crate::{
    lazy::{Deferred, lazy_page},
    suggestion,
    ui::{ButtonLink, Icon, IconSize},
};

/// Leads a new member by the hand: a picture, three people, a first post.
#[component]
pub(super) fn FirstSteps(person: PersonView) -> impl IntoView {
    let mark = || view! { <Icon name="check" size=IconSize::Small /> };
    view! {
        <section class="card first-steps" aria-labelledby="first-steps-title">
            <h2 id="first-steps-title">"Welcome, " <bdi>{person.first_name}</bdi></h2>
            <ol>
                <li>
                    {mark()}
                    "Show who you are"
                    <ButtonLink href="/settings/profile" small=true>"Add your picture"</ButtonLink>
                </li>
                <li>
                    {mark()}
                    "Say hello"
                    // Left to the browser, which moves the keyboard's place along; the router would only scroll.
                    <a class="button" data-variant="quiet" data-size="small" href="#post-body" rel="external">
                        "Write your first post"
                    </a>
                </li>
                <li>
                    {mark()}
                    "Follow three people"
                    <ButtonLink href="/people" small=true>"Find people"</ButtonLink>
                </li>
            </ol>
            <div class="first-people">
                <Deferred page=lazy_page!(profile: suggestion::FirstPeople) is_wanted=|| true />
            </div>
        </section>
    }
}
