//! The host as browsers meet it: requests through the router, sockets over a real line.

mod browser;
mod busy_writer;
mod cards;
mod comments;
mod connections;
mod deleted_words;
mod demo;
mod headers;
mod ids;
mod limits;
mod line;
mod links;
mod live;
mod log;
mod log_in;
mod media;
mod outage;
mod own_post;
mod page_account;
mod privacy;
mod requests;
mod resume;
mod server_functions;
mod sign_up;
mod site;
mod statistics;
mod texts;
mod titles;

use browser::{Answer, Browser};
use site::Site;
