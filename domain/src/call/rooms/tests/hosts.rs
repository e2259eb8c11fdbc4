use super::*;

#[test]
fn guests_and_people_outside_do_nothing_of_what_hosts_do() {
    let mut rooms = rooms_with(&[ANA, BEN, CID]);
    let guest_may_not = [
        HostAction::Mute(person(CID)),
        HostAction::Remove(person(CID)),
        HostAction::Admit(person(CID)),
        HostAction::Decline(person(CID)),
        HostAction::AddCoHost(person(CID)),
        HostAction::RemoveCoHost(person(CID)),
        HostAction::SetLocked(true),
        HostAction::SetLobby(true),
        HostAction::End,
    ];
    for action in guest_may_not {
        assert_eq!(act(&mut rooms, BEN, action), Err(NotAllowed), "{action:?}");
        assert_eq!(act(&mut rooms, 99, action), Err(NotAllowed), "{action:?}");
    }
    assert!(rooms.leave(member(ANA, ANA), at(1)));
    assert_eq!(act(&mut rooms, ANA, HostAction::End), Err(NotAllowed), "the host is not in the call");
    assert_eq!(people(&rooms).len(), 2);
}

#[test]
fn a_co_host_removes_guests_but_names_no_co_hosts_and_ends_nothing() {
    let mut rooms = rooms_with(&[ANA, BEN, CID]);
    act(&mut rooms, ANA, HostAction::AddCoHost(person(BEN))).expect("a co-host");
    for action in [
        HostAction::AddCoHost(person(CID)),
        HostAction::RemoveCoHost(person(BEN)),
        HostAction::Remove(person(ANA)),
        HostAction::Remove(person(BEN)),
        HostAction::End,
    ] {
        assert_eq!(act(&mut rooms, BEN, action), Err(NotAllowed), "{action:?}");
    }
    let removed = Consequence::Left(member(CID, CID), LeaveReason::Removed);
    assert_eq!(act(&mut rooms, BEN, HostAction::Remove(person(CID))), Ok(vec![removed]));
    act(&mut rooms, ANA, HostAction::RemoveCoHost(person(BEN))).expect("a guest again");
    assert_eq!(act(&mut rooms, BEN, HostAction::SetLocked(true)), Err(NotAllowed));
}

#[test]
fn whoever_was_removed_is_kept_out_and_is_no_co_host_any_more() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    act(&mut rooms, ANA, HostAction::AddCoHost(person(BEN))).expect("a co-host");
    act(&mut rooms, ANA, HostAction::Remove(person(BEN))).expect("a removal");
    assert_eq!(join(&mut rooms, BEN), refused(LeaveReason::Removed));
    let settings = rooms.get(room()).expect("a room").settings();
    assert!(settings.co_hosts.is_empty() && settings.removed.contains(&person(BEN)));
}

#[test]
fn a_removal_that_is_stored_holds_when_the_room_opens_again() {
    let stored = Settings { removed: [person(BEN)].into(), ..settings() };
    let mut rooms = Rooms::new(10);
    let admission = rooms.join(room(), stored, entrance(BEN), &no_one(), at(0));
    assert_eq!(admission, refused(LeaveReason::Removed));
    assert!(rooms.get(room()).is_none(), "nobody opened it");
}

#[test]
fn muting_turns_a_microphone_off_once_and_its_owner_turns_it_on() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    let muted = Consequence::Muted(member(BEN, BEN));
    assert_eq!(act(&mut rooms, ANA, HostAction::Mute(person(BEN))), Ok(vec![muted]));
    assert_eq!(act(&mut rooms, ANA, HostAction::Mute(person(BEN))), Ok(vec![]));
    let devices = rooms.get(room()).expect("a room").participants()[1].devices;
    assert_eq!(devices, Devices { microphone: false, camera: true, screen: false });
    assert!(rooms.set_devices(member(BEN, BEN), Devices { microphone: true, ..devices }, at(2)));
    assert!(rooms.get(room()).expect("a room").participants()[1].devices.microphone);
}

#[test]
fn people_in_the_lobby_are_admitted_or_turned_away() {
    let mut rooms = rooms_with(&[ANA]);
    act(&mut rooms, ANA, HostAction::SetLobby(true)).expect("a lobby");
    join(&mut rooms, BEN);
    join(&mut rooms, CID);
    let answer = act(&mut rooms, ANA, HostAction::Admit(person(BEN)));
    assert_eq!(answer, Ok(vec![Consequence::Joined(member(BEN, BEN))]));
    let answer = act(&mut rooms, ANA, HostAction::Decline(person(CID)));
    assert_eq!(answer, Ok(vec![Consequence::Left(member(CID, CID), LeaveReason::Removed)]));
    assert_eq!(act(&mut rooms, ANA, HostAction::Admit(person(CID))), Ok(vec![]), "they have gone");
    assert_eq!(people(&rooms), [person(ANA), person(BEN)]);
    assert_eq!(waiting(&rooms), []);
}

#[test]
fn ending_a_call_takes_everybody_out_and_the_room_is_closed() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    let out = act(&mut rooms, ANA, HostAction::End).expect("an end");
    let ended = |number| Consequence::Left(member(number, number), LeaveReason::Ended);
    assert_eq!(out, [ended(ANA), ended(BEN)]);
    assert!(rooms.get(room()).is_none());
}

#[test]
fn each_change_has_a_greater_revision() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    let mut last = rooms.get(room()).expect("a room").revision();
    for action in [HostAction::SetLocked(true), HostAction::SetLobby(true), HostAction::Mute(person(BEN))] {
        act(&mut rooms, ANA, action).expect("an action of the host");
        let revision = rooms.get(room()).expect("a room").revision();
        assert!(revision > last, "{action:?}");
        last = revision;
    }
}
