//! What tests arrange with: throwaway databases of both kinds, people, live sockets, and a clock that stands still.

mod clock;
mod mailbox;
pub mod pictures;
pub mod plans;
mod recorder;
mod recount;
mod seed;
mod shelf;
mod socket;
mod statements;
mod steps;
mod store;

pub use clock::StillClock;
pub use mailbox::{Mailbox, token_in};
pub use recorder::Recorder;
pub use seed::{Seed, id, refusal, unrevised};
pub use shelf::Shelf;
pub use socket::Socket;
pub use statements::Statements;
pub use steps::StepCounter;
pub use store::{Store, both};
