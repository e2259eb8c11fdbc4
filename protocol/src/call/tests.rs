use serde_json::{Value, from_value, json, to_value};
use uuid::Uuid;

use super::{
    CallChatMessage, CallMessage, CallRequest, CallRole, CallState, CallView, Devices, Engine, HostAction,
    LeaveReason, Occupant, ParticipantView, Reaction, RoomId, Slot, TileView, VideoSource,
};
use crate::{Timestamp, account::PersonView, live::Topic};

const ID: &str = "00000000-0000-0000-0000-000000000007";
const ROOM: &str = "abcdefg-hijklmn-opqrstu";

fn id<Id: From<Uuid>>() -> Id {
    Uuid::from_u128(7).into()
}

fn room() -> RoomId {
    ROOM.parse().unwrap()
}

fn ana() -> PersonView {
    PersonView {
        id: id(),
        username: "ana".into(),
        first_name: "Ana".into(),
        last_name: "Brandt".into(),
        picture: None,
    }
}

fn ana_json() -> Value {
    json!({ "id": ID, "username": "ana", "first_name": "Ana", "last_name": "Brandt" })
}

fn state() -> CallState {
    CallState {
        room: room(),
        revision: 9,
        title: "Parents' evening".into(),
        is_locked: true,
        has_lobby: false,
        participants: vec![ParticipantView {
            person: ana(),
            role: CallRole::Host,
            devices: Devices { microphone: true, ..Devices::default() },
            hand: Some(2),
            is_reconnecting: false,
        }],
        waiting: Vec::new(),
    }
}

fn state_json() -> Value {
    json!({
        "room": ROOM, "revision": 9, "title": "Parents' evening", "is_locked": true, "has_lobby": false,
        "participants": [{
            "person": ana_json(), "role": "host", "hand": 2, "is_reconnecting": false,
            "devices": { "microphone": true, "camera": false, "screen": false },
        }],
    })
}

fn occupant() -> Occupant {
    Occupant { participant: id(), is_screen: true }
}

/// Each request, and what stands in its frame below "call".
fn requests() -> Vec<(CallRequest, Value)> {
    let (room, tab, devices) = (room(), id(), Devices::default());
    let devices_json = json!({ "microphone": false, "camera": false, "screen": false });
    let tile = TileView { occupant: occupant(), height: 720, is_pinned: true };
    let tile_json =
        json!({ "occupant": { "participant": ID, "is_screen": true }, "height": 720, "is_pinned": true });
    vec![
        (
            CallRequest::Join { room, tab, devices },
            json!({ "join": { "room": ROOM, "tab": ID, "devices": devices_json } }),
        ),
        (CallRequest::Leave { room, tab }, json!({ "leave": { "room": ROOM, "tab": ID } })),
        (
            CallRequest::Offer { room, tab, connection: 1, number: 3, sdp: "v=0\r\n".into() },
            json!({ "offer": { "room": ROOM, "tab": ID, "connection": 1, "number": 3, "sdp": "v=0\r\n" } }),
        ),
        (
            CallRequest::Devices { room, tab, devices },
            json!({ "devices": { "room": ROOM, "tab": ID, "devices": devices_json } }),
        ),
        (
            CallRequest::View { room, tab, tiles: vec![tile] },
            json!({ "view": { "room": ROOM, "tab": ID, "tiles": [tile_json] } }),
        ),
        (CallRequest::Hand { room, is_raised: true }, json!({ "hand": { "room": ROOM, "is_raised": true } })),
        (
            CallRequest::Say { room, client_id: id(), body: "hi".into() },
            json!({ "say": { "room": ROOM, "client_id": ID, "body": "hi" } }),
        ),
        (
            CallRequest::React { room, reaction: Reaction::ThumbsUp },
            json!({ "react": { "room": ROOM, "reaction": "thumbs_up" } }),
        ),
        (
            CallRequest::Host { room, action: HostAction::Mute(id()) },
            json!({ "host": { "room": ROOM, "action": { "mute": ID } } }),
        ),
        (
            CallRequest::Host { room, action: HostAction::End },
            json!({ "host": { "room": ROOM, "action": "end" } }),
        ),
    ]
}

