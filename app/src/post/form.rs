use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
};

use super::{
    draft::Draft,
    fields::{AddPictures, PostFields, allow_drop, attach_dropped},
};
use crate::{
    draft::Content,
    effect::effect,
    form::AccountField,
    session,
    ui::{Avatar, Button, Variant, pressed_key},
};

/// The form in which a post is written or changed: it sends once all pictures are there. Without a script it is a plain
/// form.
#[component]
pub fn PostForm(
    draft: Draft,
    /// Where the plain form goes, and what else it carries.
    action: String,
    hidden: Vec<(&'static str, String)>,
    /// The accessible name of the form.
    name: &'static str,
    /// The text's label and id, which nothing else on the page has, and its height in rows.
    label: &'static str,
    id: &'static str,
    #[prop(default = 1)] rows: u32,
    /// On a page of its own.
    #[prop(optional)]
    alone: bool,
    /// What the button says that sends it.
    button: &'static str,
    /// It is being sent.
    #[prop(optional, into)]
    busy: Signal<bool>,
    on_send: Callback<Content>,
    /// What stands beside that button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    let send = Callback::new(move |()| draft.validate().into_iter().for_each(|content| on_send.run(content)));
    send_when_uploaded(draft, wanted, send);
    let submit_form = move || match (busy.get_untracked(), untrack(|| draft.pictures.is_uploading())) {
        (true, _) => {}
        (false, true) => wanted.set(true),
        (false, false) => send.run(()),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        submit_form();
    };
    let on_keydown = move |event: KeyboardEvent| {
        let is_enter = pressed_key(&event).as_deref() == Some("Enter");
        if is_enter && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            submit_form();
        }
    };
    let hidden =
        hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <form
            class="composer card"
            data-alone=alone
            method="post"
            action=action
            enctype="multipart/form-data"
            aria-label=name
            on:submit=submit
            on:keydown=on_keydown
            on:dragover=|event| allow_drop(&event)
            on:drop=move |event| attach_dropped(draft, &event)
        >
            <AccountField />
            {session::me().filter(|_| !alone).map(|me| view! { <Avatar person=me.person /> })}
            {hidden.collect_view()}
            <PostFields draft label id rows />
            <div class="composer-foot">
                <AddPictures draft />
                <div class="composer-end">
                    {move || (wanted.get() && draft.pictures.is_uploading()).then_some("Uploading…")}
                    {children.map(|children| children())}
                    <Button kind="submit" variant=Variant::Primary busy=move || wanted.get() || busy.get()>{button}</Button>
                </div>
            </div>
        </form>
    }
}

/// Sends what is wanted to be sent as soon as its pictures are there.
fn send_when_uploaded(draft: Draft, wanted: RwSignal<bool>, send: Callback<()>) {
    let mut was_uploading = false;
    effect(move || {
        let is_uploading = draft.pictures.is_uploading();
        if was_uploading && !is_uploading && wanted.get_untracked() {
            wanted.set(false);
            send.run(());
        }
        was_uploading = is_uploading;
    });
}
