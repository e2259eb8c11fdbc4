use protocol::Timestamp;
use uuid::Uuid;

use super::{
    testing::{comment, id, page, shown, thread},
    *,
};
use crate::comment::reply_target::ReplyTarget;

#[test]
fn a_comment_that_comes_twice_stands_once_and_in_order() {
    let mut threads = Threads::new(page(Vec::new(), false, false));
    for number in [5, 3, 5] {
        threads.upsert(comment(number, None), false);
    }
    for _ in 0..2 {
        threads.upsert(comment(7, Some(3)), false);
    }
    assert_eq!(shown(&threads), [(3, vec![7]), (5, vec![])]);
}

#[test]
fn what_stands_behind_a_gap_waits_unless_it_is_ones_own() {
    let mut threads = Threads::new(page(vec![thread(3, &[4, 5], true)], true, true));
    threads.upsert(comment(20, None), false);
    threads.upsert(comment(21, Some(3)), false);
    threads.upsert(comment(22, Some(19)), true);
    threads.upsert(comment(1, None), false);
    assert_eq!(shown(&threads), [(3, vec![4, 5])]);
    threads.upsert(comment(30, None), true);
    threads.upsert(comment(31, Some(3)), true);
    assert_eq!(shown(&threads), [(3, vec![4, 5, 31]), (30, vec![])]);
    assert_eq!(threads.list().gap(), Some(id(3)));
    assert_eq!(threads.list().after_gap().map(|thread| thread.comment.id).collect::<Vec<_>>(), [id(30)]);
    // The next piece closes the gap, with one's own in its place.
    let next = page(vec![thread(20, &[], false), thread(30, &[], false)], true, false);
    threads.refresh(Some(id(3)), next, threads.newest());
    assert_eq!(shown(&threads), [(3, vec![4, 5, 31]), (20, vec![]), (30, vec![])]);
    assert_eq!((threads.list().gap(), threads.earlier()), (None, true));
}

#[test]
fn an_edit_is_taken_and_an_older_text_that_comes_late_is_not() {
    let mut threads = Threads::new(page(vec![thread(3, &[4], false)], false, false));
    for (number, below) in [(3, None), (4, Some(3))] {
        for (version, body) in [(2, "later"), (1, "sooner")] {
            threads.upsert(CommentView { version, body: body.into(), ..comment(number, below) }, false);
        }
        assert_eq!(threads.get(id(number)).map(|comment| comment.body.as_str()), Some("later"));
    }
}

#[test]
fn what_was_removed_does_not_come_back_by_an_edit_that_comes_late() {
    let mut threads = Threads::new(page(vec![thread(3, &[4], false)], false, false));
    threads.upsert(CommentView { author: None, body: String::new(), ..comment(3, None) }, false);
    threads.upsert(CommentView { version: 7, ..comment(3, None) }, false);
    assert_eq!(threads.get(id(3)).and_then(|comment| comment.author.as_ref()), None);
    // An empty head that nobody knew is none.
    threads.upsert(CommentView { author: None, ..comment(8, None) }, false);
    assert_eq!(shown(&threads), [(3, vec![4])]);
}

#[test]
fn removing_leaves_an_empty_head_until_its_last_reply_goes() {
    let mut threads =
        Threads::new(page(vec![thread(3, &[4, 5], false), thread(6, &[], false)], false, false));
    threads.remove_optimistically(id(6));
    threads.remove_optimistically(id(3));
    assert_eq!(shown(&threads), [(3, vec![4, 5])]);
    assert_eq!(threads.get(id(3)).map(|head| head.body.as_str()), Some(""));
    threads.remove_optimistically(id(4));
    threads.remove_optimistically(id(5));
    assert_eq!(shown(&threads), []);
}

#[test]
fn a_comment_goes_with_its_replies_when_it_is_forgotten() {
    let mut threads = Threads::new(page(vec![thread(3, &[4], false), thread(6, &[7], false)], false, false));
    threads.remove(id(7));
    threads.remove(id(3));
    threads.remove(id(99));
    assert_eq!(shown(&threads), [(6, vec![])]);
}

#[test]
fn earlier_threads_go_in_front() {
    let mut threads = Threads::new(page(vec![thread(9, &[], false)], true, false));
    threads.prepend(page(vec![thread(3, &[4], false), thread(6, &[], false)], false, true));
    assert_eq!(shown(&threads), [(3, vec![4]), (6, vec![]), (9, vec![])]);
    assert_eq!((threads.earlier(), threads.list().gap()), (false, None));
}

