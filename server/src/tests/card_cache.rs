//! Cards are kept for whom sees the same of a post, and for nobody else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use app::post::{CardCache, CardKey, SharedCards};
use domain::testing::both;

use super::{Browser, Site};
use crate::card_cache::empty;

/// A memory that counts what was found in it.
struct Counting {
    cards: SharedCards,
    found: AtomicUsize,
}

impl CardCache for Counting {
    fn get(&self, key: &CardKey) -> Option<Arc<str>> {
        let found = self.cards.cards.get(key);
        self.found.fetch_add(usize::from(found.is_some()), Ordering::SeqCst);
        found
    }

    fn insert(&self, key: CardKey, markup: Arc<str>) {
        self.cards.cards.insert(key, markup);
    }
}

/// The first card of a page.
async fn first(browser: &Browser, path: &str) -> String {
    let page = browser.get(path).await.body;
    let card = page.split("<article").nth(1).and_then(|rest| rest.split("</article>").next());
    card.expect("a card").to_owned()
}

#[tokio::test]
async fn everybody_gets_the_card_that_is_theirs() {
    both(|seed| async move {
        let memory = Arc::new(Counting { cards: empty(), found: AtomicUsize::new(0) });
        let site = Site::new(seed).keeping(SharedCards { cards: memory.clone(), ..empty() });
        let [anas, bens, cids, dans] = [
            site.member("ana").await,
            site.member("ben").await,
            site.member("cid").await,
            site.member("dan").await,
        ];
        let [ana, ben, cid] = [anas.scope(&site).await, bens.scope(&site).await, cids.scope(&site).await];
        let post = site.seed.post(&ana, "first words").await.id;
        site.seed.like(&cid, post).await;
        site.seed.comment(&cid, post, "seen").await;
        site.seed.block(&ben, &cid).await;

        let hers = first(&anas, "/").await;
        assert!(
            hers.contains("1 like<") && hers.contains("1 comment<") && hers.contains("Post options"),
            "{hers}"
        );
        // Dan sees the same of the post, and is not its author.
        let dan_sees = first(&dans, "/").await;
        assert!(dan_sees.contains("1 like<") && !dan_sees.contains("Post options"), "{dan_sees}");
        let his = first(&bens, "/").await;
        assert!(his.contains("0 likes<") && his.contains("0 comments<"), "{his}");
        let liked = first(&cids, "/").await;
        assert!(liked.contains("1 like<") && liked.contains("aria-pressed=\"true\""), "{liked}");
        let on_profile = first(&dans, "/u/ana").await;
        assert!(
            on_profile.contains("value=\"/u/ana\"") && dan_sees.contains("value=\"/\""),
            "each leads back"
        );

        assert_eq!(memory.found.load(Ordering::SeqCst), 0, "nobody was given another one's");
        for (browser, card) in [(&anas, hers), (&dans, dan_sees), (&bens, his), (&cids, liked)] {
            assert_eq!(first(browser, "/").await, card);
        }
        assert_eq!(memory.found.load(Ordering::SeqCst), 4);
    })
    .await;
}
