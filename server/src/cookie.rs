//! Our cookies: for this host alone, and out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::{account, entropy::Secret, session};

/// What a browser keeps for us. Each holds a random token, of which the database has a hash.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cookie {
    /// Who is signed in.
    Session,
    /// That somebody signed in from this browser before.
    Device,
    /// Which account this browser has signed up for.
    SignUp,
    /// That the password of a log-in was right, and its code is still to come.
    Challenge,
    /// Which session the browser knows to have ended.
    Ended,
}

impl Cookie {
    /// The header that gives the browser its token, for as long as that can be of use.
    pub(crate) fn set(self, secret: &Secret, secure: bool) -> HeaderValue {
        self.set_text(&secret.expose(), secure)
    }

    /// The header that gives the browser something that is no secret.
    pub(crate) fn set_text(self, text: &str, secure: bool) -> HeaderValue {
        let seconds = match self {
            Self::Session | Self::Ended => session::LIFETIME_SECONDS,
            Self::Device => session::DEVICE_SECONDS,
            Self::SignUp => account::UNVERIFIED_SECONDS,
            Self::Challenge => session::CHALLENGE_SECONDS,
        };
        self.write(text, seconds, secure)
    }

    /// The header that takes the token away.
    pub(crate) fn clear(self, secure: bool) -> HeaderValue {
        self.write("", 0, secure)
    }

    /// The token that the browser has.
    pub(crate) fn find(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(found, _)| *found == self.name(secure))
            .map(|(_, token)| token)
    }

    fn write(self, value: &str, seconds: i64, secure: bool) -> HeaderValue {
        let (name, flag) = (self.name(secure), if secure { "; Secure" } else { "" });
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}");
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }

    /// A cookie whose name begins with `__Host-` can be set by no other host and over no open line, which browsers refuse on
    /// plain http://localhost.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-kith",
            (Self::Session, false) => "kith",
            (Self::Device, true) => "__Host-kith-device",
            (Self::Device, false) => "kith-device",
            (Self::SignUp, true) => "__Host-kith-signup",
            (Self::SignUp, false) => "kith-signup",
            (Self::Challenge, true) => "__Host-kith-login",
            (Self::Challenge, false) => "kith-login",
            (Self::Ended, true) => "__Host-kith-ended",
            (Self::Ended, false) => "kith-ended",
        }
    }
}