#[test]
fn after_a_break_what_went_is_gone_and_what_came_is_there() {
    let mut threads = Threads::new(page(
        vec![thread(3, &[4, 5], false), thread(6, &[], false), thread(8, &[9], false)],
        false,
        false,
    ));
    let newest = threads.newest();
    // Comes while the server is asked, so it is not in the answer.
    threads.upsert(comment(20, None), false);
    threads.upsert(comment(21, Some(3)), false);
    let answer =
        page(vec![thread(3, &[5, 12], false), thread(8, &[9], false), thread(11, &[], false)], false, false);
    threads.refresh(None, answer, newest);
    assert_eq!(shown(&threads), [(3, vec![5, 12, 21]), (8, vec![9]), (11, vec![]), (20, vec![])]);
}

#[test]
fn after_a_break_a_long_thread_stays_open() {
    let mut threads = Threads::new(page(vec![thread(3, &[4, 5, 6, 7], false)], false, false));
    let newest = threads.newest();
    threads.refresh(None, page(vec![thread(3, &[4, 6], true)], false, false), newest);
    assert_eq!(shown(&threads), [(3, vec![4, 6, 7])]);
    // What comes after the last one that is known is not said yet.
    assert_eq!(threads.thread(id(3)).and_then(|thread| thread.replies.gap()), Some(id(7)));
    let rest = Page { items: vec![comment(10, Some(3))], more: false };
    threads.refresh_replies(id(3), id(6), rest, newest);
    assert_eq!(shown(&threads), [(3, vec![4, 6, 10])]);
    assert_eq!(threads.thread(id(3)).and_then(|thread| thread.replies.gap()), None);
}

#[test]
fn a_piece_that_is_empty_goes_on_from_before_everything() {
    let threads = Threads::new(page(Vec::new(), false, true));
    assert_eq!(threads.list().gap(), Some(id(0)));
}

fn pending(client_id: u128, thread: Option<u128>) -> Entry {
    let payload = Payload::Comment {
        post: Uuid::from_u128(1).into(),
        answers: thread.map(id),
        thread: thread.map(id),
        body: "on its way".to_owned(),
    };
    Entry::new(Uuid::from_u128(client_id), payload, Timestamp::from_micros(0))
}

fn pending_ids(threads: &Threads, thread: Option<u128>, entries: &[Entry]) -> Vec<u128> {
    let here = threads.pending(Uuid::from_u128(1).into(), thread.map(id), entries.iter());
    here.iter().map(|entry| entry.client_id.as_u128()).collect()
}

#[test]
fn what_is_on_its_way_stands_in_its_thread_or_below_all_when_that_is_gone() {
    let mut threads = Threads::new(page(vec![thread(3, &[4], false)], false, false));
    let entries = [pending(101, None), pending(102, Some(3)), pending(103, Some(99))];
    assert_eq!(pending_ids(&threads, Some(3), &entries), [102]);
    assert_eq!(pending_ids(&threads, None, &entries), [101, 103]);
    threads.remove(id(3));
    assert_eq!(pending_ids(&threads, None, &entries), [101, 102, 103]);
}

#[test]
fn what_has_arrived_is_not_on_its_way_any_more() {
    let mut threads = Threads::new(page(vec![thread(3, &[], false)], false, false));
    threads.upsert(CommentView { client_id: Some(Uuid::from_u128(102)), ..comment(5, Some(3)) }, true);
    assert_eq!(pending_ids(&threads, Some(3), &[pending(102, Some(3))]), Vec::<u128>::new());
}

#[test]
fn entries_of_other_posts_stand_elsewhere() {
    let threads = Threads::new(page(Vec::new(), false, false));
    let other = threads.pending(Uuid::from_u128(2).into(), None, [pending(101, None)].iter());
    assert_eq!(other, []);
}

#[test]
fn other_comments_in_the_place_of_these_are_another_generation() {
    let mut threads = Threads::new(page(vec![thread(3, &[], false)], false, false));
    let before = threads.generation();
    threads.replace(page(vec![thread(30, &[], false)], true, false));
    assert_ne!(threads.generation(), before);
    assert_eq!(shown(&threads), [(30, vec![])]);
}

#[test]
fn a_second_press_on_reply_closes_the_form_and_another_comment_takes_it_over() {
    let (one, other) = (ReplyTarget::new(&comment(3, None)), ReplyTarget::new(&comment(4, Some(3))));
    assert_eq!(one.toggle(None), Some(one));
    assert_eq!(one.toggle(Some(one)), None);
    assert_eq!(other.toggle(Some(one)), Some(other));
    assert_eq!((one.thread, other.thread), (id(3), id(3)), "a reply to a reply stands in the same thread");
}

#[test]
fn an_answer_is_lost_with_what_it_answers() {
    let mut threads = Threads::new(page(vec![thread(3, &[4], false)], false, false));
    let answering = ReplyTarget::new(&comment(4, Some(3)));
    assert!(!answering.is_lost(&threads));
    threads.remove(id(4));
    assert!(answering.is_lost(&threads));
}
