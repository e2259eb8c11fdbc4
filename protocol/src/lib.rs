//! The words that the server and the browser both speak.
//!
//! Everything here is plain data with serde: ids, checked values, what comes in (`NewX`), what goes out
//! (`XView`), what can go wrong ([`Problem`]) and the messages of the live socket. No clock, no network, no
//! storage: whatever needs one of those lives in `domain`.
//!
//! A *person* is somebody with an account. A *conversation* belongs to two people and numbers its messages
//! 1, 2, 3, … without gaps. A *page* is a piece of a list that goes on where its last item ends.
#![warn(missing_docs)]

pub mod account;
pub mod badge;
pub mod block;
pub mod call;
pub mod chat;
pub mod comment;
pub mod community;
pub mod country;
pub mod export;
pub mod feed;
pub mod follow;
pub mod history;
pub mod id;
pub mod live;
pub mod media;
pub mod notification;
pub mod page;
pub mod passkey;
pub mod post;
pub mod preference;
pub mod presence;
pub mod problem;
pub mod profile;
pub mod rich;
pub mod search;
pub mod session;
pub mod suggestion;
pub mod text;
pub mod timestamp;
pub mod two_factor;

pub use id::{
    AccountId, CommentId, ConversationId, ExportId, NotificationId, PasskeyId, PictureId, PostId,
    ProfilePictureId, SessionId,
};
pub use page::Page;
pub use problem::{FieldProblem, Problem, Reason};
pub use timestamp::Timestamp;
