use protocol::{
    Page, PostId, Problem,
    feed::{FeedKind, FeedQuery},
    post::PostView,
};

use super::page;
use crate::{
    Scope,
    limit::Rates,
    session,
    testing::{Seed, StepCounter, TestDb, both, refusal},
};

async fn read(seed: &Seed, who: &Scope, kind: FeedKind, before: Option<PostId>) -> Page<PostView> {
    page(&seed.cx, who, FeedQuery { kind, before }).await.expect("a page")
}

/// Every kind of feed; the third is that of `author`.
fn kinds(author: &Scope) -> [FeedKind; 3] {
    [FeedKind::Everyone, FeedKind::Following, FeedKind::By(author.account().expect("a person"))]
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
async fn the_feed_of_a_person_holds_their_posts_alone() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        for (who, body) in [(&ana, "one"), (&ben, "two"), (&ana, "three")] {
            seed.post(who, body).await;
        }
        let by = |who: &Scope| FeedKind::By(who.account().unwrap());
        for reader in [&ana, &ben] {
            assert_eq!(bodies(&read(&seed, reader, by(&ana), None).await), ["three", "one"]);
            assert_eq!(bodies(&read(&seed, reader, by(&ben), None).await), ["two"]);
        }
        let nobody = protocol::AccountId::from(uuid::Uuid::nil());
        assert_eq!(read(&seed, &ana, FeedKind::By(nobody), None).await, Page::empty());
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

/// More people than a page has posts, of whom some write much and some are silent for long.
#[tokio::test]
async fn following_is_what_everyone_would_show_of_the_people_followed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let mut people = vec![seed.person("ben").await];
        for number in 1..30 {
            people.push(seed.person(&format!("person{number}")).await);
            seed.follow(&ana, &people[number]).await;
        }
        for number in 0..150 {
            let who = if number < 60 { number % 30 } else { number * number % 7 };
            let post = seed.post(&people[who], &format!("{number} of {who}")).await;
            if number % 11 == 0 {
                crate::post::remove(&seed.cx, &people[who], post.id).await.expect("a removal");
            }
        }
        seed.post(&ana, "own").await;
        let everyone = read_all(&seed, &ana, FeedKind::Everyone).await;
        let followed: Vec<String> = everyone.into_iter().filter(|body| !body.ends_with(" of 0")).collect();
        assert!(followed.len() > 100, "{followed:?}");
        assert_eq!(read_all(&seed, &ana, FeedKind::Following).await, followed);
    })
    .await;
}

/// Counted on SQLite, whose virtual machine can tell.
#[tokio::test]
async fn a_page_costs_the_same_however_many_posts_there_are() {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await);
    let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
    seed.follow(&ana, &ben).await;
    for number in 0..30 {
        seed.post(&ben, &format!("{number}")).await;
    }
    let few = steps(&seed, &ana, &ben).await;
    for number in 0..400 {
        seed.post(if number < 100 { &ben } else { &cid }, &format!("{number}")).await;
    }
    for (few, many) in few.into_iter().zip(steps(&seed, &ana, &ben).await) {
        assert!(many < few + few / 5, "{few} steps became {many}");
    }
}

/// What each kind of feed costs, in instructions of SQLite's virtual machine.
async fn steps(seed: &Seed, who: &Scope, author: &Scope) -> Vec<u64> {
    let counter = StepCounter::new(seed.cx.db.read()).await;
    let mut steps = Vec::new();
    for kind in kinds(author) {
        steps.push(counter.of(read(seed, who, kind, None)).await.1);
    }
    steps
}

/// The texts of all pages.
async fn read_all(seed: &Seed, who: &Scope, kind: FeedKind) -> Vec<String> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = read(seed, who, kind, before).await;
        before = page.items.last().map(|post| post.id);
        all.extend(page.items.into_iter().map(|post| post.body));
        if !page.more {
            return all;
        }
    }
}

#[tokio::test]
async fn pages_have_neither_gaps_nor_doubles_while_posts_are_added() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ben, &ana).await;
        for number in 0..50 {
            seed.post(&ana, &format!("{number}")).await;
        }
        for kind in kinds(&ana) {
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
async fn a_feed_page_takes_two_statements_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&ana, &ben).await;
        for number in 0..25 {
            let post = seed.post(&ben, &format!("{number}")).await;
            seed.like(&cid, post.id).await;
            seed.comment(&cid, post.id, "seen").await;
        }
        seed.block(&ana, &cid).await;
        let token = seed.cookie(&ana).await;
        for kind in kinds(&ben) {
            seed.query_log.take();
            let (session, _) = session::visit(&seed.cx, &token).await.unwrap().expect("a session");
            let scope = Scope::signed_in(session, Seed::nobody().address());
            let page = read(&seed, &scope, kind, None).await;
            let statements = seed.query_log.take();
            assert_eq!((page.items.len(), page.more, page.items[0].counts.likes), (20, true, 0));
            assert!(statements.len() <= 2, "{}: {statements:#?}", statements.len());
            assert_eq!(seed.full_scans(statements).await, Vec::<String>::new(), "{kind:?}");
        }
    })
    .await;
}
