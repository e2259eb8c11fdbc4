//! Who asks.

use std::net::{IpAddr, Ipv6Addr};

use protocol::{AccountId, Problem, SessionId, account::PersonView};

use crate::Error;

/// Who asks, and from where. Every use case takes it; what it does not allow cannot be asked for.
#[derive(Debug, Clone)]
pub struct Scope {
    session: Option<Session>,
    address: ClientAddress,
}

/// A signed-in browser and the person in front of it.
#[derive(Debug, Clone)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// The person.
    pub person: PersonView,
    /// Drawn before it was read: what has ended it since, the hub knows.
    pub revision: i64,
}

impl Scope {
    /// Somebody who is not signed in.
    pub const fn anonymous(address: ClientAddress) -> Self {
        Self { session: None, address }
    }

    /// A signed-in person.
    pub const fn signed_in(session: Session, address: ClientAddress) -> Self {
        Self { session: Some(session), address }
    }

    /// The session, if there is one.
    pub const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The person who asks.
    ///
    /// # Errors
    /// [`Problem::SignInNeeded`] when nobody is signed in.
    pub fn member(&self) -> Result<&PersonView, Error> {
        self.session.as_ref().map(|session| &session.person).ok_or_else(|| Problem::SignInNeeded.into())
    }

    /// The account of the person who asks.
    ///
    /// # Errors
    /// [`Problem::SignInNeeded`] when nobody is signed in.
    pub fn account(&self) -> Result<AccountId, Error> {
        self.member().map(|person| person.id)
    }

    /// Notes that whoever asks did something too often.
    pub fn log_limit(&self) {
        let network = self.address.network();
        match &self.session {
            Some(session) => tracing::info!(account = %session.person.id, %network, "refused by a limit"),
            None => tracing::info!(%network, "refused by a limit"),
        }
    }

    /// From where.
    pub const fn address(&self) -> ClientAddress {
        self.address
    }
}

/// The network that a request came from, as far as limits care: an IPv4 address, or the /64 of an IPv6 address, which
/// is what one household or machine gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
            v4 => Self(v4),
        }
    }
}

impl ClientAddress {
    /// Where from, as far as the log may know: enough to see that many tries come from one network, and not who it is.
    pub const fn network(self) -> Network {
        Network(self.0)
    }
}

/// "loopback", "private", or the /24 of an IPv4 address and the /48 of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpAddr);

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            address if address.is_loopback() => f.write_str("loopback"),
            IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() => f.write_str("private"),
            IpAddr::V6(v6) if v6.is_unique_local() || v6.is_unicast_link_local() => f.write_str("private"),
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                write!(f, "{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                write!(f, "{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
            }
        }
    }
}

impl std::fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
