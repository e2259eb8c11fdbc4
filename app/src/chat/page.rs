use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::{Problem, account::PersonView, chat::ChatView, profile::ProfileView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    api, browser,
    chats::Chats,
    pane::{Blocked, Pane},
    side::{List, Side, list},
};
use crate::{
    error::AppError,
    frame::{NotFound, Oops, Page},
    profile,
    ui::{EmptyState, Shape, Skeleton},
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
                <EmptyState icon="chat" title="Pick somebody to write to" text="Your conversations stay between the two of you." />
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
    let list = list(chats);
    let opened = Resource::new(|| (), {
        let username = username.clone();
        move |()| open(username.clone(), before)
    });
    let reload = Callback::new(move |()| opened.refetch());
    let arrived = browser::is_alive();
    let fallback = {
        let username = username.clone();
        // A closure, so that nothing of it is made before it is shown.
        move || {
            let username = username.clone();
            move || view! { <Coming username=username.clone() chats list /> }
        }
    };
    view! {
        <Suspense fallback>
            {move || {
                let username = username.clone();
                Suspend::new(async move {
                    let name = |person: &PersonView| format!("{} · Chat", person.full_name());
                    match opened.await {
                        Ok(Opened::Chat { chat, form_id }) => view! {
                            <Layout title=name(&chat.with) chats list open=username>
                                <Pane chats chat form_id arrived past=before.is_some() />
                            </Layout>
                        }
                        .into_any(),
                        Ok(Opened::Blocked { person }) => view! {
                            <Layout title=name(&person) chats list open=username><Blocked person reload /></Layout>
                        }
                        .into_any(),
                        Err(error) => view! { <Oops error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
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
        Err(error) if error.problem() == Problem::YouBlocked => match profile::api::view(username).await? {
            ProfileView::YouBlocked { person } => Ok(Opened::Blocked { person }),
            ProfileView::Open(_) => Err(error),
        },
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

/// The place of a conversation that is on its way.
#[component]
fn Coming(username: String, chats: Chats, list: Option<List>) -> impl IntoView {
    view! {
        <Layout title="Chat" chats list open=username>
            <section class="chat-pane" aria-label="Conversation">
                <div class="chat-coming"><Skeleton shape=Shape::Row count=1 /></div>
            </section>
        </Layout>
    }
}
