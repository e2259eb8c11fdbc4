//! Own posts on their way: on top of the feed at once, kept until the host has answered.

use leptos::prelude::*;
use protocol::post::PostView;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    browser::Keepsake,
    error::AppError,
    media::PictureGrid,
    post::{Content, Draft, api, new_id},
    rich::RichText,
    session,
    ui::{Avatar, Button, Variant},
};

/// A post on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OnItsWay {
    client_id: Uuid,
    content: Content,
    /// Why it is not there yet.
    #[serde(skip)]
    problem: Option<String>,
}

/// All of them, the latest first. It belongs to the whole page: what was sent arrives wherever one goes meanwhile.
#[derive(Clone, Copy)]
pub struct Unsent {
    list: RwSignal<Vec<OnItsWay>>,
    keepsake: StoredValue<Keepsake>,
    /// What to do with one that has arrived, while feeds are shown.
    on_published: StoredValue<Vec<(Uuid, Callback<PostView>)>>,
}

/// Makes the page able to send posts; once, at its root.
pub fn provide_unsent() {
    let Some(me) = session::me() else { return };
    let unsent = Unsent {
        list: RwSignal::new(Vec::new()),
        keepsake: StoredValue::new(Keepsake::shared(format!("kith.unsent.{}.post", me.person.id))),
        on_published: StoredValue::new(Vec::new()),
    };
    provide_context(unsent);
    Effect::new(move || unsent.bring_back());
}

impl Unsent {
    /// Calls `on_published` with what arrives, until the part of the page that asks goes away.
    pub(super) fn listen(self, on_published: Callback<PostView>) {
        Effect::new(move || {
            let id = new_id();
            self.on_published.update_value(|all| all.push((id, on_published)));
            // The next page listens already when this one goes.
            on_cleanup(move || {
                self.on_published.try_update_value(|all| all.retain(|(other, _)| *other != id));
            });
        });
    }

    /// Sends a post.
    pub(super) fn send(self, content: Content) {
        let post = OnItsWay { client_id: new_id(), content, problem: None };
        let client_id = post.client_id;
        self.list.update(|list| list.insert(0, post));
        self.keep();
        self.try_to_send(client_id);
    }

    fn try_to_send(self, client_id: Uuid) {
        self.change(client_id, |post| post.problem = None);
        let content = self.find(client_id, |post| post.content.clone());
        let Some(content) = content else { return };
        leptos::task::spawn_local(async move {
            match api::publish(content.to_post(client_id)).await {
                Ok(post) => self.arrived(client_id, post),
                Err(error) => self.change(client_id, |post| post.problem = Some(why(&error))),
            }
        });
    }

    fn arrived(self, client_id: Uuid, post: PostView) {
        for (_, on_published) in self.on_published.try_get_value().unwrap_or_default() {
            on_published.run(post.clone());
        }
        self.take(client_id);
    }

    fn take(self, client_id: Uuid) -> Option<Content> {
        let taken = self.list.try_update(|list| {
            list.iter().position(|post| post.client_id == client_id).map(|at| list.remove(at).content)
        });
        self.keep();
        taken.flatten()
    }

    fn find<T>(self, client_id: Uuid, read: impl FnOnce(&OnItsWay) -> T) -> Option<T> {
        self.list
            .try_with_untracked(|list| list.iter().find(|post| post.client_id == client_id).map(read))
            .flatten()
    }

    fn change(self, client_id: Uuid, change: impl FnOnce(&mut OnItsWay)) {
        self.list.try_update(|list| list.iter_mut().find(|post| post.client_id == client_id).map(change));
    }

    fn keep(self) {
        let kept = self.list.try_with_untracked(|list| {
            if list.is_empty() { String::new() } else { serde_json::to_string(list).unwrap_or_default() }
        });
        self.keepsake.try_with_value(|keepsake| keepsake.set(&kept.unwrap_or_default()));
    }

    /// Whether what another life of this page sent has arrived, nobody knows; sent again, it is published once.
    fn bring_back(self) {
        let kept = self.keepsake.with_value(Keepsake::get);
        let kept: Vec<OnItsWay> = kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
        let ids: Vec<Uuid> = kept.iter().map(|post| post.client_id).collect();
        self.list.set(kept);
        ids.into_iter().for_each(|client_id| self.try_to_send(client_id));
    }
}

fn why(error: &AppError) -> String {
    format!("Not published yet. {}", error.sentence())
}

/// Own posts that are on their way, above all others.
#[component]
pub(super) fn UnsentPosts(unsent: Unsent, draft: Draft) -> impl IntoView {
    view! {
        <For each=move || unsent.list.get() key=|post| (post.client_id, post.problem.clone()) let:post>
            <UnsentPost unsent draft post />
        </For>
    }
}

#[component]
fn UnsentPost(unsent: Unsent, draft: Draft, post: OnItsWay) -> impl IntoView {
    let OnItsWay { client_id, content, problem } = post;
    let author = session::me().map(|me| me.person);
    let name = author.as_ref().map(|person| person.full_name());
    let article_name = name.clone();
    let state = if problem.is_some() { "failed" } else { "sending" };
    let edit = move |_| unsent.take(client_id).into_iter().for_each(|content| draft.take_back(content));
    view! {
        <article class="post" data-state=state aria-label=article_name aria-busy=problem.is_none().then_some("true")>
            <span class="post-face">{author.map(|person| view! { <Avatar person /> })}</span>
            <header class="post-head">
                <span class="post-author"><bdi>{name}</bdi></span>
                <span class="post-state" role="status">
                    {problem.clone().unwrap_or_else(|| "Publishing…".to_owned())}
                </span>
            </header>
            <div class="post-body" dir="auto"><RichText text=content.body mentions=Vec::new() /></div>
            <PictureGrid pictures=content.pictures />
            {problem.is_some().then(|| view! {
                <div class="post-actions">
                    <Button small=true variant=Variant::Primary on:click=move |_| unsent.try_to_send(client_id)>"Try again"</Button>
                    <Button small=true on:click=edit>"Edit"</Button>
                </div>
            })}
        </article>
    }
}
