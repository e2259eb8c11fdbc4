use leptos::prelude::*;

use super::card::AccountPage;
use crate::ui::{ButtonLink, Icon, Variant};

/// The home page of somebody who is not signed in.
#[component]
pub fn Welcome() -> impl IntoView {
    view! {
        <AccountPage
            title=""
            heading="A place for your own people"
            text="Write, talk and see each other. Nothing is for sale here."
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
