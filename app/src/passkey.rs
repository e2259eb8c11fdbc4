//! Passkeys: asking the browser for one, and a way to log in.

pub mod api;
mod browser;
mod form;
mod log_in;

pub(crate) use browser::create;
pub(crate) use form::{Answer, Asking, PasskeyForm};
pub(crate) use log_in::PasskeyLogIn;
