use protocol::{
    CommentId, Page, PostId, Problem,
    comment::{CommentView, FIRST_REPLIES, PageRequest, ThreadPage},
};
use uuid::Uuid;

use super::{below, listed};
use crate::{
    Scope,
    comment::{page, remove, replies},
    testing::{Seed, both, id, refusal},
};

async fn load(seed: &Seed, who: &Scope, post: PostId, request: PageRequest) -> ThreadPage {
    page(&seed.cx, who, post, request).await.expect("a page")
}

fn heads(page: &ThreadPage) -> Vec<CommentId> {
    page.threads.iter().map(|thread| thread.comment.id).collect()
}

fn ids(replies: &[CommentView]) -> Vec<CommentId> {
    replies.iter().map(|reply| reply.id).collect()
}

async fn comments(seed: &Seed, who: &Scope, post: PostId, count: usize) -> Vec<CommentId> {
    let mut written = Vec::new();
    for number in 0..count {
        written.push(seed.comment(who, post, &number.to_string()).await.id);
    }
    written
}

async fn answers(seed: &Seed, who: &Scope, post: PostId, to: CommentId, count: usize) -> Vec<CommentId> {
    let mut written = Vec::new();
    for number in 0..count {
        written.push(seed.reply(who, below(post, to, &number.to_string())).await.id);
    }
    written
}

#[tokio::test]
async fn forwards_there_are_neither_gaps_nor_doubles_while_others_write() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let mut written = comments(&seed, &ana, post, 41).await;
        let (mut seen, mut wanted) = (Vec::new(), PageRequest::First);
        loop {
            let page = load(&seed, &ana, post, wanted).await;
            assert_eq!(page.earlier, !seen.is_empty());
            seen.extend(heads(&page));
            wanted = PageRequest::After(*seen.last().unwrap());
            if !page.more {
                break;
            }
            if written.len() < 45 {
                let late = seed.comment(&ana, post, "late").await.id;
                answers(&seed, &ana, post, late, 1).await;
                written.push(late);
            }
        }
        assert_eq!(seen, written);
    })
    .await;
}

#[tokio::test]
async fn backwards_there_are_neither_gaps_nor_doubles_while_others_write_and_remove() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let written = comments(&seed, &ana, post, 45).await;
        let end = load(&seed, &ana, post, PageRequest::At(written[44])).await;
        assert_eq!((heads(&end), end.earlier, end.more), (vec![written[44]], true, false));
        let mut seen = vec![written[44]];
        loop {
            let page = load(&seed, &ana, post, PageRequest::Before(seen[0])).await;
            assert!(page.more, "there is what it comes before");
            seen.splice(0..0, heads(&page));
            if !page.earlier {
                break;
            }
            seed.comment(&ana, post, "late").await;
            // What names the place to go on from may go itself.
            remove(&seed.cx, &ana, seen[0]).await.unwrap();
        }
        assert_eq!(seen, written);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_just_full_goes_on_nowhere() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let nothing = ThreadPage { threads: Vec::new(), earlier: false, more: false };
        assert_eq!(load(&seed, &ana, post, PageRequest::First).await, nothing);
        let written = comments(&seed, &ana, post, 20).await;
        let full = load(&seed, &ana, post, PageRequest::First).await;
        assert_eq!((heads(&full), full.earlier, full.more), (written.clone(), false, false));
        let beyond = load(&seed, &ana, post, PageRequest::After(written[19])).await;
        assert_eq!(beyond, ThreadPage { earlier: true, ..nothing.clone() });
        let before = load(&seed, &ana, post, PageRequest::Before(written[0])).await;
        assert_eq!(before, ThreadPage { more: true, ..nothing });
    })
    .await;
}

#[tokio::test]
async fn of_a_long_thread_the_first_replies_come_and_then_pages_of_them() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let heads = comments(&seed, &ana, post, 2).await;
        let written = answers(&seed, &ana, post, heads[0], 46).await;
        let short = answers(&seed, &ana, post, heads[1], FIRST_REPLIES as usize).await;
        let page = load(&seed, &ana, post, PageRequest::First).await;
        let mut seen = ids(&page.threads[0].replies);
        assert_eq!((seen.len(), page.threads[0].more), (FIRST_REPLIES as usize, true));
        assert_eq!((ids(&page.threads[1].replies), page.threads[1].more), (short, false));
        loop {
            let Page { items, more } =
                replies(&seed.cx, &ana, heads[0], *seen.last().unwrap()).await.expect("replies");
            seen.extend(ids(&items));
            if !more {
                break;
            }
        }
        assert_eq!(seen, written);
    })
    .await;
}

