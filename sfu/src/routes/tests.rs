use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::ice::{IceCreds, StunMessage, TransId};

use super::{PROOF_LASTS, Route, Routes};
use crate::config::MAX_ADDRESSES;
use crate::id::PeerId;
use crate::output::{Datagram, Transport};
use crate::testing::start;

const ANNA: PeerId = PeerId(1);
const BEN: PeerId = PeerId(2);

fn crypto() -> CryptoProvider {
    str0m::crypto::from_feature_flags()
}

fn credentials(ufrag: &str) -> IceCreds {
    IceCreds { ufrag: ufrag.to_owned(), pass: format!("the password of {ufrag}") }
}

fn routes() -> Routes {
    let mut routes = Routes::new(Arc::new(crypto()));
    routes.renew(ANNA, credentials("anna"));
    routes.renew(BEN, credentials("ben"));
    routes
}

fn check(ufrag: &str, password: &str) -> Vec<u8> {
    let username = format!("{ufrag}:remote");
    let message = StunMessage::binding_request(&username, TransId::new(), true, 1, 2, false);
    let mut bytes = vec![0; 300];
    let hmac = |key: &[u8], parts: &[&[u8]]| crypto().sha1_hmac_provider.sha1_hmac(key, parts);
    let length = message.to_bytes(Some(password.as_bytes()), &mut bytes, hmac).unwrap();
    bytes.truncate(length);
    bytes
}

fn genuine(ufrag: &str) -> Vec<u8> {
    check(ufrag, &credentials(ufrag).pass)
}

fn route(routes: &mut Routes, port: u16, payload: &[u8], now: Instant) -> Option<Route> {
    let source = SocketAddr::from(([203, 0, 113, 5], port));
    let destination = SocketAddr::from(([198, 51, 100, 1], 3478));
    routes.route(&Datagram { transport: Transport::Udp, source, destination, payload }, now)
}

fn is_of(route: Option<Route>) -> Option<PeerId> {
    route.map(|route| route.peer)
}

#[test]
fn a_check_with_the_password_makes_the_address_the_participants() {
    let (mut routes, now) = (routes(), start());
    assert_eq!(route(&mut routes, 5000, &[0x80, 0, 0], now), None);
    assert_eq!(route(&mut routes, 5000, &genuine("anna"), now), Some(Route { peer: ANNA, proved: true }));
    assert_eq!(route(&mut routes, 5000, &[0x80, 0, 0], now), Some(Route { peer: ANNA, proved: false }));
}

#[test]
fn a_check_with_a_foreign_password_leads_nowhere() {
    let (mut routes, now) = (routes(), start());
    assert_eq!(route(&mut routes, 5000, &check("anna", "guessed"), now), None);
    assert_eq!(route(&mut routes, 5000, &check("anna", &credentials("ben").pass), now), None);
    assert_eq!(route(&mut routes, 5000, &check("nobody", "guessed"), now), None);
    assert_eq!(route(&mut routes, 5000, &[0x80, 0, 0], now), None);
}

#[test]
fn new_credentials_replace_the_old_ones() {
    let (mut routes, now) = (routes(), start());
    routes.renew(ANNA, credentials("anna2"));
    assert_eq!(route(&mut routes, 5000, &genuine("anna"), now), None);
    assert_eq!(is_of(route(&mut routes, 5000, &genuine("anna2"), now)), Some(ANNA));
}

#[test]
fn credentials_are_nobody_elses() {
    let mut routes = routes();
    assert!(routes.is_free(ANNA, &credentials("anna")));
    assert!(!routes.is_free(BEN, &credentials("anna")));
    routes.renew(BEN, credentials("anna"));
    assert_eq!(is_of(route(&mut routes, 5000, &genuine("anna"), start())), Some(ANNA));
}

#[test]
fn an_address_is_nobody_elses_while_its_owner_proves_it() {
    let (mut routes, now) = (routes(), start());
    route(&mut routes, 5000, &genuine("anna"), now);
    assert_eq!(route(&mut routes, 5000, &genuine("ben"), now + Duration::from_secs(1)), None);
    assert_eq!(is_of(route(&mut routes, 5000, &genuine("ben"), now + PROOF_LASTS)), Some(BEN));
    assert_eq!(is_of(route(&mut routes, 5000, &[0x80], now + PROOF_LASTS)), Some(BEN));
    routes.remove(ANNA);
    assert_eq!(is_of(route(&mut routes, 5000, &[0x80], now + PROOF_LASTS)), Some(BEN));
}

#[test]
fn a_participant_has_only_so_many_addresses() {
    let (mut routes, now) = (routes(), start());
    let ports = 5000..=5000 + MAX_ADDRESSES as u16;
    for port in ports.clone() {
        route(&mut routes, port, &genuine("anna"), now);
    }
    let known = ports.filter(|port| route(&mut routes, *port, &[0x80], now).is_some());
    assert_eq!(known.count(), MAX_ADDRESSES);
    assert_eq!(route(&mut routes, 5000, &[0x80], now), None);
}

#[test]
fn nothing_leads_to_whoever_is_removed() {
    let (mut routes, now) = (routes(), start());
    route(&mut routes, 5000, &genuine("anna"), now);
    routes.remove(ANNA);
    assert_eq!(route(&mut routes, 5000, &[0x80, 0, 0], now), None);
    assert_eq!(route(&mut routes, 5000, &genuine("anna"), now), None);
    assert!(routes.by_address.is_empty() && routes.by_ufrag.len() == 1 && routes.peers.len() == 1);
}

#[test]
fn an_empty_datagram_leads_nowhere() {
    assert_eq!(route(&mut routes(), 5000, &[], start()), None);
}
