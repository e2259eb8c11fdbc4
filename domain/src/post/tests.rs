use protocol::{
    AccountId, PostId, Problem, Reason,
    feed::{FeedMessage, Published},
    live::Topic,
    post::{Counts, NewPost, PostMessage},
};
use uuid::Uuid;

use super::{publish, view};
use crate::{
    Error,
    bus::{Announcement, Audience, Event},
    testing::{Seed, both, id, refusal, unrevised},
};

mod edit;
mod hidden_counts;
mod idempotency;
mod remove;

async fn published(seed: &Seed, body: &str) -> Result<String, Error> {
    let ana = seed.person("ana").await;
    Ok(publish(&seed.cx, &ana, NewPost { body: body.to_owned(), ..NewPost::default() }).await?.body)
}

/// What is announced when a post is published.
fn announced(post: PostId, author: AccountId) -> [Event; 2] {
    let published = Published { post, author };
    [
        Announcement::new(Audience::Everyone, [author], FeedMessage::Published(published)).into(),
        Announcement::new(Audience::Followers(author), [author], FeedMessage::Followed(published)).into(),
    ]
}

/// What whoever watches a post of `author` is told.
fn watched(author: AccountId, message: PostMessage) -> Event {
    Announcement::new(Audience::Watchers(Topic::Post(message.post())), [author], message).into()
}

#[tokio::test]
async fn publishing_stores_a_post_and_announces_it() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, " First light\r\non the lake ").await;
        assert_eq!(post.author, *ana.member().unwrap());
        assert_eq!(
            (post.body.as_str(), post.liked, post.counts),
            (" First light\non the lake", false, Counts::default())
        );
        assert_eq!(post.published_at, seed.cx.now());
        for reader in [&ana, &ben] {
            assert_eq!(unrevised(view(&seed.cx, reader, post.id).await.expect("the post")), post);
        }
        assert_eq!(seed.events.take(), announced(post.id, id(&ana)));
    })
    .await;
}

#[tokio::test]
async fn a_post_of_nothing_to_see_is_refused_at_its_field() {
    for body in ["", "   \n\t ", "\u{200b}\u{feff}\u{2060}", "\u{202e}\u{202d}", "\0\u{1}"] {
        both(|seed| async move {
            let problem = refusal(published(&seed, body).await);
            assert_eq!(problem, Problem::field("body", Reason::Empty), "{body:?}");
            assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
            assert!(seed.events.take().is_empty());
        })
        .await;
    }
}

#[tokio::test]
async fn a_post_of_five_thousand_characters_fits_and_one_more_does_not() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let of = |length: usize| NewPost { body: "ж".repeat(length), ..NewPost::default() };
        assert_eq!(publish(&seed.cx, &ana, of(5_000)).await.expect("a post").body.chars().count(), 5_000);
        let problem = refusal(publish(&seed.cx, &ana, of(5_001)).await);
        assert_eq!(problem, Problem::field("body", Reason::TooLong { max: 5_000 }));
    })
    .await;
}

#[tokio::test]
async fn towers_of_marks_are_refused() {
    both(|seed| async move {
        let problem = refusal(published(&seed, &format!("h{}i", "\u{489}".repeat(40))).await);
        assert_eq!(problem, Problem::field("body", Reason::StackedMarks));
    })
    .await;
}

#[tokio::test]
async fn markup_and_turned_text_are_stored_as_harmless_text() {
    both(|seed| async move {
        let body = "</textarea><script>alert(1)</script>\u{202e}txt.exe\0 '; DROP TABLE post; -- 𝒳 👩‍👩‍👧";
        let stored = published(&seed, body).await.expect("a post");
        assert_eq!(stored, body.replace(['\u{202e}', '\0'], ""));
    })
    .await;
}

#[tokio::test]
async fn nobody_publishes_or_reads_without_signing_in() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        let nobody = Seed::nobody();
        let refused =
            publish(&seed.cx, &nobody, NewPost { body: "hello".into(), ..NewPost::default() }).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        assert_eq!(refusal(view(&seed.cx, &nobody, post.id).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn ids_of_nothing_and_of_other_things_are_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        let comment = seed.comment(&ana, post.id, "hello back").await;
        for other in [Uuid::nil(), Uuid::max(), comment.id.into(), id(&ana).into()] {
            assert_eq!(refusal(view(&seed.cx, &ana, PostId::from(other)).await), Problem::NotFound);
        }
    })
    .await;
}
