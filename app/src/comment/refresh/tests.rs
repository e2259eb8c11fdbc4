use super::*;
use crate::comment::threads::testing::{comment, id, page, shown, thread};

/// Goes on with pages until none is wanted; answers which were asked for.
fn run(refresh: &mut Refresh, threads: &mut Threads, pages: Vec<ThreadPage>) -> Vec<PageRequest> {
    let mut asked = Vec::new();
    let mut pages = pages.into_iter();
    while let Some(request) = refresh.next() {
        asked.push(request);
        assert!(refresh.merge(threads, pages.next().expect("one page more")).is_empty());
    }
    assert_eq!(pages.len(), 0, "pages that nobody asked for");
    asked
}

#[test]
fn all_that_is_shown_is_refreshed_page_by_page_and_no_more() {
    let all = (1..=6).map(|number| thread(number, &[], false)).collect();
    let mut threads = Threads::new(page(all, false, true));
    let mut refresh = Refresh::new(&threads);
    let pages = vec![
        page(vec![thread(1, &[], false), thread(3, &[], false)], false, true),
        page(vec![thread(4, &[], false), thread(6, &[], false)], false, true),
    ];
    let asked = run(&mut refresh, &mut threads, pages);
    assert_eq!(asked, [PageRequest::First, PageRequest::After(id(3))]);
    assert_eq!(shown(&threads), [(1, vec![]), (3, vec![]), (4, vec![]), (6, vec![])], "2 and 5 were removed");
    assert_eq!(threads.list().gap(), Some(id(6)), "what comes after was never shown");
}

#[test]
fn a_page_that_begins_further_down_is_refreshed_from_there() {
    let mut threads = Threads::new(page(vec![thread(5, &[], false), thread(7, &[], false)], true, false));
    let mut refresh = Refresh::new(&threads);
    let pages = vec![page(vec![thread(5, &[], false), thread(7, &[], false)], true, false)];
    assert_eq!(run(&mut refresh, &mut threads, pages), [PageRequest::At(id(5))]);
    assert!(threads.earlier());
}

#[test]
fn an_empty_discussion_asks_once() {
    let mut threads = Threads::new(page(Vec::new(), false, false));
    let mut refresh = Refresh::new(&threads);
    let asked = run(&mut refresh, &mut threads, vec![page(vec![thread(9, &[], false)], false, false)]);
    assert_eq!(asked, [PageRequest::First]);
    assert_eq!(shown(&threads), [(9, vec![])]);
}

#[test]
fn what_came_during_the_refresh_is_not_taken_for_removed() {
    let mut threads = Threads::new(page(vec![thread(1, &[], false)], false, false));
    let mut refresh = Refresh::new(&threads);
    threads.upsert(comment(2, None), false);
    run(&mut refresh, &mut threads, vec![page(vec![thread(1, &[], false)], false, false)]);
    assert_eq!(shown(&threads), [(1, vec![]), (2, vec![])]);
}

#[test]
fn a_long_thread_is_refreshed_as_far_as_it_is_shown() {
    let mut threads = Threads::new(page(vec![thread(1, &[2, 3, 4, 5, 6], true)], false, false));
    let mut refresh = Refresh::new(&threads);
    let mut long = refresh.merge(&mut threads, page(vec![thread(1, &[2, 4], true)], false, false));
    assert_eq!((refresh.next(), long.len()), (None, 1));
    let replies = long.first_mut().expect("the long thread");
    assert_eq!(replies.next(&threads), Some(id(4)));
    let more = Page { items: vec![comment(6, Some(1))], more: true };
    replies.merge(&mut threads, id(4), more);
    assert_eq!(shown(&threads), [(1, vec![2, 4, 6])], "3 and 5 were removed");
    assert_eq!(replies.next(&threads), None, "what comes after 6 was never shown");
}

#[test]
fn a_thread_that_went_meanwhile_asks_for_nothing() {
    let mut threads = Threads::new(page(vec![thread(1, &[2, 3], true)], false, false));
    let long = Refresh::new(&threads).merge(&mut threads, page(vec![thread(1, &[2], true)], false, false));
    threads.remove(id(1));
    assert_eq!(long.first().and_then(|replies| replies.next(&threads)), None);
}
