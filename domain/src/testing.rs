//! What tests arrange with: throwaway databases of both kinds, people, and a clock that stands still.

mod clock;
mod mailbox;
mod seed;
mod store;

pub use clock::StillClock;
pub use mailbox::Mailbox;
pub use seed::{Seed, id};
pub use store::{Store, both};
