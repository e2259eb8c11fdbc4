//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderValue, request::Parts},
};
use domain::ClientAddress;
use ipnet::IpNet;

/// The client's address: the peer's, unless that is a trusted proxy; then the last one in `X-Forwarded-For` that is not
/// a proxy of ours. What stands before that was written by the client and is worth nothing.
pub(crate) fn of(parts: &Parts, proxies: &[IpNet]) -> ClientAddress {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let peer = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
    let lines = parts.headers.get_all("x-forwarded-for").iter().map(HeaderValue::as_bytes);
    resolve(peer, lines, proxies).into()
}

/// Several lines are one list. Each side wrote whom it heard from behind what it was given, so the list is read from its
/// end, and only as far as it was written by proxies of ours. An entry that is no address was written by one of ours about
/// somebody whom it does not name: that is the side of the proxy, not of whoever is named before.
fn resolve<'l>(peer: IpAddr, lines: impl DoubleEndedIterator<Item = &'l [u8]>, proxies: &[IpNet]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|network| network.contains(&address));
    let entries = lines.rev().flat_map(|line| line.rsplit(|byte| *byte == b','));
    let mut nearest = peer.to_canonical();
    for entry in entries {
        if !is_ours(nearest) {
            break;
        }
        match parse(entry) {
            Some(address) => nearest = address.to_canonical(),
            None => break,
        }
    }
    nearest
}

/// An address, perhaps in brackets and with a port, as some proxies write it.
fn parse(entry: &[u8]) -> Option<IpAddr> {
    let entry = str::from_utf8(entry).ok()?.trim();
    let bare = entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']')).unwrap_or(entry);
    bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    const PROXIES: [&str; 2] = ["10.0.0.0/8", "fd00::/8"];

    fn client(peer: &str, lines: &[&str]) -> String {
        let proxies = PROXIES.map(|network| network.parse().expect("a network"));
        let lines = lines.iter().map(|line| line.as_bytes());
        resolve(peer.parse().expect("an address"), lines, &proxies).to_string()
    }

    #[test]
    fn a_stranger_cannot_name_an_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["198.51.100.1, 10.2.2.2"]), "203.0.113.9");
    }

    #[test]
    fn a_proxy_names_the_client_last() {
        assert_eq!(client("10.1.1.1", &["6.6.6.6, 198.51.100.1, 10.2.2.2"]), "198.51.100.1");
        assert_eq!(client("10.1.1.1", &["not.an.address, 198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn a_proxy_that_names_nobody_is_the_client() {
        assert_eq!(client("10.1.1.1", &[]), "10.1.1.1");
        assert_eq!(client("10.1.1.1", &[""]), "10.1.1.1");
    }

    #[test]
    fn what_cannot_be_read_is_the_side_of_the_proxy_that_wrote_it() {
        for unreadable in
            ["x", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "\u{e9}", "[1.2.3.4", ":80", "1.2.3.4:99999"]
        {
            assert_eq!(client("10.1.1.1", &[&format!("1.2.3.4, {unreadable}")]), "10.1.1.1", "{unreadable}");
            let behind_two = format!("1.2.3.4, {unreadable}, 10.2.2.2");
            assert_eq!(client("10.1.1.1", &[&behind_two]), "10.2.2.2", "{unreadable}");
        }
    }

    #[test]
    fn only_what_proxies_of_ours_wrote_is_read() {
        assert_eq!(client("10.1.1.1", &["10.9.9.9, 198.51.100.1, 10.2.2.2"]), "198.51.100.1");
        assert_eq!(client("10.1.1.1", &["x, 198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn several_lines_are_one_list() {
        assert_eq!(client("10.1.1.1", &["6.6.6.6", "198.51.100.1", "10.2.2.2"]), "198.51.100.1");
        assert_eq!(client("10.1.1.1", &["6.6.6.6, 198.51.100.1", "10.3.3.3,10.2.2.2"]), "198.51.100.1");
    }

    #[test]
    fn ports_and_brackets_are_taken_off() {
        for (written, meant) in [
            ("203.0.113.30:4711", "203.0.113.30"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            (" 203.0.113.30\t", "203.0.113.30"),
            ("198.51.100.1, [fd00::7]:80", "198.51.100.1"),
        ] {
            assert_eq!(client("10.1.1.1", &[written]), meant, "{written}");
        }
    }

    #[test]
    fn an_ipv4_address_in_ipv6_is_the_ipv4_address() {
        assert_eq!(client("::ffff:10.1.1.1", &["::ffff:203.0.113.30, ::ffff:10.2.2.2"]), "203.0.113.30");
        assert_eq!(client("::ffff:203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }
}
