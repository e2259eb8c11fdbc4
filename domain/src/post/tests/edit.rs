use protocol::{
    PostId, Problem, Reason, Timestamp,
    media::{AttachedPicture, POST_PICTURES},
    post::{EditPost, NewPost, PostMessage, PostView},
};
use uuid::Uuid;

use super::{
    super::{edit, publish, versions, view},
    watched,
};
use crate::{
    Scope, feed, like,
    testing::{Seed, both, id, refusal, unrevised},
};

fn to(post: &PostView, body: &str) -> EditPost {
    let pictures = post.pictures.iter();
    let pictures = pictures.map(|picture| AttachedPicture { id: picture.id, alt: picture.alt.clone() });
    EditPost { post: post.id, version: post.version, body: body.to_owned(), pictures: pictures.collect() }
}

async fn with_pictures(seed: &Seed, who: &Scope, alts: &[&str]) -> PostView {
    let mut pictures = Vec::new();
    for alt in alts {
        pictures.push(AttachedPicture { id: seed.picture(who).await, alt: (*alt).to_owned() });
    }
    let new = NewPost { body: "look".into(), pictures, ..NewPost::default() };
    publish(&seed.cx, who, new).await.expect("a post")
}

fn alts(post: &PostView) -> Vec<&str> {
    post.pictures.iter().map(|picture| picture.alt.as_str()).collect()
}

#[tokio::test]
async fn an_edited_post_says_so_and_keeps_what_it_said() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "Frist light").await;
        seed.clock.advance_seconds(60);
        let edited = edit(&seed.cx, &ana, to(&post, "First light, @ben")).await.expect("an edited post");
        assert_eq!((edited.body.as_str(), edited.version), ("First light, @ben", 1));
        assert_eq!((edited.edited_at, edited.published_at), (Some(seed.cx.now()), post.published_at));
        assert_eq!(edited.mentions, ["ben"]);
        assert_eq!(
            seed.events.take().last(),
            Some(&watched(id(&ana), PostMessage::Edited { post: post.id }))
        );
        let before = versions(&seed.cx, &ben, post.id).await.expect("its versions");
        let before: Vec<_> =
            before.iter().map(|old| (old.version, old.body.as_str(), old.written_at)).collect();
        assert_eq!(before, [(0, "Frist light", post.published_at)]);
    })
    .await;
}

#[tokio::test]
async fn neither_an_edit_nor_a_like_moves_a_post_in_the_feed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let first = seed.post(&ana, "first").await;
        seed.post(&ana, "second").await;
        seed.clock.advance_seconds(60);
        edit(&seed.cx, &ana, to(&first, "first, edited")).await.expect("an edited post");
        like::like(&seed.cx, &ana, first.id).await.expect("a like");
        let page = feed::page(&seed.cx, &ana, protocol::feed::FeedQuery::default()).await.unwrap();
        let order: Vec<_> = page.items.iter().map(|post| (post.body.as_str(), post.published_at)).collect();
        assert_eq!(order, [("second", first.published_at), ("first, edited", first.published_at)]);
    })
    .await;
}

#[tokio::test]
async fn the_later_of_two_writers_is_told_and_changes_nothing() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "one").await;
        edit(&seed.cx, &ana, to(&post, "two")).await.expect("an edited post");
        seed.events.take();
        assert_eq!(refusal(edit(&seed.cx, &ana, to(&post, "three")).await), Problem::Changed);
        assert_eq!(view(&seed.cx, &ana, post.id).await.unwrap().body, "two");
        assert!(seed.events.take().is_empty());
    })
    .await;
}

/// The answer to the first request was lost, and the browser asks again.
#[tokio::test]
async fn the_same_edit_again_is_one_edit() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = with_pictures(&seed, &ana, &["a lake"]).await;
        let first = edit(&seed.cx, &ana, to(&post, "two")).await.expect("an edited post");
        let again = edit(&seed.cx, &ana, to(&post, "two")).await.expect("the same post");
        assert_eq!(unrevised(again), unrevised(first));
        assert_eq!(versions(&seed.cx, &ana, post.id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn pictures_are_taken_off_added_and_described_anew() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = with_pictures(&seed, &ana, &["a lake", "a boat"]).await;
        let mut new = to(&post, "");
        new.pictures.remove(0);
        new.pictures[0].alt = "a red boat".into();
        new.pictures.insert(0, AttachedPicture { id: seed.picture(&ana).await, alt: " the shore ".into() });
        let edited = edit(&seed.cx, &ana, new).await.expect("an edited post");
        assert_eq!((edited.body.as_str(), alts(&edited)), ("", vec!["the shore", "a red boat"]));
        assert_eq!(versions(&seed.cx, &ana, post.id).await.unwrap()[0].pictures, 2);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM picture").await, 2);
        let due = "SELECT COUNT(*) AS count FROM job WHERE task LIKE '%delete_files%'";
        assert_eq!(seed.number(due).await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_edits_the_post_of_somebody_else() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "mine").await;
        assert_eq!(refusal(edit(&seed.cx, &ben, to(&post, "yours")).await), Problem::NotFound);
        let refused = edit(&seed.cx, &Seed::nobody(), to(&post, "yours")).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        assert_eq!(unrevised(view(&seed.cx, &ana, post.id).await.unwrap()), post);
    })
    .await;
}

#[tokio::test]
async fn only_own_pictures_that_stand_nowhere_else_can_be_placed() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = with_pictures(&seed, &ana, &["a lake"]).await;
        let foreign = seed.picture(&ben).await;
        for taken in [post.pictures[0].id, foreign, Uuid::nil().into(), Uuid::from(post.id).into()] {
            let pictures = vec![AttachedPicture { id: taken, alt: String::new() }];
            let new = NewPost { body: "mine".into(), pictures, ..NewPost::default() };
            let refused = refusal(publish(&seed.cx, &ana, new).await);
            assert_eq!(refused, Problem::field("pictures", Reason::Gone));
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 1);
        assert_eq!(unrevised(view(&seed.cx, &ana, post.id).await.unwrap()), post);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_post_is_said_at_every_field_at_once() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let picture = |alt: &str| AttachedPicture { id: Uuid::from_u128(7).into(), alt: alt.to_owned() };
        let cases = [
            (vec![picture(""); POST_PICTURES + 1], vec![("pictures", Reason::TooMany { max: 10 })]),
            (vec![picture(""); 2], vec![("pictures", Reason::Malformed)]),
            (vec![picture(&"x".repeat(1_001))], vec![("alt", Reason::TooLong { max: 1_000 })]),
        ];
        for (pictures, expected) in cases {
            let body = "x".repeat(5_001);
            let problem = refusal(publish(&seed.cx, &ana, NewPost { body, pictures, client_id: None }).await);
            assert_eq!(problem.reason_for("body"), Some(&Reason::TooLong { max: 5_000 }));
            for (field, reason) in expected {
                assert_eq!(problem.reason_for(field), Some(&reason));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn editing_what_is_no_post_is_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        let comment = seed.comment(&ana, post.id, "hello back").await;
        for other in [Uuid::nil(), comment.id.into(), id(&ana).into()] {
            let other = PostId::from(other);
            let new = EditPost { post: other, version: 0, body: "x".into(), pictures: Vec::new() };
            assert_eq!(refusal(edit(&seed.cx, &ana, new).await), Problem::NotFound);
            assert_eq!(refusal(versions(&seed.cx, &ana, other).await), Problem::NotFound);
        }
        assert_eq!(post.edited_at, None::<Timestamp>);
    })
    .await;
}
