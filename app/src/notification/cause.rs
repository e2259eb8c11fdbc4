//! What a notification says, and where it leads.

use protocol::notification::{Cause, NotificationView};

/// What the people did, after their names.
pub(super) const fn verb(cause: Cause) -> &'static str {
    match cause {
        Cause::Like(_) => "liked your post",
        Cause::Comment(..) => "commented on your post",
        Cause::Reply(..) => "replied to your comment",
        Cause::Mention(_, None) => "mentioned you in a post",
        Cause::Mention(_, Some(_)) => "mentioned you in a comment",
        Cause::Follow => "started following you",
        Cause::Message => "sent you a message",
    }
}

/// The place where it happened.
pub(super) fn place(notification: &NotificationView) -> String {
    let by = notification.people.first().map(|person| person.username.as_str()).unwrap_or_default();
    match notification.cause {
        Cause::Like(post) | Cause::Mention(post, None) => format!("/p/{post}"),
        // Without a script the query finds the comment, wherever in the discussion it stands.
        Cause::Comment(post, comment) | Cause::Reply(post, comment) | Cause::Mention(post, Some(comment)) => {
            format!("/p/{post}?comment={comment}#c-{comment}")
        }
        Cause::Follow => format!("/u/{by}"),
        Cause::Message => format!("/chat/{by}"),
    }
}

/// All of it in one line.
pub(super) fn sentence(notification: &NotificationView) -> String {
    let names: Vec<String> = notification.people.iter().map(|person| person.full_name()).collect();
    let people = match (names.as_slice(), notification.others) {
        ([first, second], 0) => format!("{first} and {second}"),
        (names, 0) => names.join(", "),
        (names, others) => format!("{} and {}", names.join(", "), count_others(others)),
    };
    format!("{people} {}", verb(notification.cause))
}

/// "3 others"
pub(super) fn count_others(others: u32) -> String {
    if others == 1 { "1 other".to_owned() } else { format!("{others} others") }
}