/// Each message to those who are in the call, and what stands in its frame below "call".
fn messages() -> Vec<(CallMessage, Value)> {
    let (room, tab) = (room(), id());
    let slot = Slot { audio_mid: "4".into(), video_mid: "5".into(), occupant: Some(occupant()) };
    let slot_json = json!({
        "audio_mid": "4", "video_mid": "5", "occupant": { "participant": ID, "is_screen": true },
    });
    let sent_at = Timestamp::from_micros(5);
    let said = CallChatMessage { sender: ana(), client_id: id(), body: "hi".into(), sent_at };
    vec![
        (
            CallMessage::Joined { tab, call: state(), engine: Engine::Embedded },
            json!({ "joined": { "tab": ID, "call": state_json(), "engine": "embedded" } }),
        ),
        (CallMessage::Waiting { room, tab }, json!({ "waiting": { "room": ROOM, "tab": ID } })),
        (
            CallMessage::Left { room, tab, reason: LeaveReason::NotAvailable },
            json!({ "left": { "room": ROOM, "tab": ID, "reason": "not_available" } }),
        ),
        (CallMessage::State { call: state() }, json!({ "state": { "call": state_json() } })),
        (CallMessage::Muted { room }, json!({ "muted": { "room": ROOM } })),
        (
            CallMessage::Answer { room, tab, number: 3, sdp: "v=0\r\n".into() },
            json!({ "answer": { "room": ROOM, "tab": ID, "number": 3, "sdp": "v=0\r\n" } }),
        ),
        (
            CallMessage::OfferRefused { room, tab, number: 3 },
            json!({ "offer_refused": { "room": ROOM, "tab": ID, "number": 3 } }),
        ),
        (
            CallMessage::Slots { room, tab, slots: vec![slot] },
            json!({ "slots": { "room": ROOM, "tab": ID, "slots": [slot_json] } }),
        ),
        (
            CallMessage::Layers { room, tab, source: VideoSource::Camera, rids: vec!["h".into()] },
            json!({ "layers": { "room": ROOM, "tab": ID, "source": "camera", "rids": ["h"] } }),
        ),
        (
            CallMessage::Speaker { room, participant: None },
            json!({ "speaker": { "room": ROOM, "participant": null } }),
        ),
        (
            CallMessage::Said { room, message: said },
            json!({ "said": { "room": ROOM, "message": {
                "sender": ana_json(), "client_id": ID, "body": "hi", "sent_at": 5,
            } } }),
        ),
        (
            CallMessage::Reacted { room, participant: id(), reaction: Reaction::Heart },
            json!({ "reacted": { "room": ROOM, "participant": ID, "reaction": "heart" } }),
        ),
        (CallMessage::Changed { room }, json!({ "changed": { "room": ROOM } })),
    ]
}

/// Each message to those who are called.
fn rings() -> Vec<(CallMessage, Value)> {
    let call = CallView {
        room: room(),
        title: String::new(),
        host: ana(),
        planned_for: None,
        started_at: None,
        ended_at: None,
        people: Vec::new(),
    };
    let call_json = json!({
        "room": ROOM, "title": "", "host": ana_json(), "planned_for": null, "started_at": null,
        "ended_at": null, "people": [],
    });
    vec![
        (
            CallMessage::Ringing { call, caller: ana() },
            json!({ "ringing": { "call": call_json, "caller": ana_json() } }),
        ),
        (CallMessage::RingingEnded { room: room() }, json!({ "ringing_ended": { "room": ROOM } })),
    ]
}

#[test]
fn requests_have_these_frames() {
    for (request, json) in requests() {
        assert_eq!(to_value(&request).unwrap(), json);
        assert_eq!(from_value::<CallRequest>(json).unwrap(), request);
    }
}

#[test]
fn messages_have_these_frames_and_topics() {
    let of_calls = messages().into_iter().map(|(message, json)| (message, json, Topic::Call(room())));
    let of_rings = rings().into_iter().map(|(message, json)| (message, json, Topic::Ringing));
    for (message, json, topic) in of_calls.chain(of_rings) {
        assert_eq!(message.topic(), topic);
        assert_eq!(to_value(&message).unwrap(), json);
        assert_eq!(from_value::<CallMessage>(json).unwrap(), message);
    }
}

/// A new variant does not compile here before it stands in the lists above.
#[test]
fn no_message_is_left_out() {
    for (request, _) in requests() {
        match request {
            CallRequest::Join { .. } | CallRequest::Leave { .. } | CallRequest::Offer { .. } => {}
            CallRequest::Devices { .. } | CallRequest::View { .. } | CallRequest::Hand { .. } => {}
            CallRequest::Say { .. } | CallRequest::React { .. } | CallRequest::Host { .. } => {}
        }
    }
    for (message, _) in messages().into_iter().chain(rings()) {
        match message {
            CallMessage::Joined { .. } | CallMessage::Waiting { .. } | CallMessage::Left { .. } => {}
            CallMessage::State { .. } | CallMessage::Muted { .. } | CallMessage::Answer { .. } => {}
            CallMessage::OfferRefused { .. } | CallMessage::Slots { .. } | CallMessage::Layers { .. } => {}
            CallMessage::Speaker { .. } | CallMessage::Said { .. } | CallMessage::Reacted { .. } => {}
            CallMessage::Changed { .. } | CallMessage::Ringing { .. } | CallMessage::RingingEnded { .. } => {}
        }
    }
    assert_eq!((requests().len(), messages().len(), rings().len()), (10, 13, 2));
}

#[test]
fn zego_says_where_it_is() {
    let engine = Engine::Zego { app_id: 7, token: "04AAAA".into(), server: "wss://zego.example/ws".into() };
    let json = json!({ "zego": { "app_id": 7, "token": "04AAAA", "server": "wss://zego.example/ws" } });
    assert_eq!(to_value(engine).unwrap(), json);
}
