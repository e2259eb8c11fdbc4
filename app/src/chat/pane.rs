use leptos::{html, prelude::*};
use protocol::{account::PersonView, chat::ChatView, presence::PresenceView};
use uuid::Uuid;

use super::{
    composer::Composer,
    conversation::Conversation,
    delete_message::{DeleteMessageDialog, DeleteMessageForm},
    edit_message::EditMessageForm,
    message_action::{AskedAction, MessageForm},
    message_list::MessageList,
    store::ChatStore,
};
use crate::{
    block::{PersonMenu, UnblockButton},
    browser,
    effect::effect,
    error::AppError,
    form,
    live::live,
    page,
    presence::{PresenceText, presence},
    schedule::run_on_next_frame,
    ui::{
        Avatar, AvatarSize, Button, ButtonLink, Icon, MenuLink, Notice, NoticeKind, Shape, Skeleton, Variant,
    },
};

/// The conversation with one person.
#[component]
pub(super) fn ConversationPane(
    store: ChatStore,
    chat: ChatView,
    /// Under which the plain form sends its message.
    form_id: Uuid,
    /// The page was alive already: whoever comes now has pressed a link.
    is_navigation: bool,
    /// What is shown at first is not the end of the conversation.
    is_history: bool,
    /// What shall be done with a message.
    asked: Option<AskedAction>,
    reload: Callback<()>,
) -> impl IntoView {
    let with = chat.with.clone();
    let presence = (!chat.deleted).then(|| presence(with.id, chat.presence));
    let (name, deleted) = (with.full_name(), chat.deleted);
    let conversation = Conversation::new(store, chat, asked);
    let (heading, area) = (NodeRef::<html::H1>::new(), NodeRef::<html::Textarea>::new());
    if is_navigation {
        focus_composer(heading, area);
    }
    let menu = (!deleted).then(|| view! { <ChatMenu store person=with.clone() reload /> }.into_any());
    view! {
        <section class="chat-pane" aria-label=format!("Conversation with {name}")>
            <PaneHead person=with heading presence deleted menu />
            <MessageList conversation is_history />
            <Show
                when=move || !conversation.is_unavailable()
                fallback=move || view! { <Unavailable deleted /> }
            >
                <BelowMessages conversation form_id area />
            </Show>
        </section>
    }
}

/// Where one writes, or changes what one has written.
#[component]
fn BelowMessages(conversation: Conversation, form_id: Uuid, area: NodeRef<html::Textarea>) -> impl IntoView {
    let content = move || match conversation.form.get() {
        MessageForm::Write => view! { <Composer conversation form_id area /> }.into_any(),
        MessageForm::Edit(seq) => view! { <EditMessageForm conversation seq /> }.into_any(),
        MessageForm::Delete(seq) => view! { <DeleteMessageForm conversation seq /> }.into_any(),
    };
    view! {
        {content}
        <DeleteMessageDialog conversation />
    }
}

/// In the place of a conversation with somebody whom one has blocked.
#[component]
pub(super) fn BlockedPane(person: PersonView, reload: Callback<()>) -> impl IntoView {
    // What was refused keeps its status; to look at this page is nothing wrong.
    if form::start(&format!("/chat/{}", person.username)).problem().is_none() {
        page::set_status(200);
    }
    let name = person.full_name();
    view! {
        <section class="chat-pane" aria-label=format!("Conversation with {name}")>
            <PaneHead person=person.clone() heading=NodeRef::new() />
            <div class="chat-empty">
                <div class="empty">
                    <Icon name="block" />
                    <h2 class="empty-title">{format!("You blocked {}", person.short_name())}</h2>
                    <p>"You can’t message each other. They won’t be told."</p>
                    <UnblockButton person reload />
                </div>
            </div>
        </section>
    }
}

/// In the place of a conversation that did not come. It is asked for again as soon as the server is there.
#[component]
pub(super) fn FailedPane(error: AppError, reload: Callback<()>) -> impl IntoView {
    live().on_open(move |_| reload.run(()));
    view! {
        <section class="chat-pane" aria-label="Conversation">
            <header class="chat-head"><BackLink /></header>
            <div class="chat-empty">
                <div class="empty">
                    <Icon name="wifi-off" />
                    <h1 class="empty-title">"This conversation didn’t load"</h1>
                    <p>{error.sentence()}</p>
                    <Button on:click=move |_| reload.run(())>"Try again"</Button>
                </div>
            </div>
        </section>
    }
}

/// In the place of a conversation that is on its way.
#[component]
pub(super) fn LoadingPane(
    /// With whom, if the list knows.
    person: Option<PersonView>,
) -> impl IntoView {
    let head = match person {
        Some(person) => view! { <PaneHead person heading=NodeRef::new() /> }.into_any(),
        None => view! {
            <header class="chat-head">
                <BackLink />
                <div class="chat-partner"><Skeleton shape=Shape::Row count=1 /></div>
            </header>
        }
        .into_any(),
    };
    view! { <section class="chat-pane" aria-label="Conversation" aria-busy="true">{head}</section> }
}

#[component]
fn PaneHead(
    person: PersonView,
    heading: NodeRef<html::H1>,
    /// None of whom nothing is known.
    #[prop(default = None)]
    presence: Option<Signal<PresenceView>>,
    /// There is no profile to link to.
    #[prop(optional)]
    deleted: bool,
    #[prop(default = None)] menu: Option<AnyView>,
) -> impl IntoView {
    let profile = (!deleted).then(|| format!("/u/{}", person.username));
    view! {
        <header class="chat-head">
            <BackLink />
            <a class="chat-partner" href=profile>
                <Avatar person=person.clone() size=AvatarSize::Normal />
                <div class="chat-partner-text">
                    <h1 node_ref=heading><bdi>{person.full_name()}</bdi></h1>
                    {presence.map(|presence| view! { <PresenceText presence /> })}
                </div>
            </a>
            {menu}
        </header>
    }
}

/// What one can do about whom one talks with.
#[component]
fn ChatMenu(store: ChatStore, person: PersonView, reload: Callback<()>) -> impl IntoView {
    let profile = format!("/u/{}", person.username);
    let on_change = Callback::new(move |_| {
        store.refresh_list();
        reload.try_run(());
    });
    view! {
        <PersonMenu id="chat-menu" label="Chat options" person on_change>
            <MenuLink href=profile icon="user">"Profile"</MenuLink>
        </PersonMenu>
    }
}

/// To the list; beside it, there is nothing to go back to.
#[component]
fn BackLink() -> impl IntoView {
    view! { <ButtonLink href="/chat" variant=Variant::Plain icon="back" label="Back" class="chat-back" /> }
}

#[component]
fn Unavailable(deleted: bool) -> impl IntoView {
    let notice = if deleted {
        view! { <Notice>"This account was deleted. You can still read what you said to each other."</Notice> }
            .into_any()
    } else {
        view! { <Notice kind=NoticeKind::Error>"This conversation is no longer available."</Notice> }
            .into_any()
    };
    view! { <div class="chat-unavailable">{notice}</div> }
}

/// Whoever opens a conversation wants to write; on a screen that would bring up the keyboard over what is there to read.
fn focus_composer(heading: NodeRef<html::H1>, area: NodeRef<html::Textarea>) {
    effect(move || {
        let (Some(heading), Some(area)) = (heading.get(), area.get_untracked()) else { return };
        run_on_next_frame(move || {
            // What cannot take the focus is still on the screen.
            _ = if browser::has_screen_keyboard() {
                _ = heading.set_attribute("tabindex", "-1");
                heading.focus()
            } else {
                area.focus()
            };
        });
    });
}
