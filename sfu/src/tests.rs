//! The whole server with clients of str0m on a simulated network, in one thread, faster than real time.

mod chromium_offer;
mod client;
mod hostile;
mod lossy_link;
mod media;
mod membership;
mod network;
mod reconnection;
mod rng;
mod rooms;
mod simulcast;
mod voices;
