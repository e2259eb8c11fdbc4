use super::*;

#[test]
fn without_a_connection_it_is_tried_again_after_pauses_that_grow() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, post("hello"));
    let mut tried = Vec::new();
    for second in 0..100 {
        if due(&mut queue, second) == [1] {
            fail(&mut queue, 1, Problem::Unavailable, second);
            tried.push(second);
        }
    }
    assert_eq!(tried, [0, 1, 3, 7, 15, 31, 61, 91]);
    assert_eq!((queue.waiting(), queue.delay()), (1, Some(Delay::Offline)));
}

#[test]
fn on_reconnect_everything_goes_out_at_once_and_the_line_leaves() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, post("one"));
    add(&mut queue, 2, comment(7, "two"));
    assert_eq!(due(&mut queue, 0), [1, 2]);
    for id in [1, 2] {
        fail(&mut queue, id, Problem::Unavailable, 0);
    }
    assert_eq!(due(&mut queue, 0), []);
    queue.socket_opened();
    assert_eq!(queue.delay(), None);
    assert_eq!(due(&mut queue, 0), [1, 2]);
}

#[test]
fn one_answer_says_that_the_server_is_there_again() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, post("one"));
    add(&mut queue, 2, post("two"));
    assert_eq!(due(&mut queue, 0), [1]);
    fail(&mut queue, 1, Problem::Unavailable, 0);
    assert_eq!(due(&mut queue, 1), [1]);
    assert!(sent(&mut queue, 1));
    assert_eq!((queue.delay(), due(&mut queue, 1)), (None, vec![2]));
}

#[test]
fn too_many_waits_as_long_as_the_server_says_and_holds_up_no_other_kind() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, post("one"));
    assert_eq!(due(&mut queue, 0), [1]);
    fail(&mut queue, 1, Problem::TooMany { retry_after: 30 }, 0);
    add(&mut queue, 2, message(9, "hello"));
    assert_eq!(due(&mut queue, 29), [2]);
    assert_eq!(queue.delay(), Some(Delay::TooMany));
    assert_eq!(due(&mut queue, 30), [1]);
    assert_eq!(queue.delay(), None);
}

#[test]
fn what_is_refused_because_somebody_else_is_signed_in_waits_for_its_author() {
    for problem in [Problem::SignInNeeded, Problem::SignedInAs { username: "ben".to_owned() }] {
        let storage = MemoryStorage::new();
        let mut queue = open(&storage, 1);
        add(&mut queue, 1, post("Ana's"));
        assert_eq!(due(&mut queue, 0), [1]);
        fail(&mut queue, 1, problem.clone(), 0);
        assert_eq!(due(&mut queue, 1_000), []);
        assert_eq!(queue.delay(), Some(Delay::SignedOut(problem)));

        let mut bens = Queue::new(Arc::<MemoryStorage>::clone(&storage), Uuid::from_u128(2).into());
        bens.start(tab(2), |_| false);
        assert_eq!(bens.waiting(), 0, "nobody else sends it");
        assert_eq!(due(&mut open(&storage, 3), 2_000), [1], "signed in again");
        queue.reconnected();
        assert_eq!(due(&mut queue, 2_000), [1], "in the same page, too");
    }
}
