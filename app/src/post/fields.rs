use leptos::{
    ev::{ClipboardEvent, DragEvent},
    prelude::*,
};
use protocol::post::PostBody;
use web_sys::File;

use super::{draft::Draft, transfer::Transfer};
use crate::{
    media::AttachmentList,
    ui::{FileButton, Textarea},
};

/// The kinds of pictures that the host takes.
const PICTURES: &str = "image/jpeg,image/png,image/gif,image/webp";

/// The words and pictures of a post, for the form around it.
#[component]
pub(super) fn PostFields(
    draft: Draft,
    label: &'static str,
    /// The only one on the page.
    id: &'static str,
    #[prop(default = 1)] rows: u32,
) -> impl IntoView {
    view! {
        <div class="composer-text" on:paste=move |event| attach_pasted(draft, &event)>
            <Textarea
                label
                name="body"
                id=id
                bind=draft.body
                error=draft.problem
                limit=PostBody::MAX
                rows
                placeholder=label
                hide_label=true
            />
        </div>
        <AttachmentList pictures=draft.pictures />
    }
}

/// Adds pictures to a draft.
#[component]
pub(super) fn AddPictures(draft: Draft) -> impl IntoView {
    let on_files = Callback::new(move |files| attach(draft, files));
    view! { <FileButton label="Add images" name="pictures" icon="image" accept=PICTURES on_files /> }
}

/// Takes what is dropped onto the form.
pub(super) fn attach_dropped(draft: Draft, event: &DragEvent) {
    let Some(dropped) = Transfer::of(event.data_transfer()) else { return };
    // A browser would open the files, or write the text wherever the form was hit.
    event.prevent_default();
    match dropped {
        Transfer::Files(files) => attach(draft, files),
        Transfer::Text(text) => draft.append(&text),
    }
}

/// Lets files be dropped; a browser would open them otherwise.
pub(super) fn allow_drop(event: &DragEvent) {
    let carries_files = event.data_transfer().is_some_and(|dragged| {
        dragged.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
    });
    if carries_files {
        event.prevent_default();
    }
}

fn attach_pasted(draft: Draft, event: &ClipboardEvent) {
    // The browser puts a text where the cursor stands.
    if let Some(Transfer::Files(files)) = Transfer::of(event.clipboard_data()) {
        event.prevent_default();
        attach(draft, files);
    }
}

fn attach(draft: Draft, files: Vec<File>) {
    if let Some(sentence) = draft.pictures.attach(files) {
        draft.problem.set(Some(sentence));
    }
}
