use std::sync::Arc;

use leptos::{prelude::*, tachys::html::InertElement};
use protocol::post::{Counts, PostView};

use crate::{
    assets::Assets,
    page::{PageAddress, here},
    platform::ON_HOST,
    session::{self, AccountPlaceholder},
    ui::render_now,
};

/// All that the markup of a card depends on. Nothing else may have a part in it: who sees the same of a post gets the same
/// markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardKey {
    post: PostView,
    is_own: bool,
    is_alone: bool,
    /// Where its forms lead back to.
    page: String,
}

impl CardKey {
    fn new(post: PostView, is_alone: bool, is_own: bool, page: String) -> Self {
        // When it was read is not written on a card.
        let post = PostView { counts: Counts { revision: 0, ..post.counts }, ..post };
        Self { post, is_own, is_alone, page }
    }

    /// What keeping it takes, in bytes.
    pub fn size(&self) -> usize {
        let PostView { body, mentions, pictures, .. } = &self.post;
        let pictures = pictures.iter().map(|picture| picture.alt.len() + picture.preview.len() + 100);
        size_of::<Self>() + body.len() + 30 * mentions.len() + pictures.sum::<usize>() + self.page.len()
    }
}

/// Keeps what was written.
pub trait CardCache: Send + Sync {
    /// The markup of a card, if it is kept.
    fn get(&self, key: &CardKey) -> Option<Arc<str>>;
    /// Keeps it for a while.
    fn insert(&self, key: CardKey, markup: Arc<str>);
}

/// The host's memory of cards: a post that many people read is written once for all who see the same of it.
#[derive(Clone)]
pub struct SharedCards {
    pub cards: Arc<dyn CardCache>,
    /// Stands in kept markup where the reader's account belongs. Nobody outside the host can know it, so no text holds it.
    pub account_placeholder: Arc<str>,
}

/// The card of a post: from the cache, or rendered now. Only the host has the cache.
pub(super) fn cached_card(
    post: PostView,
    is_alone: bool,
    is_own: bool,
    card: impl FnOnce(PostView) -> AnyView,
) -> AnyView {
    if !ON_HOST {
        return card(post);
    }
    let Some(SharedCards { cards, account_placeholder }) = use_context() else {
        return render_now(card(post));
    };
    let key = CardKey::new(post.clone(), is_alone, is_own, here());
    let markup = cards.get(&key).unwrap_or_else(|| {
        let markup = render_isolated(&key, &account_placeholder, || card(post));
        cards.insert(key, Arc::clone(&markup));
        markup
    });
    InertElement::new(markup.replace(&*account_placeholder, &session::account_value())).into_any()
}

/// Renders under an owner that has nothing of the page around it but what the key says and where files lie: whatever else a
/// card reads of its reader is not there, and reading it panics, instead of showing it to the next reader.
fn render_isolated(
    key: &CardKey,
    account_placeholder: &Arc<str>,
    card: impl FnOnce() -> AnyView,
) -> Arc<str> {
    let (page, assets) = (Owner::current(), use_context::<Assets>());
    let isolated = Owner::new_root(None);
    let markup = isolated.with(|| {
        provide_context(AccountPlaceholder(Arc::clone(account_placeholder)));
        provide_context(PageAddress(key.page.clone()));
        if let Some(assets) = assets {
            provide_context(assets);
        }
        card().to_html().into()
    });
    // A new root takes the place of the owner that was current.
    if let Some(page) = page {
        page.set();
    }
    markup
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use protocol::{Timestamp, account::PersonView};
    use uuid::Uuid;

    use super::*;
    use crate::like::LikeState;

    fn key() -> CardKey {
        let author = PersonView {
            id: Uuid::from_u128(1).into(),
            username: "ana".to_owned(),
            first_name: "Ana".to_owned(),
            last_name: "Brandt".to_owned(),
            picture: None,
        };
        let post = PostView {
            id: Uuid::from_u128(2).into(),
            author,
            body: "hello".to_owned(),
            mentions: Vec::new(),
            pictures: Vec::new(),
            published_at: Timestamp::from_micros(0),
            edited_at: None,
            version: 0,
            liked: false,
            counts: Counts { likes: 0, comments: 0, revision: 0 },
        };
        CardKey::new(post, false, false, "/u/ana?before=5".to_owned())
    }

    /// On a page that has everything.
    fn render(card: impl FnOnce() -> AnyView) -> Option<Arc<str>> {
        let page = Owner::new();
        page.with(|| {
            provide_context(Assets {
                js: String::new(),
                wasm: String::new(),
                css: String::new(),
                icons: "/pkg/icons.svg".to_owned(),
                dev: false,
            });
            session::provide();
            crate::like::provide();
            let rendered =
                catch_unwind(AssertUnwindSafe(|| render_isolated(&key(), &"PLACEHOLDER".into(), card)));
            rendered.ok()
        })
    }

    #[test]
    fn a_card_reads_its_key_and_the_addresses_of_files() {
        let card = || {
            view! { <i>{here()} " " {session::account_value()}</i> <crate::ui::Icon name="heart" /> }
                .into_any()
        };
        let markup = render(card).expect("a card");
        assert!(markup.contains("/u/ana?before=5") && markup.contains("PLACEHOLDER"), "{markup}");
        assert!(markup.contains("/pkg/icons.svg#heart"), "{markup}");
    }

    #[test]
    fn a_card_that_reads_anything_else_panics() {
        let own = || view! { <i>{session::is_me(key().post.author.id)}</i> }.into_any();
        assert_eq!(render(own), None, "who is signed in");
        let liked = || {
            LikeState::new(&key().post);
            ().into_any()
        };
        assert_eq!(render(liked), None, "what this reader has pressed");
        let socket = || {
            crate::live::live();
            ().into_any()
        };
        assert_eq!(render(socket), None, "the socket of this reader");
    }

    #[test]
    fn the_page_goes_on_under_its_own_owner() {
        Owner::new().with(|| {
            provide_context(7_u32);
            render_isolated(&key(), &"PLACEHOLDER".into(), || ().into_any());
            assert_eq!(use_context(), Some(7_u32));
        });
    }
}
