use protocol::{
    PostId,
    post::{EditPost, PostView, UNDO_SECONDS},
};

use super::posts;
use crate::{
    Scope, post,
    testing::{Seed, both},
};

pub(super) async fn bodies(seed: &Seed, who: &Scope, typed: &str) -> Vec<String> {
    let page = posts(&seed.cx, who, typed, None).await.expect("a page");
    page.items.into_iter().map(|post| post.body).collect()
}

#[tokio::test]
async fn posts_are_found_by_their_words_the_latest_first() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let texts = [
            "The café at the river",
            "A river without a café",
            "Tomorrow at the choir: bring Ærø cake",
            "今天天气很好",
        ];
        for text in texts {
            seed.post(&ana, text).await;
        }
        for (typed, expected) in [
            ("cafe", &[texts[1], texts[0]][..]),
            ("CAFÉ river", &[texts[1], texts[0]]),
            ("river caf", &[texts[1], texts[0]]),
            ("the caf", &[texts[0]]),
            ("choir aero", &[texts[2]]),
            ("天气", &[texts[3]]),
            ("ive", &[]),
            ("river choir", &[]),
        ] {
            assert_eq!(bodies(&seed, &ana, typed).await, expected, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_post_does_not_say_any_more_is_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let first = seed.post(&ana, "a walrus").await.id;
        seed.post(&ana, "another walrus").await;
        let edit = EditPost { post: first, version: 0, body: "a narwhal".to_owned(), pictures: Vec::new() };
        post::edit(&seed.cx, &ana, edit).await.expect("an edit");
        assert_eq!(bodies(&seed, &ana, "walrus").await, ["another walrus"]);
        assert_eq!(bodies(&seed, &ana, "narwhal").await, ["a narwhal"]);
        post::remove(&seed.cx, &ana, first).await.expect("a removal");
        assert_eq!(bodies(&seed, &ana, "narwhal").await, Vec::<String>::new());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM search_post").await, 1);
        post::restore(&seed.cx, &ana, first).await.expect("the post");
        assert_eq!(bodies(&seed, &ana, "a").await, ["a narwhal"], "what is short is a whole word");
    })
    .await;
}

#[tokio::test]
async fn a_post_that_is_back_is_found_where_it_was() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let first = seed.post(&ana, "walrus one").await.id;
        seed.post(&ana, "walrus two").await;
        post::remove(&seed.cx, &ana, first).await.expect("a removal");
        post::restore(&seed.cx, &ana, first).await.expect("the post");
        assert_eq!(bodies(&seed, &ana, "walrus").await, ["walrus two", "walrus one"]);
        post::remove(&seed.cx, &ana, first).await.expect("a removal");
        seed.clock.advance_seconds(i64::from(UNDO_SECONDS) + 1);
        seed.run_jobs().await;
        assert_eq!(bodies(&seed, &ana, "walrus").await, ["walrus two"]);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM search_post").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_posts_of_a_search_come_in_pages_without_gaps_or_doubles() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut expected: Vec<PostId> = Vec::new();
        for number in 0..45 {
            let id = seed.post(&ana, &format!("walrus {number}")).await.id;
            expected.insert(0, id);
            let hidden = seed.post(&ben, "a walrus that nobody sees").await;
            post::remove(&seed.cx, &ben, hidden.id).await.expect("a removal");
        }
        let (mut seen, mut before): (Vec<PostView>, _) = (Vec::new(), None);
        loop {
            let page = posts(&seed.cx, &ana, "walrus", before).await.expect("a page");
            seen.extend(page.items);
            before = seen.last().map(|post| post.id);
            if !page.more {
                break;
            }
        }
        assert_eq!(seen.into_iter().map(|post| post.id).collect::<Vec<_>>(), expected);
    })
    .await;
}
