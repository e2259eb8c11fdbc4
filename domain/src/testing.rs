//! What tests arrange with: throwaway databases of both kinds, people, live sockets, and a clock that stands still.

mod authenticator;
mod counter_audit;
mod faulty_store;
mod mailbox;
mod manual_clock;
pub mod pictures;
mod query_log;
pub mod query_plans;
mod recorder;
mod seed;
mod socket;
mod step_counter;
mod test_db;

pub use authenticator::Authenticator;
pub use faulty_store::FaultyStore;
pub use mailbox::{Mailbox, token_in};
pub use manual_clock::ManualClock;
pub use query_log::QueryLog;
pub use recorder::Recorder;
pub use seed::{Seed, id, refusal, unrevised};
pub use socket::{Socket, watch, watched};
pub use step_counter::StepCounter;
pub use test_db::{EarlierDb, TestDb, both};
