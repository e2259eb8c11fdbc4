//! The own profile: what one tells, the picture, the username.

use axum::response::Response;
use domain::{Error, media, profile};
use protocol::{
    PictureId, Problem, Reason,
    profile::{EditProfile, FieldVisibility, LINK_FIELDS, Visibility},
};

use super::{FormRequest, UPLOADED, multipart::MultipartForm};

const PAGE: &str = "/settings/profile";
const SAVED: &str = "/settings/profile?saved";

/// The fields that the form of a profile has besides links and the account.
const FIELDS: [&str; 12] = [
    "version",
    "first_name",
    "last_name",
    "bio",
    "about",
    "address",
    "country",
    "bio_visibility",
    "about_visibility",
    "address_visibility",
    "country_visibility",
    "links_visibility",
];

pub(crate) async fn edit(form: FormRequest) -> Response {
    let done = match read(&form) {
        Ok(edit) => profile::edit(&form.state.cx, &form.scope, edit).await,
        Err(error) => Err(error),
    };
    form.answer(done, SAVED, PAGE).await
}

/// A form with a field that ours does not have is none of ours.
fn read(form: &FormRequest) -> Result<EditProfile, Error> {
    if let Some(field) = form.names().find(|name| !FIELDS.contains(name) && !LINK_FIELDS.contains(name)) {
        tracing::info!(field = %field.escape_debug(), "a field that the form of a profile does not have");
        return Err(Problem::BadRequest.into());
    }
    Ok(EditProfile {
        version: form.id("version")?,
        first_name: form.value("first_name"),
        last_name: form.value("last_name"),
        bio: form.value("bio"),
        about: form.value("about"),
        address: form.value("address"),
        country: form.value("country"),
        links: LINK_FIELDS.map(|field| form.value(field)).into(),
        visibility: FieldVisibility {
            bio: visibility(form, "bio_visibility")?,
            about: visibility(form, "about_visibility")?,
            address: visibility(form, "address_visibility")?,
            country: visibility(form, "country_visibility")?,
            links: visibility(form, "links_visibility")?,
        },
    })
}

fn visibility(form: &FormRequest, field: &str) -> Result<Visibility, Error> {
    form.id(field)
}

pub(crate) async fn change_username(form: FormRequest) -> Response {
    let done = profile::change_username(&form.state.cx, &form.scope, &form.value("username")).await;
    form.answer(done, SAVED, PAGE).await
}

/// Without a script, the middle of the picture is taken.
pub(crate) async fn set_picture(multipart: MultipartForm) -> Response {
    let (form, stored) = multipart.store_pictures().await;
    let sent: Vec<PictureId> = form.all(UPLOADED).filter_map(|picture| picture.parse().ok()).collect();
    let done = match (stored, sent.first()) {
        (Ok(()), Some(picture)) => {
            profile::set_picture(&form.state.cx, &form.scope, *picture, None).await.map(drop)
        }
        (Ok(()), None) => Err(Problem::field("pictures", Reason::Empty).into()),
        (Err(error), _) => Err(error),
    };
    // Those of them that are not the source of the picture now.
    for picture in sent {
        match media::discard(&form.state.cx, &form.scope, picture).await {
            Err(error) if *error.problem() == Problem::NotFound => {}
            done => done.unwrap_or_else(|error| error.log()),
        }
    }
    form.answer(done, SAVED, PAGE).await
}

pub(crate) async fn remove_picture(form: FormRequest) -> Response {
    let done = profile::remove_picture(&form.state.cx, &form.scope).await;
    form.answer(done, SAVED, PAGE).await
}
