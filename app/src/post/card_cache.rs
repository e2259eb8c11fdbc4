use std::sync::Arc;

use leptos::{prelude::*, tachys::html::InertElement};
use protocol::post::{Counts, PostView};

use crate::{
    page::here,
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
    fn here(post: PostView, is_alone: bool) -> Self {
        // When it was read is not written on a card.
        let post = PostView { counts: Counts { revision: 0, ..post.counts }, ..post };
        Self { is_own: session::is_me(post.author.id), is_alone, page: here(), post }
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

/// The card of a post, as it was written before for the same page or as it is made now. Only the host writes.
pub(super) fn cached_card(post: PostView, is_alone: bool, card: impl FnOnce(PostView) -> AnyView) -> AnyView {
    if !ON_HOST {
        return card(post);
    }
    let Some(SharedCards { cards, account_placeholder }) = use_context() else {
        return render_now(card(post));
    };
    let key = CardKey::here(post.clone(), is_alone);
    let markup = cards.get(&key).unwrap_or_else(|| {
        let markup = Owner::new().with(|| {
            provide_context(AccountPlaceholder(Arc::clone(&account_placeholder)));
            Arc::<str>::from(card(post).to_html())
        });
        cards.insert(key, Arc::clone(&markup));
        markup
    });
    InertElement::new(markup.replace(&*account_placeholder, &session::account_value())).into_any()
}
