//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::{extract::ConnectInfo, http::request::Parts};
use domain::ClientAddress;
use ipnet::IpNet;

/// The client's address: the peer's, unless that is a trusted proxy; then the last one in `X-Forwarded-For` that is not
/// a proxy of ours. What stands before that was written by the client and is worth nothing.
pub(crate) fn of(parts: &Parts, proxies: &[IpNet]) -> ClientAddress {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let peer = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
    let forwarded = parts.headers.get_all("x-forwarded-for");
    let chain: Vec<IpAddr> = forwarded
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map_while(|address| address.trim().parse().ok())
        .collect();
    resolve(peer, &chain, proxies).into()
}

fn resolve(peer: IpAddr, chain: &[IpAddr], proxies: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| proxies.iter().any(|network| network.contains(&address.to_canonical()));
    if !is_ours(&peer) {
        return peer;
    }
    chain.iter().rev().find(|address| !is_ours(address)).copied().unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::resolve;

    const PROXY: &str = "10.0.0.0/8";

    fn client(peer: &str, chain: &[&str]) -> String {
        let chain: Vec<_> = chain.iter().map(|address| address.parse().expect("an address")).collect();
        resolve(peer.parse().expect("an address"), &chain, &[PROXY.parse().expect("a network")]).to_string()
    }

    #[test]
    fn a_stranger_cannot_name_an_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn a_proxy_names_the_client_last() {
        assert_eq!(client("10.1.1.1", &["6.6.6.6", "198.51.100.1", "10.2.2.2"]), "198.51.100.1");
    }

    #[test]
    fn a_proxy_that_names_nobody_is_the_client() {
        assert_eq!(client("10.1.1.1", &[]), "10.1.1.1");
    }
}
