use super::{NoRoomId, RoomId};

const ROOM: &str = "abcdefg-hijklmn-opqrstu";

fn room() -> RoomId {
    ROOM.parse().unwrap()
}

#[test]
fn it_is_read_as_it_is_written() {
    assert_eq!(room().to_string(), ROOM);
    assert_eq!(room().path(), format!("/call/{ROOM}"));
    assert_eq!(serde_json::to_value(room()).unwrap(), ROOM);
    assert_eq!(serde_json::from_value::<RoomId>(ROOM.into()).unwrap(), room());
}

#[test]
fn what_people_type_or_paste_finds_it() {
    for typed in [
        " ABCDEFG-hijklmn-opqrstu\n",
        "abcdefghijklmnopqrstu",
        "abcdefg hijklmn opqrstu",
        "abcdefg\u{2013}hijklmn\u{2013}opqrstu",
        "https://kith.example/call/abcdefg-hijklmn-opqrstu",
        "http://localhost:3000/call/abcdefg-hijklmn-opqrstu?from=chat#top",
        "/call/abcdefg-hijklmn-opqrstu/",
    ] {
        assert_eq!(RoomId::from_typed(typed), Ok(room()), "{typed:?}");
    }
}

#[test]
fn nonsense_is_no_room() {
    for typed in [
        "",
        "-",
        "abcdefg-hijklmn-opqrst",
        "abcdefg-hijklmn-opqrstuv",
        "abcdefg-hijklmn-opqrst1",
        "abcdefg-hijklmn-opqrst\u{e4}",
        "abcdefg-hijklmn-opqrst\u{17f}",
        "https://kith.example/u/ana",
        "/call/",
    ] {
        assert_eq!(RoomId::from_typed(typed), Err(NoRoomId), "{typed:?}");
    }
}

#[test]
fn an_address_has_one_form_of_it() {
    for text in ["abcdefghijklmnopqrstu", "ABCDEFG-hijklmn-opqrstu", "/call/abcdefg-hijklmn-opqrstu"] {
        assert_eq!(text.parse::<RoomId>(), Err(NoRoomId), "{text:?}");
    }
}

#[test]
fn each_letter_is_as_likely_as_the_others() {
    let mut found = [0; 26];
    for byte in 0..=u8::MAX {
        if let Some(room) = RoomId::from_random(&[byte; 21]) {
            found[usize::from(room.0[0] - b'a')] += 1;
        }
    }
    assert_eq!(found, [9; 26]);
    assert_eq!(RoomId::from_random(&[0; 20]), None);
}

#[test]
fn logs_do_not_name_it() {
    assert_eq!(format!("{:?}", room()), "RoomId(…)");
}
