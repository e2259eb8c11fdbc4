//! The host as browsers meet it: requests through the router, sockets over a real line.

mod browser;
mod headers;
mod ids;
mod limits;
mod links;
mod log_in;
mod privacy;
mod requests;
mod server_functions;
mod sign_up;
mod site;
mod texts;

use browser::{Answer, Browser};
use site::Site;
