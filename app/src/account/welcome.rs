use leptos::prelude::*;
use protocol::community::Community;

use super::card::AccountPage;
use crate::{
    community::community,
    ui::{ButtonLink, Icon, Variant},
};

/// The home page of somebody who is not signed in.
#[component]
pub fn Welcome() -> impl IntoView {
    let Community { name, about, .. } = community();
    let is_named = name != Community::default().name;
    let heading = if is_named { name } else { "A place for your own people".to_owned() };
    let text = if about.is_empty() {
        "Write, talk and see each other. Nothing is for sale here.".to_owned()
    } else {
        about
    };
    view! {
        <AccountPage
            title=""
            heading
            text
            foot=|| "Run by people you know."
        >
            <div class="account-card">
                <ul class="account-points">
                    <li><Icon name="comment" /><span>"Posts in the order they were written"</span></li>
                    <li><Icon name="chat" /><span>"Instant messages"</span></li>
                    <li><Icon name="heart" /><span>"Only members can see it"</span></li>
                </ul>
                <ButtonLink href="/signup" variant=Variant::Primary wide=true>"Create account"</ButtonLink>
                <ButtonLink href="/login" wide=true>"Log in"</ButtonLink>
            </div>
        </AccountPage>
    }
}
