use serde_json::{Value, from_str, from_value, json, to_value};
use uuid::Uuid;

use super::{
    Badges, CLOSE_BEHIND, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage, FRAME_BYTES,
    HEARTBEAT_SECONDS, SILENCE_SECONDS, ServerMessage, Topic, VERSION, WATCHED_TOPICS, Watched, Welcome,
};
use crate::{
    Problem, Reason, Timestamp,
    account::PersonView,
    chat::{
        ChatMessage, ChatRequest, KnownPosition, MessageState, MessageView, NewMessage, QuotedMessage,
        ReadPosition,
    },
    comment::{CommentMessage, CommentView},
    feed::{FeedMessage, Published},
    notification::NotificationMessage,
    post::{Counts, PostMessage},
    presence::{Presence, PresenceMessage, PresenceRequest, PresenceView},
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
        mentions: Vec::new(),
        sent_at: Timestamp::from_micros(1_767_323_045_000_001),
        reply_to: None,
        state: MessageState::Original,
        revision: 0,
    }
}

/// One that answers another, names somebody and was edited.
fn edited() -> MessageView {
    MessageView {
        mentions: vec!["ben".into()],
        reply_to: Some(QuotedMessage { seq: 1, sender: id(), body: None }),
        state: MessageState::Edited,
        revision: 9,
        ..message()
    }
}

fn edited_json() -> Value {
    let mut json = message_json();
    json["mentions"] = json!(["ben"]);
    json["reply_to"] = json!({ "seq": 1, "sender": ID, "body": null });
    json["state"] = json!("edited");
    json["revision"] = json!(9);
    json
}

fn message_json() -> Value {
    json!({
        "conversation": ID, "seq": 3, "sender": ID, "client_id": ID,
        "body": "</script>\u{1f44b}\n\"hi\"", "sent_at": 1_767_323_045_000_001_i64,
        "revision": 0,
    })
}

