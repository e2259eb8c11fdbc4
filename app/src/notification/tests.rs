use protocol::{
    Timestamp,
    account::PersonView,
    notification::{Cause, NotificationView},
};
use uuid::Uuid;

use super::cause::{place, sentence};

fn person(name: &str) -> PersonView {
    PersonView {
        id: Uuid::from_u128(1).into(),
        username: name.to_lowercase(),
        first_name: name.to_owned(),
        last_name: "Brandt".to_owned(),
        picture: None,
    }
}

fn notification(cause: Cause, names: &[&str], others: u32) -> NotificationView {
    NotificationView {
        id: Uuid::from_u128(9).into(),
        cause,
        people: names.iter().map(|name| person(name)).collect(),
        others,
        excerpt: String::new(),
        happened_at: Timestamp::from_micros(0),
        is_unread: true,
    }
}

#[test]
fn likes_of_one_post_name_two_people_and_count_the_others() {
    let like = Cause::Like(Uuid::from_u128(2).into());
    for (names, others, expected) in [
        (&["Ana"][..], 0, "Ana Brandt liked your post"),
        (&["Ana", "Ben"], 0, "Ana Brandt and Ben Brandt liked your post"),
        (&["Ana", "Ben"], 1, "Ana Brandt, Ben Brandt and 1 other liked your post"),
        (&["Ana", "Ben"], 3, "Ana Brandt, Ben Brandt and 3 others liked your post"),
    ] {
        assert_eq!(sentence(&notification(like, names, others)), expected);
    }
}

#[test]
fn each_leads_to_the_place_where_it_happened() {
    let (post, comment) = (Uuid::from_u128(2), Uuid::from_u128(3));
    let below = format!("/p/{post}?comment={comment}#c-{comment}");
    for (cause, expected) in [
        (Cause::Like(post.into()), format!("/p/{post}")),
        (Cause::Comment(post.into(), comment.into()), below.clone()),
        (Cause::Reply(post.into(), comment.into()), below.clone()),
        (Cause::Mention(post.into(), Some(comment.into())), below),
        (Cause::Mention(post.into(), None), format!("/p/{post}")),
        (Cause::Follow, "/u/ana".to_owned()),
        (Cause::Message, "/chat/ana".to_owned()),
    ] {
        assert_eq!(place(&notification(cause, &["Ana"], 0)), expected);
    }
}
