use leptos::{html, prelude::*};
use protocol::{account::PersonView, chat::ChatView};
use uuid::Uuid;

use super::{browser, chats::Chats, composer::Composer, log::Log, talk::Talk};
use crate::{
    block::UnblockButton,
    form, frame,
    ui::{Avatar, AvatarSize, Icon, Notice, NoticeKind},
};

/// The conversation with one person.
#[component]
pub(super) fn Pane(
    chats: Chats,
    chat: ChatView,
    /// Under which the plain form sends its message.
    form_id: Uuid,
    /// The page was alive already: whoever comes now has pressed a link.
    arrived: bool,
    /// What is shown at first is not the end of the conversation.
    past: bool,
) -> impl IntoView {
    let with = chat.with.clone();
    let name = with.full_name();
    let talk = Talk::new(chats, chat);
    let (heading, area) = (NodeRef::<html::H1>::new(), NodeRef::<html::Textarea>::new());
    if arrived {
        take_focus(heading, area);
    }
    view! {
        <section class="chat-pane" aria-label=format!("Conversation with {name}")>
            <Head person=with heading />
            <Log talk past />
            <Show when=move || !talk.is_gone() fallback=Gone>
                <Composer talk form_id area />
            </Show>
        </section>
    }
}

/// In the place of a conversation with somebody whom one has blocked.
#[component]
pub(super) fn Blocked(person: PersonView, reload: Callback<()>) -> impl IntoView {
    // What was refused keeps its status; to look at this page is nothing wrong.
    if form::start(&format!("/chat/{}", person.username)).problem().is_none() {
        frame::set_status(200);
    }
    let name = person.full_name();
    view! {
        <section class="chat-pane" aria-label=format!("Conversation with {name}")>
            <Head person=person.clone() heading=NodeRef::new() />
            <div class="chat-none">
                <div class="empty">
                    <Icon name="block" />
                    <h2 class="empty-title">{format!("You blocked {}", person.first_name)}</h2>
                    <p>"You can’t write to each other. Nobody is told."</p>
                    <UnblockButton person reload />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Head(person: PersonView, heading: NodeRef<html::H1>) -> impl IntoView {
    view! {
        <header class="chat-head">
            <a class="button chat-back" data-variant="plain" data-icon="true" href="/chat" aria-label="Back">
                <Icon name="back" />
            </a>
            <a class="chat-with" href=format!("/u/{}", person.username)>
                <Avatar person=person.clone() size=AvatarSize::Normal />
                <h1 node_ref=heading><bdi>{person.full_name()}</bdi></h1>
            </a>
        </header>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <div class="chat-gone">
            <Notice kind=NoticeKind::Error>"This conversation is not available any more."</Notice>
        </div>
    }
}

/// Whoever opens a conversation wants to write; on a screen that would bring up the keyboard over what is there to read.
fn take_focus(heading: NodeRef<html::H1>, area: NodeRef<html::Textarea>) {
    Effect::new(move || {
        let (Some(heading), Some(area)) = (heading.get(), area.get_untracked()) else { return };
        request_animation_frame(move || {
            // What cannot take the focus is still on the screen.
            _ = if browser::types_on_screen() {
                _ = heading.set_attribute("tabindex", "-1");
                heading.focus()
            } else {
                area.focus()
            };
        });
    });
}
