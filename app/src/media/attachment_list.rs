use leptos::{ev::DragEvent, prelude::*};
use protocol::{PictureId, media::AltText};

use super::attachments::{Attachment, Attachments, UploadState};
use crate::{
    effect::on_change,
    ui::{Button, KeyedList, Row, Textarea, Variant},
};

const DESCRIBE: &str = "Describe this picture";

/// The pictures that were picked: seen, described, put in order, taken out.
#[component]
pub fn AttachmentList(pictures: Attachments) -> impl IntoView {
    let dragged = RwSignal::new(None::<u32>);
    let list = pictures.list();
    let row = move |attachment: Attachment| {
        let key = u128::from(attachment.key);
        Row::new(key, 0, move || view! { <AttachmentItem pictures attachment dragged /> }.into_any())
    };
    let rows = move || list.get().into_iter().map(row).collect();
    let undescribed =
        move || list.with(|list| list.iter().filter(|attachment| attachment.alt.trim().is_empty()).count());
    view! {
        <Show when=move || list.with(|list| !list.is_empty())>
            <ol class="composer-images" aria-label="Pictures">
                <KeyedList rows />
            </ol>
            // A gentle reminder, and no more: whoever sees pictures forgets who does not.
            <p class="composer-hint" hidden=move || undescribed() == 0>
                "Describe your pictures for people who can’t see them."
            </p>
        </Show>
    }
}

#[component]
fn AttachmentItem(
    pictures: Attachments,
    attachment: Attachment,
    dragged: RwSignal<Option<u32>>,
) -> impl IntoView {
    let id = attachment.id();
    let Attachment { key, alt, src, .. } = attachment;
    let place = Memo::new(move |_| {
        let at = pictures.list().with(|list| list.iter().position(|attachment| attachment.key == key));
        (at.unwrap_or_default() + 1, pictures.list().with(Vec::len))
    });
    let state = Memo::new(move |_| {
        pictures.list().with(|list| list.iter().find(|attachment| attachment.key == key).cloned())
    });
    let described = RwSignal::new(alt);
    on_change(move || described.get(), move |alt| pictures.describe(key, alt));
    let over = move |event: DragEvent| {
        if let Some(one) = dragged.get_untracked() {
            event.prevent_default();
            if one != key {
                pictures.move_to(one, key);
            }
        }
    };
    view! {
        <li
            class="composer-image"
            draggable="true"
            data-state=move || state.get().map(|attachment| state_name(&attachment.state))
            aria-label=move || format!("Picture {} of {}", place.get().0, place.get().1)
            on:dragstart=move |_| dragged.set(Some(key))
            on:dragend=move |_| dragged.set(None)
            on:dragover=over
        >
            <img src=src alt="" draggable="false" />
            <Progress state=Signal::derive(move || state.get().map(|attachment| attachment.state)) pictures key />
            <div class="composer-image-tools">
                <Button variant=Variant::Plain small=true icon="back" label=Signal::derive(move || format!("Move picture {} earlier", place.get().0))
                    disabled=Signal::derive(move || place.get().0 == 1) on:click=move |_| pictures.move_by(key, -1) />
                <Button variant=Variant::Plain small=true icon="forward" label=Signal::derive(move || format!("Move picture {} later", place.get().0))
                    disabled=Signal::derive(move || place.get().0 == place.get().1) on:click=move |_| pictures.move_by(key, 1) />
                <Button variant=Variant::Plain small=true icon="close" label=Signal::derive(move || format!("Remove picture {}", place.get().0))
                    on:click=move |_| pictures.remove(key) />
            </div>
            // Of many lines, so that Enter makes one more and does not send the form, with or without a script.
            <Textarea
                label=DESCRIBE
                name=id.map_or_else(|| format!("alt-{key}"), |id| format!("alt-{id}"))
                bind=described
                limit=AltText::MAX
                placeholder=DESCRIBE
                hide_label=true
            />
            {id.map(|id| view! { <KeepField id /> })}
        </li>
    }
}

/// For a form without a script: this picture stays on the post, unless it is marked to go.
#[component]
fn KeepField(id: PictureId) -> impl IntoView {
    view! {
        <input type="hidden" name="picture" value=id.to_string() />
        <label class="composer-image-remove">
            <input type="checkbox" name="remove" value=id.to_string() />
            " Remove"
        </label>
    }
}

/// How far a picture is, and what can be done about one that was not taken.
#[component]
fn Progress(state: Signal<Option<UploadState>>, pictures: Attachments, key: u32) -> impl IntoView {
    move || {
        match state.get() {
        Some(UploadState::Waiting) => view! { <progress max="100" value="0" aria-label="Upload"></progress> }.into_any(),
        Some(UploadState::Sending(percent)) => {
            view! { <progress max="100" value=percent.to_string() aria-label="Upload"></progress> }.into_any()
        }
        Some(UploadState::Failed { sentence, can_retry }) => view! {
            <p class="composer-image-error" role="alert">
                {sentence} " "
                {can_retry.then(|| view! { <Button small=true on:click=move |_| pictures.retry(key)>"Try again"</Button> })}
            </p>
        }
        .into_any(),
        Some(UploadState::Ready(_)) | None => ().into_any(),
    }
    }
}

fn state_name(state: &UploadState) -> &'static str {
    match state {
        UploadState::Waiting | UploadState::Sending(_) => "sending",
        UploadState::Failed { .. } => "failed",
        UploadState::Ready(_) => "ready",
    }
}