fn comment() -> CommentView {
    let ana = PersonView {
        id: id(),
        username: "ana".into(),
        first_name: "Ana".into(),
        last_name: "Brandt".into(),
        picture: None,
    };
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

fn new_message(reply_to: Option<i64>) -> NewMessage {
    NewMessage { to: id(), client_id: id(), body: "hi".into(), reply_to }
}

/// Each message of the browser, and what stands in its frame.
fn from_client() -> Vec<(ClientMessage, Value)> {
    let position = ReadPosition { conversation: id(), seq: 3 };
    let (topic, watched) = (Topic::Post(id()), Watched { topic: Topic::Post(id()), since: 9 });
    let watched_json = json!({ "topic": { "post": ID }, "since": 9 });
    vec![
        (ClientMessage::Heartbeat, json!("heartbeat")),
        (
            ClientMessage::Watch { add: vec![watched], remove: vec![topic] },
            json!({ "watch": { "add": [watched_json], "remove": [{ "post": ID }] } }),
        ),
        (
            ClientMessage::Watch { add: vec![watched], remove: Vec::new() },
            json!({ "watch": { "add": [watched_json] } }),
        ),
        (
            ChatRequest::Resume {
                positions: vec![KnownPosition { conversation: id(), seq: 3, revision: 9 }],
            }
            .into(),
            json!({ "chat": { "resume": {
                "positions": [{ "conversation": ID, "seq": 3, "revision": 9 }],
            } } }),
        ),
        (
            ChatRequest::Send { message: new_message(None) }.into(),
            json!({ "chat": { "send": { "message": { "to": ID, "client_id": ID, "body": "hi" } } } }),
        ),
        (
            ChatRequest::Send { message: new_message(Some(3)) }.into(),
            json!({ "chat": { "send": { "message": {
                "to": ID, "client_id": ID, "body": "hi", "reply_to": 3,
            } } } }),
        ),
        (
            ChatRequest::Read { position }.into(),
            json!({ "chat": { "read": { "position": { "conversation": ID, "seq": 3 } } } }),
        ),
        (
            ChatRequest::Typing { conversation: id() }.into(),
            json!({ "chat": { "typing": { "conversation": ID } } }),
        ),
        (PresenceRequest::Away.into(), json!({ "presence": "away" })),
        (PresenceRequest::Back.into(), json!({ "presence": "back" })),
    ]
}

/// Each message of the server, what it is about, and what stands in its frame.
fn from_server() -> Vec<(ServerMessage, Topic, Value)> {
    let list = [of_connection(), of_posts(), of_chat()];
    list.into_iter().flatten().collect()
}

fn of_connection() -> Vec<(ServerMessage, Topic, Value)> {
    vec![
        (
            Welcome { version: VERSION, resync: false }.into(),
            Topic::Connection,
            json!({ "welcome": { "version": 7, "resync": false } }),
        ),
        (
            ServerMessage::Heartbeat { revision: 8 },
            Topic::Connection,
            json!({ "heartbeat": { "revision": 8 } }),
        ),
        (
            Badges::NONE.chats(4).notifications(2).into(),
            Topic::Badges,
            json!({ "badges": { "chats": 4, "notifications": 2 } }),
        ),
        (
            NotificationMessage::Added { notification: id() }.into(),
            Topic::Notifications,
            json!({ "notification": { "added": { "notification": ID } } }),
        ),
        (NotificationMessage::Changed.into(), Topic::Notifications, json!({ "notification": "changed" })),
        (
            PresenceMessage::State { person: id(), presence: Presence::Online.into() }.into(),
            Topic::Person(id()),
            json!({ "presence": { "state": { "person": ID, "presence": { "state": "online" } } } }),
        ),
        (
            PresenceMessage::State {
                person: id(),
                presence: PresenceView {
                    state: Presence::Offline,
                    last_seen: Some(Timestamp::from_micros(5)),
                },
            }
            .into(),
            Topic::Person(id()),
            json!({ "presence": { "state": {
                "person": ID, "presence": { "state": "offline", "last_seen": 5 },
            } } }),
        ),
    ]
}

fn of_posts() -> Vec<(ServerMessage, Topic, Value)> {
    let counts = Counts { likes: 2, comments: 1, revision: 9 };
    let counts_json = json!({ "likes": 2, "comments": 1, "revision": 9 });
    let published = Published { post: id(), author: id() };
    let published_json = json!({ "post": ID, "author": ID });
    let post = Topic::Post(id());
    vec![
        (
            FeedMessage::Published(published).into(),
            Topic::Feed,
            json!({ "feed": { "published": published_json } }),
        ),
        (
            FeedMessage::Followed(published).into(),
            Topic::Feed,
            json!({ "feed": { "followed": published_json } }),
        ),
        (
            PostMessage::State { post: id(), version: 3, counts }.into(),
            post,
            json!({ "post": { "state": { "post": ID, "version": 3, "counts": counts_json } } }),
        ),
        (
            PostMessage::CountsChanged { post: id(), counts }.into(),
            post,
            json!({ "post": { "counts_changed": { "post": ID, "counts": counts_json } } }),
        ),
        (PostMessage::Edited { post: id() }.into(), post, json!({ "post": { "edited": { "post": ID } } })),
        (PostMessage::Removed { post: id() }.into(), post, json!({ "post": { "removed": { "post": ID } } })),
        (
            CommentMessage::Changed { comment: comment().into() }.into(),
            post,
            json!({ "comment": { "changed": { "comment": comment_json() } } }),
        ),
        (
            CommentMessage::Removed { post: id(), comment: id() }.into(),
            post,
            json!({ "comment": { "removed": { "post": ID, "comment": ID } } }),
        ),
        (
            CommentMessage::Stored { comment: comment().into() }.into(),
            Topic::Outbox,
            json!({ "comment": { "stored": { "comment": comment_json() } } }),
        ),
    ]
}

fn of_chat() -> Vec<(ServerMessage, Topic, Value)> {
    let problem = Problem::field("body", Reason::TooLong { max: 4_000 });
    vec![
        (
            ChatMessage::Message { message: message() }.into(),
            Topic::Chat,
            json!({ "chat": { "message": { "message": message_json() } } }),
        ),
        (
            ChatMessage::Sent { message: message() }.into(),
            Topic::Outbox,
            json!({ "chat": { "sent": { "message": message_json() } } }),
        ),
        (
            ChatMessage::Refused { client_id: id(), problem }.into(),
            Topic::Outbox,
            json!({ "chat": { "refused": { "client_id": ID, "problem": { "invalid": {
                "fields": [{ "field": "body", "reason": { "too_long": { "max": 4_000 } } }],
            } } } } }),
        ),
        (
            ChatMessage::Changed { message: edited() }.into(),
            Topic::Chat,
            json!({ "chat": { "changed": { "message": edited_json() } } }),
        ),
        (
            ChatMessage::ReadByOther { position: ReadPosition { conversation: id(), seq: 3 } }.into(),
            Topic::Chat,
            json!({ "chat": { "read_by_other": { "position": { "conversation": ID, "seq": 3 } } } }),
        ),
        (
            ChatMessage::Typing { conversation: id() }.into(),
            Topic::Chat,
            json!({ "chat": { "typing": { "conversation": ID } } }),
        ),
        (
            ChatMessage::Backlog {
                conversation: id(),
                messages: vec![message()],
                changed: vec![edited()],
                revision: 9,
                read_by_other: None,
            }
            .into(),
            Topic::Chat,
            json!({ "chat": { "backlog": {
                "conversation": ID, "messages": [message_json()], "changed": [edited_json()], "revision": 9,
            } } }),
        ),
        (
            ChatMessage::Resync { conversation: id() }.into(),
            Topic::Chat,
            json!({ "chat": { "resync": { "conversation": ID } } }),
        ),
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
    for (message, topic, frame) in from_server() {
        assert_eq!(to_value(&message).unwrap(), frame);
        assert_eq!(message.topic(), topic, "{frame}");
        assert_eq!(from_value::<ServerMessage>(frame).unwrap(), message);
    }
}

/// A new variant does not compile here before it stands in the lists above.
#[test]
fn no_message_is_left_out() {
    for (message, _) in from_client() {
        match message {
            ClientMessage::Heartbeat | ClientMessage::Watch { .. } => {}
            ClientMessage::Presence(PresenceRequest::Away | PresenceRequest::Back) => {}
            ClientMessage::Chat(
                ChatRequest::Resume { .. }
                | ChatRequest::Send { .. }
                | ChatRequest::Read { .. }
                | ChatRequest::Typing { .. },
            ) => {}
        }
    }
    for (message, ..) in from_server() {
        match message {
            ServerMessage::Welcome(_) | ServerMessage::Heartbeat { .. } | ServerMessage::Badges(_) => {}
            ServerMessage::Presence(PresenceMessage::State { .. }) => {}
            ServerMessage::Feed(FeedMessage::Published(_) | FeedMessage::Followed(_)) => {}
            ServerMessage::Post(PostMessage::State { .. } | PostMessage::CountsChanged { .. }) => {}
            ServerMessage::Post(PostMessage::Edited { .. } | PostMessage::Removed { .. }) => {}
            ServerMessage::Comment(CommentMessage::Changed { .. } | CommentMessage::Removed { .. }) => {}
            ServerMessage::Comment(CommentMessage::Stored { .. }) => {}
            ServerMessage::Chat(ChatMessage::Message { .. } | ChatMessage::Sent { .. }) => {}
            ServerMessage::Chat(ChatMessage::Refused { .. } | ChatMessage::Backlog { .. }) => {}
            ServerMessage::Chat(ChatMessage::ReadByOther { .. } | ChatMessage::Typing { .. }) => {}
            ServerMessage::Chat(ChatMessage::Resync { .. } | ChatMessage::Changed { .. }) => {}
            ServerMessage::Notification(NotificationMessage::Added { .. } | NotificationMessage::Changed) => {
            }
        }
    }
    assert_eq!((from_client().len(), from_server().len()), (10, 24));
}

#[test]
fn the_largest_change_of_what_is_watched_fits_into_a_frame() {
    let topic = Topic::Post(id());
    let add = vec![Watched { topic, since: i64::MAX }; WATCHED_TOPICS];
    let frame = to_value(ClientMessage::Watch { add, remove: vec![topic; WATCHED_TOPICS] }).unwrap();
    assert!(frame.to_string().len() <= FRAME_BYTES, "{}", frame.to_string().len());
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
        "\"Heartbeat\"",
        r#"{"type":7}"#,
        r#"{"watch":[7]}"#,
        r#"{"watch":{"add":["00000000-0000-0000-0000-000000000007"]}}"#,
        r#"{"watch":{"remove":"all"}}"#,
        r#"{"chat":{"resume":{"positions":[{"conversation":1,"seq":1}]}}}"#,
        r#"{"chat":{"read":{"position":{"conversation":"00000000-0000-0000-0000-000000000007","seq":"1"}}}}"#,
        r#"{"chat":{"read":{"position":{"conversation":"00000000-0000-0000-0000-000000000007","seq":1.5}}}}"#,
        r#"{"chat":{"read":{"position":{"conversation":"00000000-0000-0000-0000-000000000007","seq":9223372036854775808}}}}"#,
        r#"{"chat":{"send":{"message":{"to":"00000000-0000-0000-0000-000000000007","body":"hi"}}}}"#,
    ] {
        assert!(from_str::<ClientMessage>(frame).is_err(), "{frame}");
    }
    assert!(from_str::<ServerMessage>(r#"{"dance":{}}"#).is_err());
}

#[test]
fn a_field_that_a_later_version_adds_is_passed_over() {
    let frame = json!({ "badges": { "chats": 4, "notifications": 0, "mood": "good" } });
    assert_eq!(from_value::<ServerMessage>(frame).unwrap(), Badges::NONE.chats(4).into());
}

#[test]
fn two_heartbeats_may_be_lost_before_a_side_is_taken_for_gone() {
    const { assert!(2 * HEARTBEAT_SECONDS < SILENCE_SECONDS) };
}

#[test]
fn close_codes_are_registered_or_private_and_differ() {
    let codes = [CLOSE_RESTART, CLOSE_BEHIND, CLOSE_SIGNED_OUT, CLOSE_PROTOCOL];
    assert!(codes.is_sorted_by(|one, other| one < other));
    assert!(codes.iter().all(|code| (1_012..=1_013).contains(code) || (4_000..5_000).contains(code)));
}
