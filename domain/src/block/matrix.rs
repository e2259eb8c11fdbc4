//! Every way to people and their things, and which tests prove what a block hides there. `cargo xtask check` compares
//! these lists with the code: what is missing here fails the build.

/// A way in or out.
pub struct Entry {
    /// Its name in the code.
    pub name: &'static str,
    /// The tests that go through it in every relation.
    pub tests: &'static [&'static str],
    /// Why it needs none.
    pub reason: &'static str,
}

const fn shows(name: &'static str, tests: &'static [&'static str]) -> Entry {
    Entry { name, tests, reason: "" }
}

const fn neutral(name: &'static str, reason: &'static str) -> Entry {
    Entry { name, tests: &[], reason }
}

pub const USE_CASES: &[Entry] = &[
    neutral("account::sign_up", "shows nobody; a username that is taken is taken for everybody"),
    neutral("account::verify", "acts on the account of the link"),
    neutral("account::resend", "answers the same whoever has the address"),
    neutral("account::forgot", "answers the same whoever has the address"),
    neutral("account::reset", "acts on the account of the link"),
    shows("account::me", &["messages_of_a_hidden_person_are_not_unread_anywhere"]),
    neutral("session::log_in", "shows nobody"),
    neutral("session::log_out", "acts on the own session"),
    shows(
        "profile::view",
        &[
            "a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked",
            "hidden_people_are_not_counted_on_a_profile",
        ],
    ),
    shows(
        "block::block",
        &[
            "who_is_blocked_cannot_block_back_somebody_who_does_not_exist_for_them",
            "a_block_ends_the_follows_in_both_directions",
            "a_block_changes_the_counts_that_others_have_on_the_screen",
        ],
    ),
    shows(
        "block::unblock",
        &[
            "unblocking_shows_again_only_whom_one_has_blocked_oneself",
            "what_stood_across_a_block_is_back_when_the_block_is_lifted",
        ],
    ),
    shows("follow::follow", &["a_hidden_person_cannot_be_followed"]),
    shows("follow::unfollow", &["unfollowing_a_hidden_person_tells_nothing"]),
    neutral("post::publish", "answers with the own post; who hears of it stands at Published"),
    neutral("post::published", "answers with the own post"),
    shows(
        "post::view",
        &[
            "a_post_of_a_hidden_author_is_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "comments_and_threads_of_hidden_people_are_neither_listed_nor_counted",
        ],
    ),
    neutral("post::edit", "acts on an own post; whom it mentions is asked through `mention`, like publish"),
    shows("post::versions", &["versions_of_a_hidden_authors_post_are_not_found"]),
    neutral("post::remove", "acts on an own post"),
    neutral("post::restore", "acts on an own post"),
    shows(
        "feed::page",
        &[
            "a_hidden_author_is_in_no_feed",
            "only_a_follower_finds_an_author_in_following",
            "a_hidden_persons_feed_is_as_empty_as_that_of_nobody",
        ],
    ),
    shows(
        "comment::write",
        &[
            "a_hidden_authors_post_cannot_be_commented",
            "a_hidden_persons_comment_cannot_be_answered",
            "a_reply_in_a_hidden_persons_thread_cannot_be_answered",
            "other_peoples_posts_stay_open_for_comments",
        ],
    ),
    shows(
        "comment::page",
        &[
            "comments_on_a_hidden_authors_post_are_not_found",
            "comments_and_threads_of_hidden_people_are_neither_listed_nor_counted",
            "a_reply_does_not_name_a_hidden_person",
            "the_first_replies_are_those_of_people_who_are_not_hidden",
            "a_removed_comment_of_a_hidden_person_hides_its_thread_as_before",
            "the_place_of_a_hidden_comment_is_none",
            "threads_of_hidden_people_are_on_neither_side_of_a_page",
            "a_comment_across_a_block_and_its_thread_are_neither_read_nor_counted_by_anybody",
            "a_reply_across_a_block_is_neither_read_nor_counted_by_anybody",
        ],
    ),
    shows(
        "comment::replies",
        &[
            "replies_on_a_hidden_authors_post_are_not_found",
            "replies_in_a_hidden_persons_thread_are_not_found",
            "further_replies_leave_hidden_people_out",
            "a_reply_across_a_block_is_neither_read_nor_counted_by_anybody",
        ],
    ),
    shows(
        "comment::edit",
        &[
            "a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed",
            "a_reply_in_a_hidden_persons_thread_is_neither_edited_nor_removed",
        ],
    ),
    shows(
        "comment::remove",
        &[
            "a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed",
            "a_reply_in_a_hidden_persons_thread_is_neither_edited_nor_removed",
            "a_hidden_persons_comment_below_an_own_post_cannot_be_removed",
        ],
    ),
    shows(
        "like::like",
        &[
            "a_hidden_authors_post_cannot_be_liked",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
        ],
    ),
    shows(
        "like::unlike",
        &[
            "a_like_of_a_hidden_authors_post_cannot_be_taken_back",
            "a_like_taken_back_leaves_a_count_without_hidden_people",
        ],
    ),
    shows(
        "like::people",
        &[
            "who_likes_a_hidden_authors_post_is_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "a_like_across_a_block_is_neither_listed_nor_counted_by_anybody",
        ],
    ),
    shows(
        "like::counts",
        &[
            "counts_of_a_hidden_authors_post_are_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "what_is_hidden_from_everybody_is_not_subtracted_twice",
        ],
    ),
    neutral("media::admit", "asks only about the own uploads"),
    neutral("media::accept", "takes an own picture"),
    shows("media::open", &["a_picture_of_a_hidden_author_is_not_found"]),
    neutral("media::own", "shows own pictures; those of others are left out, whoever they are"),
    neutral("media::discard", "acts on an own picture; those of others are not found, whoever they are"),
    shows("chat::send", &["a_hidden_person_cannot_be_written_to"]),
    shows("chat::open", &["a_chat_with_a_hidden_person_cannot_be_opened"]),
    shows("chat::earlier", &["earlier_messages_of_a_hidden_person_are_not_found"]),
    shows("chat::since", &["messages_missed_of_a_hidden_person_are_not_found"]),
    shows("chat::conversations", &["a_conversation_with_a_hidden_person_is_not_listed"]),
    shows("chat::read", &["messages_of_a_hidden_person_cannot_be_read_up_to_anywhere"]),
    shows("badge::own", &["messages_of_a_hidden_person_are_not_unread_anywhere"]),
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

// The rest is thin: each calls one or two of the above.

pub const SERVER_FUNCTIONS: &[Entry] = &[
    shows("profile::api::view", &["a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked"]),
    shows("block::api::block", &["who_is_blocked_cannot_block_back_somebody_who_does_not_exist_for_them"]),
    shows("block::api::unblock", &["unblocking_shows_again_only_whom_one_has_blocked_oneself"]),
    shows("follow::api::follow", &["a_hidden_person_cannot_be_followed"]),
    shows("follow::api::unfollow", &["unfollowing_a_hidden_person_tells_nothing"]),
    neutral("post::api::publish", "answers with the own post; who hears of it stands at Published"),
    shows("post::api::view", &["a_post_of_a_hidden_author_is_not_found"]),
    neutral("post::api::edit", "acts on an own post"),
    shows("post::api::versions", &["versions_of_a_hidden_authors_post_are_not_found"]),
    neutral("post::api::remove", "acts on an own post"),
    neutral("post::api::restore", "acts on an own post"),
    shows(
        "feed::api::load",
        &["a_hidden_author_is_in_no_feed", "a_hidden_persons_feed_is_as_empty_as_that_of_nobody"],
    ),
    shows("comment::api::write", &["a_hidden_authors_post_cannot_be_commented"]),
    shows("comment::api::load", &["comments_on_a_hidden_authors_post_are_not_found"]),
    shows("comment::api::replies", &["replies_on_a_hidden_authors_post_are_not_found"]),
    shows("comment::api::edit", &["a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed"]),
    shows("comment::api::remove", &["a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed"]),
    shows("like::api::like", &["a_hidden_authors_post_cannot_be_liked"]),
    shows("like::api::unlike", &["a_like_of_a_hidden_authors_post_cannot_be_taken_back"]),
    shows("like::api::people", &["who_likes_a_hidden_authors_post_is_not_found"]),
    shows("chat::api::open", &["a_chat_with_a_hidden_person_cannot_be_opened"]),
    shows("chat::api::conversations", &["a_conversation_with_a_hidden_person_is_not_listed"]),
    shows("chat::api::earlier", &["earlier_messages_of_a_hidden_person_are_not_found"]),
];

pub const ROUTES: &[Entry] = &[
    neutral("/api/{*function}", "its functions stand in SERVER_FUNCTIONS"),
    neutral("/signup", "shows nobody; a username that is taken is taken for everybody"),
    neutral("/resend", "answers the same whoever has the address"),
    neutral("/verify/{token}", "acts on the account of the link"),
    neutral("/login", "shows nobody"),
    neutral("/logout", "acts on the own session"),
    neutral("/forgot", "answers the same whoever has the address"),
    neutral("/reset/{token}", "acts on the account of the link"),
    neutral("/posts", "publishes the own post; who hears of it stands at Published"),
    neutral("/media", "takes an own picture"),
    neutral(
        "/media/{picture}/discard",
        "acts on an own picture; those of others are not found, whoever they are",
    ),
    shows("/media/{picture}/{size}", &["a_picture_of_a_hidden_author_is_not_found"]),
    shows("/p/{post}/like", &["a_hidden_authors_post_cannot_be_liked"]),
    shows("/p/{post}/unlike", &["a_like_of_a_hidden_authors_post_cannot_be_taken_back"]),
    neutral("/p/{post}/edit", "acts on an own post"),
    neutral("/p/{post}/delete", "acts on an own post"),
    neutral("/p/{post}/restore", "acts on an own post"),
    shows("/p/{post}/comments", &["a_hidden_authors_post_cannot_be_commented"]),
    shows("/c/{comment}/edit", &["a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed"]),
    shows("/c/{comment}/delete", &["a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed"]),
    shows("/follow", &["a_hidden_person_cannot_be_followed"]),
    shows("/unfollow", &["unfollowing_a_hidden_person_tells_nothing"]),
    shows("/block", &["who_is_blocked_cannot_block_back_somebody_who_does_not_exist_for_them"]),
    shows("/unblock", &["unblocking_shows_again_only_whom_one_has_blocked_oneself"]),
    shows(
        "/chat/{username}",
        &["a_hidden_person_cannot_be_written_to", "a_chat_with_a_hidden_person_cannot_be_opened"],
    ),
    shows("/chat/{username}/read", &["messages_of_a_hidden_person_cannot_be_read_up_to_anywhere"]),
    shows(
        "/live",
        &[
            "messages_of_a_hidden_person_are_not_unread_anywhere",
            "a_message_sent_to_a_hidden_person_over_the_socket_is_refused",
            "counts_that_are_heard_leave_hidden_people_out",
        ],
    ),
    neutral("/healthz", "says nothing about anybody"),
    neutral("/readyz", "says nothing about anybody"),
];

pub const PAGES: &[Entry] = &[
    shows(
        "/",
        &[
            "a_hidden_author_is_in_no_feed",
            "counts_of_a_hidden_authors_post_are_not_found",
            "comments_on_a_hidden_authors_post_are_not_found",
        ],
    ),
    neutral("/signup", "shows nobody"),
    neutral("/login", "shows nobody"),
    neutral("/forgot", "shows nobody"),
    neutral("/verify/:token", "shows nobody"),
    neutral("/reset/:token", "shows nobody"),
    shows(
        "/p/:post",
        &["a_post_of_a_hidden_author_is_not_found", "comments_on_a_hidden_authors_post_are_not_found"],
    ),
    neutral("/p/:post/edit", "shows an own post, to nobody else"),
    neutral("/p/:post/delete", "asks about an own post and shows nothing of it"),
    shows("/p/:post/history", &["versions_of_a_hidden_authors_post_are_not_found"]),
    shows("/p/:post/likes", &["who_likes_a_hidden_authors_post_is_not_found"]),
    shows("/u/:username", &["a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked"]),
    shows(
        "/chat",
        &[
            "a_conversation_with_a_hidden_person_is_not_listed",
            "messages_of_a_hidden_person_are_not_unread_anywhere",
        ],
    ),
    shows("/chat/:username", &["a_chat_with_a_hidden_person_cannot_be_opened"]),
    neutral("/ui", "shows made-up people"),
];

pub const CLIENT_MESSAGES: &[Entry] = &[
    neutral("Heartbeat", "says nothing about anybody"),
    shows(
        "Watch",
        &[
            "a_hidden_authors_post_that_one_wants_to_watch_is_gone",
            "watching_is_answered_with_counts_that_leave_hidden_people_out",
            "counts_of_a_hidden_authors_post_are_not_heard_though_it_was_watched",
        ],
    ),
    shows("Chat::Resume", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    shows("Chat::Send", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Read", &["a_conversation_with_a_hidden_person_is_not_read_over_the_socket"]),
];

pub const SERVER_MESSAGES: &[Entry] = &[
    neutral("Welcome", "says nothing about anybody"),
    neutral("Heartbeat", "says nothing about anybody"),
    shows("Badges", &["unread_conversations_that_are_heard_leave_hidden_people_out"]),
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
    shows("Chat::Sent", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Refused", &["a_message_sent_to_a_hidden_person_over_the_socket_is_refused"]),
    shows("Chat::Backlog", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    shows("Chat::Resync", &["a_conversation_with_a_hidden_person_is_not_resumed"]),
    neutral("Comment::Stored", "brings back an own comment"),
];
