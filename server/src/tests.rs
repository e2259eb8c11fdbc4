//! The host as browsers meet it: requests through the router, sockets over a real line.

mod browser;
mod busy_writer;
mod card_cache;
mod comments;
mod compression;
mod connections;
mod demo;
mod doctor;
mod headers;
mod ids;
mod limits;
mod links;
mod live;
mod log;
mod log_in;
mod media;
mod outage;
mod own_post;
mod page_access;
mod page_account;
mod privacy;
mod requests;
mod resume;
mod secure_delete;
mod server_functions;
mod sign_up;
mod site;
mod statistics;
mod stylesheets;
mod test_socket;
mod texts;
mod titles;
mod worker;

use browser::{Answer, Browser};
use site::Site;
