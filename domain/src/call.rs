//! Conferences. What is decided in memory is here: who is in which call, who is being called, and how a call stands for one
//! reader. The use cases that store, announce and drive the media server are not, so nothing calls these modules yet.

pub mod media_server;
#[cfg_attr(not(test), expect(dead_code, reason = "the use cases that ask it are not written yet"))]
mod rings;
#[cfg_attr(not(test), expect(dead_code, reason = "the use cases that ask it are not written yet"))]
mod rooms;
#[cfg_attr(not(test), expect(dead_code, reason = "the use cases that ask it are not written yet"))]
mod state;
