use leptos::{html, prelude::*};
use protocol::chat::ReadPosition;

use super::{
    conversation::Conversation, day::Day, layout::Key, message::Message, read_marker, scroll::Scroll,
};
use crate::{
    effect::effect,
    form::AccountField,
    ui::{Button, ButtonLink, EmptyState, Icon, IconSize},
};

/// What was said, the newest at the bottom.
#[component]
pub(super) fn MessageList(
    conversation: Conversation,
    /// What is shown at first is not the end of the conversation.
    is_history: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let scroll = Scroll::new(node, conversation);
    read_marker::track(conversation, scroll.at_end());
    let is_empty = Memo::new(move |_| conversation.rows.with(|rows| rows.order().is_empty()));
    let unread = conversation.unread();
    view! {
        <div class="chat-scroll">
            <div
                class="chat-log"
                role="log"
                aria-label="Messages"
                aria-busy=move || conversation.loading.get().then_some("true")
                tabindex="0"
                node_ref=node
                on:scroll=move |_| scroll.on_scroll()
            >
                <div class="chat-messages">
                    <EarlierControl conversation />
                    <For each=move || conversation.rows.with(|rows| rows.order().to_vec()) key=|key| *key let(key)>
                        {match key {
                            Key::Day(day) => view! { <Day day /> }.into_any(),
                            Key::Unread => view! { <p class="chat-unread">"New messages"</p> }.into_any(),
                            Key::Line { mine, id } => view! { <Message conversation mine id /> }.into_any(),
                        }}
                    </For>
                    <TypingNote conversation />
                    <Show when=move || is_empty.get()><EmptyConversation conversation /></Show>
                    {is_history.then(|| view! { <NewestLink conversation /> })}
                    {unread.map(|unread| view! { <MarkAsRead conversation unread /> })}
                </div>
            </div>
            <Show when=move || scroll.has_unseen()>
                <button class="button chat-latest" type="button" data-size="small" on:click=move |_| scroll.to_end()>
                    <Icon name="arrow-down" size=IconSize::Small />
                    <span>"New messages"</span>
                </button>
            </Show>
        </div>
    }
}

/// The way to what was said before; without a script, a link.
#[component]
fn EarlierControl(conversation: Conversation) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    let before = Memo::new(move |_| conversation.timeline.with(|timeline| timeline.before()));
    let shown = Memo::new(move |_| before.get().is_some());
    let path = conversation.with.with_value(|with| format!("/chat/{}", with.username));
    move || {
        let path = path.clone();
        shown.get().then(|| {
            let control = if hydrated.get() {
                view! { <Button small=true busy=conversation.loading on:click=move |_| conversation.load_earlier()>"Earlier messages"</Button> }
                    .into_any()
            } else {
                let before = before.get_untracked().unwrap_or_default();
                view! { <ButtonLink small=true href=format!("{path}?before={before}")>"Earlier messages"</ButtonLink> }.into_any()
            };
            view! { <p class="chat-control">{control}</p> }
        })
    }
}

/// The way back from earlier messages. A page that is hydrated fetches what lies between.
#[component]
fn NewestLink(conversation: Conversation) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    let path = conversation.with.with_value(|with| format!("/chat/{}", with.username));
    view! {
        <p class="chat-control" hidden=move || hydrated.get()>
            <ButtonLink small=true href=path>"Newest messages"</ButtonLink>
        </p>
    }
}

/// Without a script nobody knows what is on a screen, so one says it.
#[component]
fn MarkAsRead(conversation: Conversation, unread: ReadPosition) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    let action = conversation.with.with_value(|with| format!("/chat/{}/read", with.username));
    view! {
        <form class="chat-control" method="post" action=action hidden=move || hydrated.get()>
            <AccountField />
            <input type="hidden" name="conversation" value=unread.conversation.to_string() />
            <input type="hidden" name="seq" value=unread.seq.to_string() />
            <Button kind="submit" small=true>"Mark as read"</Button>
        </form>
    }
}

#[component]
fn TypingNote(conversation: Conversation) -> impl IntoView {
    let name = conversation.with.with_value(|with| with.short_name().to_owned());
    view! {
        <Show when=move || conversation.typing.is_on()>
            <p class="typing">
                <span><bdi>{name.clone()}</bdi> " is typing"</span>
                <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>
            </p>
        </Show>
    }
}

#[component]
fn EmptyConversation(conversation: Conversation) -> impl IntoView {
    let name = conversation.with.with_value(|with| with.short_name().to_owned());
    view! {
        <EmptyState icon="chat" title=format!("Say hello to {name}") text="What you write here stays between the two of you." />
    }
}
