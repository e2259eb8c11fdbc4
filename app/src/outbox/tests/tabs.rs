use super::*;

#[test]
fn two_tabs_erase_nothing_of_each_other() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[tab(1)]));
    add(&mut one, 1, post("from the first"));
    add(&mut two, 2, post("from the second"));
    assert!(sent(&mut two, 2));
    let kept = open(&storage, 3);
    assert_eq!(ids(kept.mine()), [1]);
}

#[test]
fn an_entry_is_shown_and_sent_by_one_tab() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[tab(1)]));
    add(&mut one, 1, post("hello"));
    assert!(two.sync());
    assert!(!two.claim(|tab_id| tab_id == tab(1)));
    assert_eq!(two.mine().count(), 0);
    assert_eq!(two.waiting(), 1, "but it counts");
    assert_eq!((due(&mut two, 0), due(&mut one, 0)), (vec![], vec![1]));
    assert!(sent(&mut one, 1));
    assert!(two.sync());
    assert_eq!(two.waiting(), 0);
}

#[test]
fn what_a_tab_leaves_another_one_claims() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[tab(1)]));
    add(&mut one, 1, post("hello"));
    two.sync();
    assert!(two.claim(|_| false));
    assert_eq!(due(&mut two, 0), [1]);
    // The first was only frozen, and wakes up.
    assert!(one.sync());
    assert_eq!((one.mine().count(), due(&mut one, 0)), (0, vec![]));
}

#[test]
fn messages_of_two_tabs_to_one_person_keep_their_order() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[tab(1)]));
    add(&mut one, 1, message(9, "first"));
    two.sync();
    add(&mut two, 2, message(9, "second"));
    assert_eq!(due(&mut two, 0), []);
    assert_eq!(due(&mut one, 0), [1]);
    assert!(sent(&mut one, 1));
    two.sync();
    assert_eq!(due(&mut two, 1), [2]);
}

#[test]
fn a_post_does_not_wait_for_one_that_another_tab_cannot_send() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[tab(1)]));
    add(&mut one, 1, post("stuck"));
    two.sync();
    add(&mut two, 2, post("meanwhile"));
    assert_eq!(due(&mut two, 0), [2]);
}

#[test]
fn what_is_discarded_in_another_tab_is_gone() {
    let storage = MemoryStorage::new();
    let mut queue = open(&storage, 1);
    add(&mut queue, 1, post("hello"));
    // "Delete and log out" in another tab.
    unsent_keys(&*storage, ana()).iter().for_each(|key| storage.remove(key));
    assert!(queue.sync());
    assert_eq!((queue.waiting(), due(&mut queue, 0)), (0, vec![]));
}

#[test]
fn an_answer_to_what_another_tab_has_removed_is_no_harm() {
    let storage = MemoryStorage::new();
    let (mut one, mut two) = (open(&storage, 1), open_beside(&storage, 2, &[]));
    add(&mut one, 1, post("hello"));
    two.sync();
    two.claim(|_| false);
    assert_eq!((due(&mut one, 0), due(&mut two, 0)), (vec![1], vec![1]), "both may have sent it");
    assert!(sent(&mut two, 1));
    assert!(sent(&mut one, 1), "the same first answer");
    assert_eq!(unsent_keys(&*storage, ana()).len(), 0);
}