#[tokio::test]
async fn the_place_of_a_comment_is_where_its_thread_begins() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let written = comments(&seed, &ana, post, 30).await;
        let reply = answers(&seed, &ana, post, written[25], 2).await[1];
        for wanted in [written[25], reply] {
            let page = load(&seed, &ana, post, PageRequest::At(wanted)).await;
            assert_eq!((heads(&page), page.earlier, page.more), (written[25..].to_vec(), true, false));
            assert_eq!(page.threads[0].replies.len(), 2);
        }
        let first = load(&seed, &ana, post, PageRequest::At(written[0])).await;
        assert_eq!((first.threads.len(), first.earlier, first.more), (20, false, true));
    })
    .await;
}

#[tokio::test]
async fn the_place_of_a_late_reply_has_the_replies_before_it_and_some_after_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let thread = comments(&seed, &ana, post, 1).await[0];
        let written = answers(&seed, &ana, post, thread, 40).await;
        for (wanted, most) in [(0, 21), (4, 25), (5, 26), (18, 39), (19, 40), (39, 40)] {
            let page = load(&seed, &ana, post, PageRequest::At(written[wanted])).await;
            let found = &page.threads[0];
            assert_eq!(ids(&found.replies), written[..most], "at {wanted}");
            assert_eq!(found.more, most < 40, "at {wanted}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_a_very_long_thread_no_more_than_two_hundred_replies_come_at_once() {
    let seed = Seed::new(crate::testing::TestDb::sqlite(crate::limit::Rates::default().times(1_000)).await);
    let ana = seed.person("ana").await;
    let post = seed.post(&ana, "hello").await.id;
    let thread = comments(&seed, &ana, post, 1).await[0];
    let written = answers(&seed, &ana, post, thread, 210).await;
    let page = load(&seed, &ana, post, PageRequest::At(written[205])).await;
    let found = &page.threads[0];
    assert_eq!((ids(&found.replies), found.more), (written[..200].to_vec(), true));
}

#[tokio::test]
async fn the_place_of_what_is_not_there_is_the_beginning() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (post, other) = (seed.post(&ana, "hello").await.id, seed.post(&ana, "bye").await.id);
        let written = comments(&seed, &ana, post, 3).await;
        let elsewhere = comments(&seed, &ana, other, 1).await[0];
        remove(&seed.cx, &ana, written[2]).await.unwrap();
        for nothing in
            [Uuid::nil().into(), Uuid::max().into(), written[2], elsewhere, Uuid::from(id(&ana)).into()]
        {
            let page = load(&seed, &ana, post, PageRequest::At(nothing)).await;
            assert_eq!((heads(&page), page.earlier, page.more), (written[..2].to_vec(), false, false));
        }
    })
    .await;
}

#[tokio::test]
async fn replies_are_asked_for_below_a_comment_that_is_there() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let thread = comments(&seed, &ana, post, 1).await[0];
        let reply = answers(&seed, &ana, post, thread, 1).await[0];
        for nothing in [Uuid::nil().into(), Uuid::from(post).into(), Uuid::from(id(&ana)).into()] {
            assert_eq!(refusal(replies(&seed.cx, &ana, nothing, reply).await), Problem::NotFound);
        }
        let refused = replies(&seed.cx, &Seed::nobody(), thread, reply).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        for (below, after) in [(thread, reply), (reply, thread)] {
            assert_eq!(replies(&seed.cx, &ana, below, after).await.unwrap(), Page::empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_takes_six_statements_at_most_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        let mut written = Vec::new();
        for number in 0..45 {
            let comment = seed.comment(&ben, post, &format!("{number} for @ana")).await.id;
            written.push((comment, answers(&seed, &ana, post, comment, 7).await));
        }
        seed.block(&ana, &cid).await;
        let (middle, last_reply) = (written[20].0, written[20].1[6]);
        for (wanted, most, expected) in [
            (PageRequest::First, 3, 20 * 6),
            (PageRequest::After(middle), 4, 20 * 6),
            (PageRequest::Before(middle), 4, 20 * 6),
            (PageRequest::At(last_reply), 6, 20 * 6 + 2),
        ] {
            seed.query_log.take();
            assert_eq!(listed(&load(&seed, &ana, post, wanted).await), expected, "{wanted:?}");
            let statements = seed.query_log.take();
            assert!(statements.len() <= most, "{wanted:?}: {statements:#?}");
            assert_eq!(seed.full_scans(statements).await, Vec::<String>::new(), "{wanted:?}");
        }
        seed.query_log.take();
        assert_eq!(replies(&seed.cx, &ana, middle, written[20].1[4]).await.unwrap().items.len(), 2);
        let statements = seed.query_log.take();
        assert!(statements.len() <= 4, "{statements:#?}");
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}
