use serde_json::{Value, from_str, from_value, json, to_value};
use uuid::Uuid;

use super::{
    BEAT_SECONDS, CLOSE_BEHIND, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage, FRAME_BYTES,
    SILENCE_SECONDS, Seen, ServerMessage, VERSION, WATCHED_POSTS,
};
use crate::{
    Problem, Reason, Timestamp,
    account::PersonView,
    chat::{MessageView, NewMessage},
    comment::CommentView,
    post::Counts,
};

const ID: &str = "00000000-0000-0000-0000-000000000007";

fn id<Id: From<Uuid>>() -> Id {
    Uuid::from_u128(7).into()
}

fn message() -> MessageView {
    MessageView {
        conversation: id(),
        seq: 3,
        sender: id(),
        client_id: id(),
        body: "</script>\u{1f44b}\n\"hi\"".into(),
        sent_at: Timestamp::from_micros(1_767_323_045_000_001),
    }
}

fn message_json() -> Value {
    json!({
        "conversation": ID, "seq": 3, "sender": ID, "client_id": ID,
        "body": "</script>\u{1f44b}\n\"hi\"", "sent_at": 1_767_323_045_000_001_i64,
    })
}

fn comment() -> CommentView {
    let ana =
        PersonView { id: id(), username: "ana".into(), first_name: "Ana".into(), last_name: "Brandt".into() };
    CommentView {
        id: id(),
        client_id: None,
        post: id(),
        thread: Some(id()),
        answers: None,
        author: Some(ana),
        body: "hello @ben".into(),
        mentions: vec!["ben".into()],
        written_at: Timestamp::from_micros(-1),
        edited_at: None,
        version: 0,
    }
}

fn comment_json() -> Value {
    json!({
        "id": ID, "post": ID, "thread": ID, "answers": null,
        "author": { "id": ID, "username": "ana", "first_name": "Ana", "last_name": "Brandt" },
        "body": "hello @ben", "mentions": ["ben"], "written_at": -1, "edited_at": null, "version": 0,
    })
}

/// Each message of the browser, and what stands in its frame.
fn from_client() -> Vec<(ClientMessage, Value)> {
    let seen = Seen { conversation: id(), seq: 3 };
    vec![
        (ClientMessage::Beat, json!("beat")),
        (
            ClientMessage::Watch { add: vec![id()], remove: vec![id()] },
            json!({ "watch": { "add": [ID], "remove": [ID] } }),
        ),
        (ClientMessage::Watch { add: vec![id()], remove: Vec::new() }, json!({ "watch": { "add": [ID] } })),
        (
            ClientMessage::Resume { seen: vec![seen] },
            json!({ "resume": { "seen": [{ "conversation": ID, "seq": 3 }] } }),
        ),
        (
            ClientMessage::Send { message: NewMessage { to: id(), client_id: id(), body: "hi".into() } },
            json!({ "send": { "message": { "to": ID, "client_id": ID, "body": "hi" } } }),
        ),
        (ClientMessage::Read { seen }, json!({ "read": { "seen": { "conversation": ID, "seq": 3 } } })),
    ]
}

/// Each message of the server, and what stands in its frame.
fn from_server() -> Vec<(ServerMessage, Value)> {
    let counts = Counts { likes: 2, comments: 1, revision: 9 };
    let problem = Problem::field("body", Reason::TooLong { max: 4_000 });
    vec![
        (
            ServerMessage::Welcome { version: VERSION, unread_conversations: 2 },
            json!({ "welcome": { "version": 4, "unread_conversations": 2 } }),
        ),
        (ServerMessage::Beat, json!("beat")),
        (
            ServerMessage::Published { post: id(), author: id(), following: true },
            json!({ "published": { "post": ID, "author": ID, "following": true } }),
        ),
        (
            ServerMessage::Watched { post: id(), version: 3, counts },
            json!({ "watched": { "post": ID, "version": 3, "counts": { "likes": 2, "comments": 1, "revision": 9 } } }),
        ),
        (
            ServerMessage::Counted { post: id(), counts },
            json!({ "counted": { "post": ID, "counts": { "likes": 2, "comments": 1, "revision": 9 } } }),
        ),
        (
            ServerMessage::Commented { comment: comment().into() },
            json!({ "commented": { "comment": comment_json() } }),
        ),
        (ServerMessage::Edited { post: id() }, json!({ "edited": { "post": ID } })),
        (ServerMessage::Removed { post: id() }, json!({ "removed": { "post": ID } })),
        (
            ServerMessage::Uncommented { post: id(), comment: id() },
            json!({ "uncommented": { "post": ID, "comment": ID } }),
        ),
        (ServerMessage::Message { message: message() }, json!({ "message": { "message": message_json() } })),
        (ServerMessage::Sent { message: message() }, json!({ "sent": { "message": message_json() } })),
        (
            ServerMessage::Refused { client_id: id(), problem },
            json!({ "refused": { "client_id": ID, "problem": { "invalid": {
                "fields": [{ "field": "body", "reason": { "too_long": { "max": 4_000 } } }],
            } } } }),
        ),
        (
            ServerMessage::Missed { conversation: id(), messages: vec![message()] },
            json!({ "missed": { "conversation": ID, "messages": [message_json()] } }),
        ),
        (ServerMessage::Resync { conversation: id() }, json!({ "resync": { "conversation": ID } })),
        (ServerMessage::Unread { conversations: 4 }, json!({ "unread": { "conversations": 4 } })),
    ]
}

