use protocol::{Timestamp, account::PersonView, post::Counts};
use uuid::Uuid;

use super::*;

const ANA: u128 = 1;
const BEN: u128 = 2;

fn account(id: u128) -> AccountId {
    Uuid::from_u128(id).into()
}

fn id(number: u128) -> PostId {
    Uuid::from_u128(number).into()
}

fn post(number: u128, author: u128) -> PostView {
    let author = PersonView {
        id: account(author),
        username: "somebody".to_owned(),
        first_name: "Some".to_owned(),
        last_name: "Body".to_owned(),
        picture: None,
    };
    PostView {
        id: id(number),
        author,
        body: format!("post {number}"),
        mentions: Vec::new(),
        pictures: Vec::new(),
        published_at: Timestamp::from_micros(0),
        edited_at: None,
        version: 0,
        liked: false,
        counts: Counts { likes: 0, comments: 0, revision: 0 },
    }
}

/// A page of Ben's posts.
fn page(numbers: &[u128], more: bool) -> Page<PostView> {
    Page { items: numbers.iter().map(|number| post(*number, BEN)).collect(), more }
}

fn everyone() -> FeedQuery {
    FeedQuery::default()
}

/// Ana's feed with these posts of Ben's.
fn feed(numbers: &[u128], more: bool) -> FeedPosts {
    FeedPosts::new(Some(account(ANA)), everyone(), page(numbers, more))
}

fn shown(feed: &FeedPosts) -> Vec<u128> {
    feed.posts().iter().map(|post| Uuid::from(post.id).as_u128()).collect()
}

fn published(number: u128, author: u128) -> FeedMessage {
    FeedMessage::Published(Published { post: id(number), author: account(author) })
}

fn followed(number: u128, author: u128) -> FeedMessage {
    FeedMessage::Followed(Published { post: id(number), author: account(author) })
}

#[test]
fn a_new_post_waits_once_and_moves_nothing() {
    let mut feed = feed(&[5, 4], false);
    for _ in 0..2 {
        assert!(!feed.on_message(&published(6, BEN)));
    }
    assert!(!feed.on_message(&published(5, BEN)), "it is shown already");
    assert_eq!((shown(&feed), feed.waiting()), (vec![5, 4], 1));
}

#[test]
fn a_post_from_another_window_of_the_reader_does_not_wait_and_is_loaded() {
    let mut feed = feed(&[5], false);
    assert!(feed.on_message(&published(6, ANA)));
    assert_eq!(feed.waiting(), 0);
    let answer = Page { items: vec![post(6, ANA), post(5, BEN)], more: false };
    feed.refresh(everyone(), answer);
    assert_eq!((shown(&feed), feed.waiting()), (vec![6, 5], 0));
    assert!(!feed.on_message(&published(6, ANA)), "it is there");
}

#[test]
fn each_kind_of_feed_has_its_own_news() {
    let by = |kind| FeedPosts::new(Some(account(ANA)), FeedQuery { kind, before: None }, Page::empty());
    for (kind, waiting) in [
        (FeedKind::Everyone, [1, 0, 1, 0]),
        (FeedKind::Following, [0, 1, 0, 1]),
        (FeedKind::By(account(BEN)), [1, 0, 0, 0]),
    ] {
        let news = [published(7, BEN), followed(7, BEN), published(8, 3), followed(8, 3)];
        let waits = news.map(|message| {
            let mut feed = by(kind);
            feed.on_message(&message);
            feed.waiting()
        });
        assert_eq!(waits, waiting, "{kind:?}");
    }
}

#[test]
fn what_waits_comes_on_top_without_a_gap_and_without_doubles() {
    let mut feed = feed(&[5, 4], true);
    feed.on_message(&published(6, BEN));
    feed.insert(post(8, ANA));
    assert!(feed.show_new(everyone(), page(&[8, 7, 6, 5], true)));
    assert_eq!((shown(&feed), feed.waiting(), feed.has_more()), (vec![8, 7, 6, 5, 4], 0, true));
}

#[test]
fn when_more_came_than_a_page_holds_the_old_list_goes() {
    let mut feed = feed(&[5, 4], false);
    assert!(feed.show_new(everyone(), page(&[99, 98], true)));
    assert_eq!((shown(&feed), feed.has_more()), (vec![99, 98], true));
}

#[test]
fn older_posts_go_below_and_come_once() {
    let mut feed = feed(&[9, 8], true);
    assert_eq!(feed.query_for_more().before, Some(id(8)));
    assert!(feed.show_more(everyone(), page(&[8, 7], false)));
    assert_eq!((shown(&feed), feed.has_more()), (vec![9, 8, 7], false));
}

#[test]
fn an_answer_to_what_is_not_shown_any_more_changes_nothing() {
    let mut feed = feed(&[5], true);
    let before = feed.clone();
    let other = FeedQuery { kind: FeedKind::Following, before: None };
    feed.refresh(other, page(&[7], false));
    assert!(!feed.show_new(other, page(&[7], false)));
    assert!(!feed.show_more(other, page(&[4], false)));
    assert_eq!(feed, before);
}

#[test]
fn after_a_break_edits_and_removals_are_taken_over_and_news_waits() {
    let mut feed = feed(&[5, 4, 3, 2], true);
    let edited = PostView { version: 1, body: "better".to_owned(), ..post(5, BEN) };
    // 4 is gone; 2 lies beyond the page.
    feed.refresh(everyone(), Page { items: vec![post(7, BEN), edited, post(3, BEN)], more: true });
    assert_eq!((shown(&feed), feed.waiting()), (vec![5, 3, 2], 1));
    assert_eq!(feed.posts()[0].body, "better");
    feed.refresh(everyone(), page(&[7, 5, 3], true));
    assert_eq!(feed.posts()[0].body, "better", "an older text that comes late");
}

#[test]
fn whoever_began_further_down_is_not_told_of_all_that_is_above() {
    let query = FeedQuery { before: Some(id(9)), ..everyone() };
    let mut feed = FeedPosts::new(Some(account(ANA)), query, page(&[5, 4], false));
    feed.refresh(query, page(&[8, 5, 4], false));
    assert_eq!((shown(&feed), feed.waiting()), (vec![5, 4], 0));
    // What is published now waits all the same, and leads to the top.
    feed.on_message(&published(10, BEN));
    assert_eq!((feed.waiting(), feed.query_for_new().before), (1, None));
    assert!(feed.show_new(query, page(&[10, 9], true)));
    assert_eq!((shown(&feed), feed.query()), (vec![10, 9], everyone()));
}

#[test]
fn a_post_of_the_reader_stands_in_its_place_once() {
    let mut feed = feed(&[9, 5], false);
    for _ in 0..2 {
        feed.insert(post(7, ANA));
    }
    assert_eq!(shown(&feed), [9, 7, 5]);
}

#[test]
fn what_is_removed_neither_stands_there_nor_waits() {
    let mut feed = feed(&[5, 4], false);
    feed.on_message(&published(6, BEN));
    for number in [6, 5, 99] {
        feed.remove(id(number));
    }
    assert_eq!((shown(&feed), feed.waiting()), (vec![4], 0));
}
