//! What a block hides on every way to people and their things, and which tests prove it. Each slice has its use cases in its
//! `SURFACES`; here they are collected, and here are the messages of the live socket. `cargo xtask check` compares all of them with the
//! code: what is missing fails the build. Server functions, routes and pages stand in no list: `server/src/tests/privacy.rs` asks
//! the server what it has, and calls each.

use crate::{
    account, badge, block, chat, comment, deletion, export, feed, follow, history, like, media, notification,
    passkey, post, presence, profile, search, session, suggestion, two_factor,
};

/// A way in or out.
pub struct Entry {
    /// Its name in the code.
    pub name: &'static str,
    /// The tests that go through it in every relation.
    pub tests: &'static [&'static str],
    /// Why it needs none.
    pub reason: &'static str,
}

pub(crate) const fn shows(name: &'static str, tests: &'static [&'static str]) -> Entry {
    Entry { name, tests, reason: "" }
}

pub(crate) const fn neutral(name: &'static str, reason: &'static str) -> Entry {
    Entry { name, tests: &[], reason }
}

/// The use cases of all slices.
pub fn use_cases() -> impl Iterator<Item = &'static Entry> {
    let slices = [
        account::SURFACES,
        badge::SURFACES,
        block::SURFACES,
        chat::SURFACES,
        comment::SURFACES,
        deletion::SURFACES,
        export::SURFACES,
        feed::SURFACES,
        follow::SURFACES,
        history::SURFACES,
        like::SURFACES,
        LIVE,
        media::SURFACES,
        notification::SURFACES,
        passkey::SURFACES,
        post::SURFACES,
        presence::SURFACES,
        profile::SURFACES,
        search::SURFACES,
        session::SURFACES,
        suggestion::SURFACES,
        two_factor::SURFACES,
    ];
    slices.into_iter().flatten()
}

/// The use cases of the socket, in front of which all other slices stand.
const LIVE: &[Entry] = &[
    shows(
        "live::connect",
        &["messages_of_a_hidden_person_are_not_unread_anywhere", "a_post_of_a_hidden_author_is_not_heard_of"],
    ),
    shows(
        "live::answer",
        &[
            "a_message_sent_to_a_hidden_person_over_the_socket_is_refused",
            "a_conversation_with_a_hidden_person_is_not_resumed",
            "a_conversation_with_a_hidden_person_is_not_read_over_the_socket",
        ],
    ),
    shows(
        "live::resolve",
        &[
            "counts_that_are_heard_leave_hidden_people_out",
            "unread_conversations_that_are_heard_leave_hidden_people_out",
        ],
    ),
];

pub const CLIENT_MESSAGES: &[Entry] = &[
    neutral("Heartbeat", "says nothing about anybody"),
    shows(
        "Watch",
        &[
            "a_hidden_authors_post_that_one_wants_to_watch_is_gone",
            "watching_is_answered_with_counts_that_leave_hidden_people_out",
            "counts_of_a_hidden_authors_post_are_not_heard_though_it_was_watched",
            "somebody_who_is_hidden_goes_off_the_screen_that_watched_them",
        ],
    ),
    neutral("Presence::Away", "says something of oneself"),
    neutral("Presence::Back", "says something of oneself"),
    shows("Chat::Resume", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    shows("Chat::Send", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Typing", &["nobody_hears_a_hidden_person_type"]),
    shows("Chat::Read", &["a_conversation_with_a_hidden_person_is_not_read_over_the_socket"]),
];

pub const SERVER_MESSAGES: &[Entry] = &[
    neutral("Welcome", "says nothing about anybody"),
    neutral("Heartbeat", "says nothing about anybody"),
    shows(
        "Badges",
        &[
            "unread_conversations_that_are_heard_leave_hidden_people_out",
            "what_a_hidden_person_did_is_not_among_the_notifications",
        ],
    ),
    shows("Feed::Published", &["a_post_of_a_hidden_author_is_not_heard_of"]),
    shows("Feed::Followed", &["a_post_of_a_hidden_author_is_not_heard_of"]),
    shows(
        "Post::State",
        &[
            "a_hidden_authors_post_that_one_wants_to_watch_is_gone",
            "watching_is_answered_with_counts_that_leave_hidden_people_out",
        ],
    ),
    shows(
        "Post::CountsChanged",
        &[
            "counts_of_a_hidden_authors_post_are_not_heard_though_it_was_watched",
            "counts_that_are_heard_leave_hidden_people_out",
        ],
    ),
    shows("Post::Edited", &["an_edit_or_removal_of_a_hidden_authors_post_is_not_heard"]),
    shows("Post::Removed", &["an_edit_or_removal_of_a_hidden_authors_post_is_not_heard"]),
    shows(
        "Comment::Changed",
        &[
            "counts_of_a_hidden_authors_post_are_not_heard_though_it_was_watched",
            "a_comment_of_a_hidden_person_is_not_heard",
            "an_edit_and_the_removal_of_a_hidden_persons_comment_are_not_heard",
        ],
    ),
    shows("Comment::Removed", &["an_edit_and_the_removal_of_a_hidden_persons_comment_are_not_heard"]),
    shows("Chat::Message", &["a_message_of_a_hidden_person_is_neither_said_nor_heard"]),
    shows(
        "Chat::Changed",
        &["a_change_of_a_hidden_persons_message_is_not_heard", "a_change_that_a_block_overtook_is_not_heard"],
    ),
    shows("Chat::ReadByOther", &["nobody_hears_how_far_a_hidden_person_reads"]),
    shows("Chat::Typing", &["nobody_hears_a_hidden_person_type"]),
    shows("Chat::Sent", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Refused", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Backlog", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    shows("Chat::Resync", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    neutral("Comment::Stored", "brings back an own comment"),
    shows("Notification::Added", &["what_a_hidden_person_did_is_not_among_the_notifications"]),
    neutral("Notification::Changed", "says nothing about anybody"),
    shows(
        "Presence::State",
        &[
            "nothing_is_heard_of_a_hidden_person_who_comes_and_goes",
            "somebody_who_is_hidden_goes_off_the_screen_that_watched_them",
        ],
    ),
];
