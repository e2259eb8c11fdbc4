use super::*;

fn join_hidden(rooms: &mut Rooms, settings: Settings, number: u128, from: u128) -> Admission {
    rooms.join(room(), settings, entrance(number), &[person(from)].into(), at(0))
}

#[test]
fn whoever_is_hidden_from_somebody_in_the_call_learns_nothing_else_of_it() {
    let mut rooms = rooms_with(&[ANA]);
    for action in [HostAction::SetLobby(true), HostAction::SetLocked(true), HostAction::Remove(person(BEN))] {
        act(&mut rooms, ANA, action).expect("an action of the host");
        let admission = join_hidden(&mut rooms, settings(), BEN, ANA);
        assert_eq!(admission, refused(LeaveReason::NotAvailable), "{action:?}");
    }
    assert_eq!((people(&rooms), waiting(&rooms)), (vec![person(ANA)], vec![]));
}

#[test]
fn a_block_between_people_in_a_call_takes_the_blocked_one_out() {
    for (blocker, blocked) in [(ANA, BEN), (BEN, ANA)] {
        let mut rooms = rooms_with(&[ANA, BEN, CID]);
        assert_eq!(rooms.separate(person(blocker), person(blocked), at(1)), [member(blocked, blocked)]);
        assert_eq!(people(&rooms), [person(blocker.min(CID)), person(CID)]);
    }
}

#[test]
fn a_block_between_people_who_are_not_both_there_changes_nothing() {
    let mut rooms = rooms_with(&[ANA, CID]);
    let before = rooms.get(room()).expect("a room").revision();
    assert_eq!(rooms.separate(person(ANA), person(BEN), at(1)), []);
    assert_eq!(rooms.separate(person(BEN), person(ANA), at(1)), []);
    assert_eq!(rooms.get(room()).expect("a room").revision(), before);
    assert_eq!(people(&rooms).len(), 2);
}

#[test]
fn block_and_join_end_the_same_in_either_order() {
    let mut block_first = rooms_with(&[ANA]);
    assert_eq!(block_first.separate(person(ANA), person(BEN), at(1)), []);
    assert_eq!(join_hidden(&mut block_first, settings(), BEN, ANA), refused(LeaveReason::NotAvailable));
    let mut join_first = rooms_with(&[ANA, BEN]);
    assert_eq!(join_first.separate(person(ANA), person(BEN), at(1)), [member(BEN, BEN)]);
    assert_eq!(people(&block_first), people(&join_first));
}

#[test]
fn somebody_in_the_lobby_is_out_whoever_of_the_two_blocked() {
    for (blocker, blocked) in [(ANA, BEN), (BEN, ANA)] {
        let mut rooms = rooms_with(&[ANA]);
        act(&mut rooms, ANA, HostAction::SetLobby(true)).expect("a lobby");
        assert_eq!(join(&mut rooms, BEN), Admission::Waiting { replaced: None });
        assert_eq!(rooms.separate(person(blocker), person(blocked), at(1)), [member(BEN, BEN)]);
        assert_eq!((people(&rooms), waiting(&rooms)), (vec![person(ANA)], vec![]));
    }
}

#[test]
fn a_host_who_joins_does_not_find_whom_they_should_not_meet_in_the_lobby() {
    let lobby = Settings { has_lobby: true, ..settings() };
    let mut rooms = Rooms::new(10);
    for number in [BEN, CID] {
        rooms.join(room(), lobby.clone(), entrance(number), &no_one(), at(0));
    }
    let admission = join_hidden(&mut rooms, lobby, ANA, BEN);
    assert_eq!(admission, Admission::Joined { replaced: None, turned_away: vec![member(BEN, BEN)] });
    assert_eq!(waiting(&rooms), [person(CID)]);
}

#[test]
fn admitting_somebody_asks_the_block_rule_again() {
    let mut rooms = rooms_with(&[ANA, CID]);
    act(&mut rooms, ANA, HostAction::SetLobby(true)).expect("a lobby");
    join(&mut rooms, BEN);
    let hidden = [person(CID)].into();
    let answer = rooms.act(room(), person(ANA), HostAction::Admit(person(BEN)), &hidden, at(1));
    assert_eq!(answer, Ok(vec![Consequence::Left(member(BEN, BEN), LeaveReason::NotAvailable)]));
    assert_eq!((people(&rooms).len(), waiting(&rooms).len()), (2, 0));
}
