use protocol::{
    Page, PostId, Problem,
    post::{FeedKind, FeedQuery, PostView},
};

use super::page;
use crate::{
    Scope, account, session,
    testing::{Seed, both, refusal},
};

async fn read(seed: &Seed, who: &Scope, kind: FeedKind, before: Option<PostId>) -> Page<PostView> {
    page(&seed.cx, who, FeedQuery { kind, before }).await.expect("a page")
}

fn bodies(page: &Page<PostView>) -> Vec<&str> {
    page.items.iter().map(|post| post.body.as_str()).collect()
}

#[tokio::test]
async fn everyone_holds_all_posts_newest_first() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        for (who, body) in [(&ana, "one"), (&ben, "two"), (&ana, "three")] {
            seed.post(who, body).await;
        }
        let page = read(&seed, &ben, FeedKind::Everyone, None).await;
        assert_eq!((bodies(&page), page.more), (vec!["three", "two", "one"], false));
        assert_eq!(page.items[0].author.username, "ana");
    })
    .await;
}

#[tokio::test]
async fn following_holds_the_own_posts_and_those_of_people_followed() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        for who in [&ana, &ben, &cid] {
            seed.post(who, &who.member().unwrap().username).await;
        }
        seed.follow(&ana, &ben).await;
        assert_eq!(bodies(&read(&seed, &ana, FeedKind::Following, None).await), ["ben", "ana"]);
        assert_eq!(bodies(&read(&seed, &ben, FeedKind::Following, None).await), ["ben"]);
        crate::follow::unfollow(&seed.cx, &ana, ben.account().unwrap()).await.unwrap();
        assert_eq!(bodies(&read(&seed, &ana, FeedKind::Following, None).await), ["ana"]);
    })
    .await;
}

#[tokio::test]
async fn pages_have_neither_gaps_nor_doubles_while_posts_are_added() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ben, &ana).await;
        for number in 0..50 {
            seed.post(&ana, &format!("{number}")).await;
        }
        for kind in [FeedKind::Everyone, FeedKind::Following] {
            let (mut seen, mut before, mut sizes) = (Vec::new(), None, Vec::new());
            loop {
                let page = read(&seed, &ben, kind, before).await;
                before = page.items.last().map(|post| post.id);
                sizes.push(page.items.len());
                seen.extend(page.items.into_iter().map(|post| post.body).filter(|body| body != "added"));
                seed.post(&ana, "added").await;
                if !page.more {
                    break;
                }
            }
            let all: Vec<String> = (0..50).rev().map(|number| number.to_string()).collect();
            assert_eq!(seen, all, "{kind:?} in pages of {sizes:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_that_just_fills_its_page_goes_on_nowhere() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for number in 0..20 {
            seed.post(&ana, &format!("{number}")).await;
        }
        let full = read(&seed, &ana, FeedKind::Everyone, None).await;
        assert_eq!((full.items.len(), full.more), (20, false));
        let beyond = read(&seed, &ana, FeedKind::Everyone, full.items.last().map(|post| post.id)).await;
        assert_eq!(beyond, Page::empty());
    })
    .await;
}

#[tokio::test]
async fn a_feed_says_what_the_reader_likes() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await;
        seed.like(&ben, post.id).await;
        let liked = async |who: &Scope| read(&seed, who, FeedKind::Everyone, None).await.items[0].liked;
        assert_eq!((liked(&ana).await, liked(&ben).await), (false, true));
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_for_people_who_are_signed_in() {
    both(|seed| async move {
        let refused = page(&seed.cx, &Seed::nobody(), FeedQuery::default()).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
    })
    .await;
}

/// With blocks, likes and comments, so that every part of the page has something to read.
#[tokio::test]
async fn a_feed_page_takes_four_statements_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&ana, &ben).await;
        for number in 0..25 {
            let post = seed.post(&ben, &format!("{number}")).await;
            seed.like(&cid, post.id).await;
            seed.comment(&cid, post.id, "seen").await;
        }
        seed.block(&ana, &cid).await;
        let credentials =
            protocol::account::Credentials { login: "ana".into(), password: Seed::form("ana").password };
        let secret = session::log_in(&seed.cx, &Seed::nobody(), credentials, "a test").await.unwrap();
        for kind in [FeedKind::Everyone, FeedKind::Following] {
            seed.statements.take();
            let session = session::resolve(&seed.cx, &secret.expose()).await.unwrap().expect("a session");
            let scope = Scope::signed_in(session, Seed::nobody().address());
            account::me(&seed.cx, &scope).await.unwrap();
            let page = read(&seed, &scope, kind, None).await;
            let statements = seed.statements.take();
            assert_eq!((page.items.len(), page.more, page.items[0].counts.likes), (20, true, 0));
            assert!(statements.len() <= 4, "{}: {statements:#?}", statements.len());
            assert_eq!(seed.full_scans(statements).await, Vec::<String>::new(), "{kind:?}");
        }
    })
    .await;
}