#[test]
fn each_message_of_the_browser_is_written_like_this_and_read_back() {
    for (message, frame) in from_client() {
        assert_eq!(to_value(&message).unwrap(), frame);
        assert_eq!(from_value::<ClientMessage>(frame).unwrap(), message);
    }
}

#[test]
fn each_message_of_the_server_is_written_like_this_and_read_back() {
    for (message, frame) in from_server() {
        assert_eq!(to_value(&message).unwrap(), frame);
        assert_eq!(from_value::<ServerMessage>(frame).unwrap(), message);
    }
}

/// A new variant does not compile here before it stands in the lists above.
#[test]
fn no_message_is_left_out() {
    for (message, _) in from_client() {
        use ClientMessage::{Beat, Read, Resume, Send, Watch};
        match message {
            Beat | Watch { .. } | Resume { .. } | Send { .. } | Read { .. } => {}
        }
    }
    for (message, _) in from_server() {
        use ServerMessage::{
            Beat, Commented, Counted, Edited, Message, Missed, Published, Refused, Removed, Resync, Sent,
            Uncommented, Unread, Watched, Welcome,
        };
        match message {
            Welcome { .. } | Beat | Published { .. } | Counted { .. } | Commented { .. } | Message { .. } => {
            }
            Sent { .. } | Refused { .. } | Missed { .. } | Resync { .. } | Unread { .. } => {}
            Edited { .. } | Removed { .. } | Uncommented { .. } | Watched { .. } => {}
        }
    }
    assert_eq!((from_client().len(), from_server().len()), (6, 15));
}

#[test]
fn the_largest_change_of_what_is_watched_fits_into_half_a_frame() {
    let posts = || vec![id(); WATCHED_POSTS];
    let frame = to_value(ClientMessage::Watch { add: posts(), remove: posts() }).unwrap().to_string();
    assert!(frame.len() * 2 <= FRAME_BYTES, "{}", frame.len());
}

#[test]
fn what_concerns_a_watched_post_names_it() {
    let about: Vec<Value> = from_server()
        .into_iter()
        .filter(|(message, _)| message.post() == Some(id()))
        .map(|(_, frame)| frame)
        .collect();
    let kinds: Vec<&str> =
        about.iter().filter_map(|frame| frame.as_object()?.keys().next()).map(String::as_str).collect();
    assert_eq!(kinds, ["watched", "counted", "commented", "edited", "removed", "uncommented"]);
}

#[test]
fn what_is_no_message_is_refused() {
    for frame in [
        "",
        "null",
        "[]",
        "\"dance\"",
        "not json",
        "{",
        "{}",
        r#"{"dance":{}}"#,
        "\"Beat\"",
        r#"{"type":7}"#,
        r#"{"watch":[7]}"#,
        r#"{"watch":{"add":["7"]}}"#,
        r#"{"watch":{"remove":"all"}}"#,
        r#"{"resume":{"seen":[{"conversation":1,"seq":1}]}}"#,
        r#"{"read":{"seen":{"conversation":"00000000-0000-0000-0000-000000000007","seq":"1"}}}"#,
        r#"{"read":{"seen":{"conversation":"00000000-0000-0000-0000-000000000007","seq":1.5}}}"#,
        r#"{"read":{"seen":{"conversation":"00000000-0000-0000-0000-000000000007","seq":9223372036854775808}}}"#,
        r#"{"send":{"message":{"to":"00000000-0000-0000-0000-000000000007","body":"hi"}}}"#,
    ] {
        assert!(from_str::<ClientMessage>(frame).is_err(), "{frame}");
    }
    assert!(from_str::<ServerMessage>(r#"{"dance":{}}"#).is_err());
}

#[test]
fn a_field_that_a_later_version_adds_is_passed_over() {
    let frame = json!({ "unread": { "conversations": 4, "mood": "good" } });
    assert_eq!(from_value::<ServerMessage>(frame).unwrap(), ServerMessage::Unread { conversations: 4 });
}

#[test]
fn two_beats_may_be_lost_before_a_side_is_taken_for_gone() {
    const { assert!(2 * BEAT_SECONDS < SILENCE_SECONDS) };
}

#[test]
fn close_codes_are_registered_or_private_and_differ() {
    let codes = [CLOSE_RESTART, CLOSE_BEHIND, CLOSE_SIGNED_OUT, CLOSE_PROTOCOL];
    assert!(codes.is_sorted_by(|one, other| one < other));
    assert!(codes.iter().all(|code| (1_012..=1_013).contains(code) || (4_000..5_000).contains(code)));
}
