use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{Problem, account::PersonView, chat::ChatView, profile::ProfileView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    api,
    conversation_list::{ConversationList, List, list},
    message_action::AskedAction,
    pane::{BlockedPane, ConversationPane, FailedPane, LoadingPane},
    partner_list::PartnerSearch,
    store::ChatStore,
};
use crate::{
    browser,
    error::AppError,
    page::{NotFound, Page},
    profile::{self, MovedTo, has_moved},
    ui::EmptyState,
};

/// What the page of a chat shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum ChatContent {
    Chat { chat: ChatView, form_id: Uuid },
    Blocked { person: PersonView },
}

/// For somebody who wants to see who has written.
#[component]
pub fn ChatsPage() -> impl IntoView {
    let Some(store) = use_context::<ChatStore>() else { return view! { <NotFound /> }.into_any() };
    let (list, search) = (list(store), PartnerSearch::new(store, None));
    view! {
        <ChatLayout title="Chat" store list search>
            <section class="chat-pane chat-empty" aria-label="Conversation">
                <EmptyState
                    icon="chat"
                    title="Pick a person"
                    text="Only the two of you can read it."
                />
            </section>
        </ChatLayout>
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
            <ConversationPage username />
        </For>
    }
}

#[component]
fn ConversationPage(username: String) -> impl IntoView {
    let Some(store) = use_context::<ChatStore>() else { return view! { <NotFound /> }.into_any() };
    let (before, asked) = use_query_map().with_untracked(|query| {
        let before = query.get_str("before").and_then(|seq| seq.parse().ok());
        (before, AskedAction::parse(query))
    });
    let page = OpenPage {
        username: username.clone(),
        store,
        list: list(store),
        search: PartnerSearch::new(store, Some(&username)),
        is_navigation: browser::is_hydrated(),
        is_history: before.is_some(),
        asked,
    };
    let content = Resource::new(|| (), move |()| open(username.clone(), before));
    let reload = Callback::new(move |()| content.refetch());
    let loading = page.clone();
    // A closure within, so that nothing of it is made before it is shown.
    let fallback = move || move || loading.clone().placeholder();
    view! {
        <Suspense fallback>
            {move || {
                let page = page.clone();
                Suspend::new(async move { page.render(content.await, reload) })
            }}
        </Suspense>
    }
    .into_any()
}

/// Where a conversation is shown.
#[derive(Clone)]
struct OpenPage {
    username: String,
    store: ChatStore,
    list: Option<List>,
    search: PartnerSearch,
    /// The page was alive already: whoever comes now has pressed a link.
    is_navigation: bool,
    /// What is shown at first is not the end of the conversation.
    is_history: bool,
    asked: Option<AskedAction>,
}

impl OpenPage {
    fn placeholder(self) -> AnyView {
        let person = self.store.partner_by_username(&self.username);
        let title = person.as_ref().map_or_else(|| "Chat".to_owned(), title);
        self.layout(title, view! { <LoadingPane person /> }.into_any())
    }

    fn render(self, content: Result<ChatContent, AppError>, reload: Callback<()>) -> AnyView {
        match content {
            Ok(ChatContent::Chat { chat, .. }) if has_moved(&self.username, &chat.with) => {
                view! { <MovedTo path=format!("/chat/{}", chat.with.username) /> }.into_any()
            }
            Ok(ChatContent::Chat { chat, form_id }) => {
                let Self { store, is_navigation, is_history, asked, .. } = self;
                self.layout(
                    title(&chat.with),
                    view! { <ConversationPane store chat form_id is_navigation is_history asked reload /> }
                        .into_any(),
                )
            }
            Ok(ChatContent::Blocked { person }) => {
                self.layout(title(&person), view! { <BlockedPane person reload /> }.into_any())
            }
            Err(error) if error.problem() == Problem::NotFound => view! { <NotFound /> }.into_any(),
            Err(error) => self.layout("Chat".to_owned(), view! { <FailedPane error reload /> }.into_any()),
        }
    }

    fn layout(self, title: String, pane: AnyView) -> AnyView {
        let Self { username, store, list, search, .. } = self;
        view! { <ChatLayout title store list search open=username>{pane}</ChatLayout> }.into_any()
    }
}

fn title(with: &PersonView) -> String {
    format!("{} · Chat", with.full_name())
}

async fn open(username: String, before: Option<i64>) -> Result<ChatContent, AppError> {
    match api::open(username.clone()).await {
        Ok((mut chat, form_id)) => {
            if let Some((conversation, before)) = chat.conversation.zip(before) {
                let page = api::earlier(conversation, before).await?;
                (chat.messages, chat.more) = (page.items, page.more);
            }
            Ok(ChatContent::Chat { chat, form_id })
        }
        Err(error) if error.problem() == Problem::YouBlocked => {
            match profile::api::view(username, None).await? {
                ProfileView::YouBlocked { person } => Ok(ChatContent::Blocked { person }),
                ProfileView::Open(_) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

/// The list beside what is open; on a phone one of the two.
#[component]
fn ChatLayout(
    #[prop(into)] title: String,
    store: ChatStore,
    list: Option<List>,
    search: PartnerSearch,
    #[prop(optional, into)] open: Option<String>,
    children: Children,
) -> impl IntoView {
    let is_open = open.is_some();
    view! {
        <Page title wide=true>
            <div class="chat" data-open=is_open>
                <ConversationList store list search open />
                {children()}
            </div>
        </Page>
    }
}
