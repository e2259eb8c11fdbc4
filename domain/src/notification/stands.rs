//! Which notifications there are for a reader: those whose cause stands, and that nothing hides.

/// SQL that holds when the like in the notification `$notification` is there for `$reader`, whose own post it is.
macro_rules! like_stands_for {
    ($notification:literal, $reader:expr) => {
        concat!(
            "(",
            $notification,
            ".kind = 'like' AND ",
            $notification,
            ".deleted_at IS NULL AND ",
            $crate::block::visible!(concat!($notification, ".actor_id"), to $reader),
            " AND EXISTS (SELECT 1 FROM post_like WHERE post_id = ",
            $notification,
            ".post_id AND account_id = ",
            $notification,
            ".actor_id))"
        )
    };
}

/// SQL that holds when the notification `$notification` is there for `$reader`, whom it tells: nobody has deleted it, its cause
/// has not been undone, and there is no block between the reader and whoever did it, or those below whose things it happened.
macro_rules! stands {
    ($notification:literal, $reader:expr) => {
        concat!(
            "(",
            $notification,
            ".deleted_at IS NULL AND ",
            $crate::block::visible!(concat!($notification, ".actor_id"), to $reader),
            " AND (",
            $notification,
            ".post_id IS NULL OR EXISTS (SELECT 1 FROM post WHERE post.id = ",
            $notification,
            ".post_id AND post.removed_at IS NULL AND ",
            $crate::block::visible!("post.author_id", to $reader),
            ")) AND (",
            $notification,
            ".comment_id IS NULL OR EXISTS (\
               SELECT 1 FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
               WHERE comment.id = ",
            $notification,
            ".comment_id AND comment.removed_at IS NULL AND ",
            $crate::block::comment_stands!("comment"),
            " AND (thread.id IS NULL OR ",
            $crate::block::visible!("thread.author_id", to $reader),
            "))) AND (",
            $notification,
            ".kind <> 'like' OR EXISTS (SELECT 1 FROM post_like WHERE post_id = ",
            $notification,
            ".post_id AND account_id = ",
            $notification,
            ".actor_id)) AND (",
            $notification,
            ".kind <> 'follow' OR EXISTS (SELECT 1 FROM follow WHERE follower_id = ",
            $notification,
            ".actor_id AND followed_id = ",
            $notification,
            ".account_id)) AND (",
            $notification,
            ".kind <> 'mention' OR EXISTS (SELECT 1 FROM post_mention WHERE ",
            $notification,
            ".comment_id IS NULL AND post_id = ",
            $notification,
            ".post_id AND account_id = ",
            $notification,
            ".account_id) OR EXISTS (SELECT 1 FROM comment_mention WHERE comment_id = ",
            $notification,
            ".comment_id AND account_id = ",
            $notification,
            ".account_id)))"
        )
    };
}

/// SQL that counts the unread notifications of `$reader`, those of one post's likes as one.
macro_rules! count_unread {
    ($reader:literal) => {
        concat!(
            "SELECT COUNT(DISTINCT notification.subject_id) AS count FROM notification WHERE notification.account_id = ",
            $reader,
            " AND notification.read_at IS NULL AND notification.deleted_at IS NULL AND ",
            $crate::notification::stands!("notification", $reader)
        )
    };
}
pub(crate) use {count_unread, like_stands_for, stands};
