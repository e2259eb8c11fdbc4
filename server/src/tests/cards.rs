//! Cards are kept for whom sees the same of a post, and for nobody else.

use domain::testing::both;

use super::{Browser, Site};

/// The cards of a page, each twice asked for: the second time they come from memory.
async fn cards(browser: &Browser, path: &str) -> Vec<String> {
    let mut pages = Vec::new();
    for _ in 0..2 {
        let page = browser.get(path).await.body;
        let cards = page.split("<article").skip(1).filter_map(|rest| rest.split("</article>").next());
        pages.push(cards.map(str::to_owned).collect::<Vec<_>>());
    }
    assert_eq!(pages[0], pages[1]);
    pages.remove(0)
}

#[tokio::test]
async fn everybody_gets_the_card_that_is_theirs() {
    both(|seed| async move {
        let site = Site::new(seed);
        let [anas, bens, cids] =
            [site.member("ana").await, site.member("ben").await, site.member("cid").await];
        let [ana, ben, cid] = [anas.scope(&site).await, bens.scope(&site).await, cids.scope(&site).await];
        let post = site.seed.post(&ana, "first words").await.id;
        site.seed.like(&cid, post).await;
        site.seed.comment(&cid, post, "seen").await;
        site.seed.block(&ben, &cid).await;
        let of = async |browser: &Browser| cards(browser, "/").await.remove(0);

        let (hers, his, theirs) = (of(&anas).await, of(&bens).await, of(&cids).await);
        assert!(
            hers.contains("1 like<") && hers.contains("1 comment<") && hers.contains("Post options"),
            "{hers}"
        );
        assert!(
            his.contains("0 likes<") && his.contains("0 comments<") && !his.contains("Post options"),
            "{his}"
        );
        assert!(theirs.contains("1 like<") && theirs.contains("aria-pressed=\"true\""), "{theirs}");
        let on_profile = cards(&bens, "/u/ana").await.remove(0);
        assert!(
            on_profile.contains("value=\"/u/ana\"") && his.contains("value=\"/\""),
            "each leads back to its page"
        );
    })
    .await;
}
