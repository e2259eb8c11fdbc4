//! The settings of one's own profile: picture, what one tells, username.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::profile::OwnProfileView;

use super::api;
use crate::{
    page::ErrorPage,
    settings::SettingsPage,
    ui::{Await, Notice, Shape, Skeleton},
};

mod crop;
mod crop_dialog;
mod details_form;
mod picture_form;
mod typed;
mod username_form;

use details_form::DetailsForm;
use picture_form::PictureForm;
use username_form::UsernameForm;

/// For somebody who wants to say who they are.
#[component]
pub fn ProfileSettingsPage() -> impl IntoView {
    let own = Resource::new(|| (), |()| api::own());
    let reload = Callback::new(move |()| own.refetch());
    let view = move || async move {
        match own.await {
            Ok(own) => view! { <Settings own /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row count=3 /> } view /> }
}

#[component]
fn Settings(own: OwnProfileView) -> impl IntoView {
    let OwnProfileView { person, profile, countries } = own;
    let is_saved = use_query_map().with_untracked(|query| query.get("saved").is_some());
    view! {
        <SettingsPage title="Profile settings">
            {is_saved.then(|| view! { <Notice>"Your changes are saved."</Notice> })}
            <PictureForm person=person.clone() />
            <DetailsForm profile countries />
            <UsernameForm username=person.username />
        </SettingsPage>
    }
}

/// Where a form leads when it is done. The page loads anew: the frame around it shows names and the picture, too.
const SAVED: &str = "/settings/profile?saved";
