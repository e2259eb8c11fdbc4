use leptos::{html, prelude::*};
use protocol::live::Seen;

use super::{day::Day, message::Message, reading, rows::Key, scroll::Scroll, talk::Talk};
use crate::{
    form::AccountField,
    ui::{Button, ButtonLink, EmptyState, Icon, IconSize},
};

/// What was said, the newest at the bottom.
#[component]
pub(super) fn Log(
    talk: Talk,
    /// What is shown at first is not the end of the conversation.
    past: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let scroll = Scroll::new(node, talk);
    reading::note(talk, scroll.at_end());
    let is_empty = Memo::new(move |_| talk.rows.with(|rows| rows.order().is_empty()));
    let unread = talk.unread();
    view! {
        <div class="chat-stage">
            <div
                class="chat-log"
                role="log"
                aria-label="Messages"
                aria-busy=move || talk.loading.get().then_some("true")
                tabindex="0"
                node_ref=node
                on:scroll=move |_| scroll.moved()
            >
                <div class="chat-lines">
                    <Earlier talk />
                    <For each=move || talk.rows.with(|rows| rows.order().to_vec()) key=|key| *key let(key)>
                        {match key {
                            Key::Day(day) => view! { <Day day /> }.into_any(),
                            Key::Unread => view! { <p class="chat-unread">"New messages"</p> }.into_any(),
                            Key::Line { mine, id } => view! { <Message talk mine id /> }.into_any(),
                        }}
                    </For>
                    <Show when=move || is_empty.get()><NothingYet talk /></Show>
                    {past.then(|| view! { <Newest talk /> })}
                    {unread.map(|unread| view! { <MarkAsRead talk unread /> })}
                </div>
            </div>
            <Show when=move || scroll.unseen()>
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
fn Earlier(talk: Talk) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let before = Memo::new(move |_| talk.timeline.with(|timeline| timeline.before()));
    let shown = Memo::new(move |_| before.get().is_some());
    let path = talk.with.with_value(|with| format!("/chat/{}", with.username));
    move || {
        let path = path.clone();
        shown.get().then(|| {
            let control = if alive.get() {
                view! { <Button small=true busy=talk.loading on:click=move |_| talk.load_earlier()>"Earlier messages"</Button> }
                    .into_any()
            } else {
                let before = before.get_untracked().unwrap_or_default();
                view! { <ButtonLink small=true href=format!("{path}?before={before}")>"Earlier messages"</ButtonLink> }.into_any()
            };
            view! { <p class="chat-turn">{control}</p> }
        })
    }
}

/// The way back from earlier messages. A page that is alive fetches what lies between.
#[component]
fn Newest(talk: Talk) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let path = talk.with.with_value(|with| format!("/chat/{}", with.username));
    view! {
        <p class="chat-turn" hidden=move || alive.get()>
            <ButtonLink small=true href=path>"Newest messages"</ButtonLink>
        </p>
    }
}

/// Without a script nobody knows what is on a screen, so one says it.
#[component]
fn MarkAsRead(talk: Talk, unread: Seen) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let action = talk.with.with_value(|with| format!("/chat/{}/read", with.username));
    view! {
        <form class="chat-turn" method="post" action=action hidden=move || alive.get()>
            <AccountField />
            <input type="hidden" name="conversation" value=unread.conversation.to_string() />
            <input type="hidden" name="seq" value=unread.seq.to_string() />
            <Button kind="submit" small=true>"Mark as read"</Button>
        </form>
    }
}

#[component]
fn NothingYet(talk: Talk) -> impl IntoView {
    let name = talk.with.with_value(|with| with.first_name.clone());
    view! {
        <EmptyState icon="chat" title=format!("Say hello to {name}") text="What you write here stays between the two of you." />
    }
}
