use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{account::PersonView, profile::ProfileView};

use super::{CONSEQUENCES, Hidden};
use crate::{
    form::AccountField,
    page::{ErrorPage, Page, PageHead},
    profile,
    ui::{Await, Button, ButtonLink, Shape, Skeleton, Variant},
};

/// For somebody without a script who wants to block a person: asks once.
#[component]
pub fn BlockPage() -> impl IntoView {
    let params = use_params_map();
    let username = Memo::new(move |_| params.with(|params| params.get("username").unwrap_or_default()));
    let found = Resource::new(move || username.get(), |username| profile::api::view(username, None));
    let reload = Callback::new(move |()| found.refetch());
    let view = move || async move {
        match found.await {
            Ok(ProfileView::Open(details)) => view! { <Question person=details.person /> }.into_any(),
            Ok(ProfileView::YouBlocked { person }) => view! { <Question person /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row count=1 /> } view /> }
}

#[component]
fn Question(person: PersonView) -> impl IntoView {
    let title = format!("Block {}?", person.full_name());
    let profile = format!("/u/{}", person.username);
    view! {
        <Page title=title.clone()>
            <PageHead text=title />
            <form class="card card-pad" method="post" action="/block">
                <AccountField />
                <Hidden whom=person.id back=profile.clone() />
                <p>{CONSEQUENCES} " " {person.short_name().to_owned()} " isn’t told."</p>
                <div class="button-row">
                    <ButtonLink href=profile>"Cancel"</ButtonLink>
                    <Button kind="submit" variant=Variant::Danger>"Block"</Button>
                </div>
            </form>
        </Page>
    }
}
