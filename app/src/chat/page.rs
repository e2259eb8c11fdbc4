use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{Problem, account::PersonView, chat::ChatView, profile::ProfileView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    api,
    chats::Chats,
    pane::{Blocked, Coming, Pane, Unreachable},
    side::{List, Side, list},
};
use crate::{
    browser,
    error::AppError,
    frame::{NotFound, Page},
    profile,
    ui::EmptyState,
};

/// What the page of a chat shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Opened {
    Chat { chat: ChatView, form_id: Uuid },
    Blocked { person: PersonView },
}

/// For somebody who wants to see who has written.
#[component]
pub fn ChatsPage() -> impl IntoView {
    let Some(chats) = use_context::<Chats>() else { return view! { <NotFound /> }.into_any() };
    let list = list(chats);
    view! {
        <Layout title="Chat" chats list>
            <section class="chat-pane chat-none" aria-label="Conversation">
                <EmptyState
                    icon="chat"
                    title="Pick somebody to write to"
                    text="Your conversations stay between the two of you."
                />
            </section>
        </Layout>
    }
    .into_any()
}

/// For somebody who wants to talk with one person.
#[component]
pub fn ChatPage() -> impl IntoView {
    let params = use_params_map();
    let username = Memo::new(move |_| params.with(|params| params.get("username")));
    view! {
        // Each person has a page of their own: nothing that was typed to one may stand in the field of another.
        <For each=move || username.get() key=String::clone let(username)>
            <Conversation username />
        </For>
    }
}

#[component]
fn Conversation(username: String) -> impl IntoView {
    let Some(chats) = use_context::<Chats>() else { return view! { <NotFound /> }.into_any() };
    let before =
        use_query_map().with_untracked(|query| query.get_str("before").and_then(|seq| seq.parse().ok()));
    let place = Place {
        username: username.clone(),
        chats,
        list: list(chats),
        arrived: browser::is_hydrated(),
        past: before.is_some(),
    };
    let opened = Resource::new(|| (), move |()| open(username.clone(), before));
    let reload = Callback::new(move |()| opened.refetch());
    let coming = place.clone();
    // A closure within, so that nothing of it is made before it is shown.
    let fallback = move || move || coming.clone().await_answer();
    view! {
        <Suspense fallback>
            {move || {
                let place = place.clone();
                Suspend::new(async move { place.show(opened.await, reload) })
            }}
        </Suspense>
    }
    .into_any()
}

/// Where a conversation is shown.
#[derive(Clone)]
struct Place {
    username: String,
    chats: Chats,
    list: Option<List>,
    /// The page was alive already: whoever comes now has pressed a link.
    arrived: bool,
    /// What is shown at first is not the end of the conversation.
    past: bool,
}

impl Place {
    fn await_answer(self) -> AnyView {
        let person = self.chats.partner_called(&self.username);
        let title = person.as_ref().map_or_else(|| "Chat".to_owned(), title);
        self.around(title, view! { <Coming person /> }.into_any())
    }

    fn show(self, opened: Result<Opened, AppError>, reload: Callback<()>) -> AnyView {
        match opened {
            Ok(Opened::Chat { chat, form_id }) => {
                let Self { chats, arrived, past, .. } = self;
                self.around(title(&chat.with), view! { <Pane chats chat form_id arrived past /> }.into_any())
            }
            Ok(Opened::Blocked { person }) => {
                self.around(title(&person), view! { <Blocked person reload /> }.into_any())
            }
            Err(error) if error.problem() == Problem::NotFound => view! { <NotFound /> }.into_any(),
            Err(error) => self.around("Chat".to_owned(), view! { <Unreachable error reload /> }.into_any()),
        }
    }

    fn around(self, title: String, pane: AnyView) -> AnyView {
        let Self { username, chats, list, .. } = self;
        view! { <Layout title chats list open=username>{pane}</Layout> }.into_any()
    }
}

fn title(with: &PersonView) -> String {
    format!("{} · Chat", with.full_name())
}

async fn open(username: String, before: Option<i64>) -> Result<Opened, AppError> {
    match api::open(username.clone()).await {
        Ok((mut chat, form_id)) => {
            if let Some((conversation, before)) = chat.conversation.zip(before) {
                let page = api::earlier(conversation, before).await?;
                (chat.messages, chat.more) = (page.items, page.more);
            }
            Ok(Opened::Chat { chat, form_id })
        }
        Err(error) if error.problem() == Problem::YouBlocked => {
            match profile::api::view(username, None).await? {
                ProfileView::YouBlocked { person } => Ok(Opened::Blocked { person }),
                ProfileView::Open(_) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

/// The list beside what is open; on a phone one of the two.
#[component]
fn Layout(
    #[prop(into)] title: String,
    chats: Chats,
    list: Option<List>,
    #[prop(optional, into)] open: Option<String>,
    children: Children,
) -> impl IntoView {
    let is_open = open.is_some();
    view! {
        <Page title wide=true>
            <div class="chat" data-open=is_open>
                <Side chats list open />
                {children()}
            </div>
        </Page>
    }
}
