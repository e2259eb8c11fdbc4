use leptos::{prelude::*, task::spawn_local};
use protocol::{PictureId, account::PersonView, media::PictureView, profile::SquareCrop};
use web_sys::File;

use super::{SAVED, crop_dialog::CropDialog};
use crate::{
    browser,
    form::{self, AccountField},
    media::SingleUpload,
    profile::api,
    ui::{Avatar, AvatarSize, Button, FileButton, Notice, NoticeKind, Toaster, Variant, toast},
};

const ACTION: &str = "/settings/profile/picture";
const KINDS: &str = "image/jpeg,image/png,image/gif,image/webp";

/// A profile picture that is being chosen.
#[derive(Clone, Copy)]
struct Choice {
    upload: SingleUpload,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    toast: Toaster,
}

impl Choice {
    /// Sends the file, and asks then which part of it.
    fn choose(self, files: Vec<File>) {
        let Some(file) = files.into_iter().next() else { return };
        self.problem.set(None);
        self.upload.send(file, move |sent| match sent {
            Ok(_) => _ = self.open.try_set(true),
            Err(error) => _ = self.problem.try_set(Some(error.sentence())),
        });
    }

    async fn save(self, picture: PictureId, crop: SquareCrop) {
        self.busy.set(true);
        match api::set_picture(picture, Some(crop)).await {
            Ok(()) => return browser::navigate(SAVED),
            Err(error) => self.toast.report(&error),
        }
        self.busy.try_set(false);
    }

    async fn remove(self) {
        self.busy.set(true);
        match api::remove_picture().await {
            Ok(()) => return browser::navigate(SAVED),
            Err(error) => self.toast.report(&error),
        }
        self.busy.try_set(false);
    }
}

/// The own picture, and how to change it. Without a script its middle is taken.
#[component]
pub(super) fn PictureForm(person: PersonView) -> impl IntoView {
    let start = form::start(ACTION);
    let choice = Choice {
        upload: SingleUpload::default(),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        problem: RwSignal::new(start.sentence()),
        toast: toast(),
    };
    let has_picture = person.picture.is_some();
    let on_files = Callback::new(move |files| choice.choose(files));
    let progress = move || choice.upload.progress().get().map(|percent| format!("Uploading… {percent} %"));
    view! {
        <section class="setting" aria-labelledby="picture-title">
            <div class="setting-head"><h2 id="picture-title">"Picture"</h2></div>
            {move || choice.problem.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            <div class="setting-picture">
                <Avatar person size=AvatarSize::Huge />
                <form method="post" action=ACTION enctype="multipart/form-data">
                    <AccountField />
                    <FileButton label="Choose a picture" name="pictures" icon="image" accept=KINDS one=true on_files />
                    // With a script, the file goes out as soon as it is chosen.
                    <Button kind="submit" class="without-script">"Save picture"</Button>
                </form>
                {has_picture.then(|| view! { <RemoveButton choice /> })}
                <p class="field-hint" role="status">{progress}</p>
            </div>
            {move || choice.upload.picture().get().map(|picture| view! { <Chosen choice picture /> })}
        </section>
    }
}

#[component]
fn RemoveButton(choice: Choice) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(choice.remove());
    };
    view! {
        <form method="post" action="/settings/profile/picture/remove" on:submit=submit>
            <AccountField />
            <Button kind="submit" variant=Variant::Plain icon="trash" busy=choice.busy>"Remove picture"</Button>
        </form>
    }
}

#[component]
fn Chosen(choice: Choice, picture: PictureView) -> impl IntoView {
    let id = picture.id;
    let on_save = Callback::new(move |crop| spawn_local(choice.save(id, crop)));
    view! { <CropDialog picture open=choice.open busy=choice.busy on_save /> }
}
