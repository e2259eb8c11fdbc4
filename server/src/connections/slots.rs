use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ClientAddress;
use ipnet::IpNet;

use super::ConnectionLimits;

/// The slots for connections, in all and for each address.
#[derive(Clone)]
pub(super) struct ConnectionSlots(Arc<Parts>);

struct Parts {
    limits: ConnectionLimits,
    proxies: Vec<IpNet>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    of: HashMap<ClientAddress, usize>,
}

/// A slot that is taken until this is dropped.
pub(super) struct Slot {
    slots: ConnectionSlots,
    /// None for a trusted proxy.
    address: Option<ClientAddress>,
}

impl ConnectionSlots {
    pub(super) fn new(limits: ConnectionLimits, proxies: Vec<IpNet>) -> Self {
        Self(Arc::new(Parts { limits, proxies, taken: Mutex::default() }))
    }

    /// Takes a slot for a connection from there, if there is one.
    pub(super) fn take(&self, peer: IpAddr) -> Option<Slot> {
        let Parts { limits, proxies, .. } = &*self.0;
        let is_proxy = proxies.iter().any(|network| network.contains(&peer.to_canonical()));
        let address = (!is_proxy).then(|| ClientAddress::from(peer));
        let mut taken = self.lock();
        let own = address.and_then(|address| taken.of.get(&address)).copied().unwrap_or(0);
        if taken.all >= limits.all || own >= limits.per_address {
            return None;
        }
        taken.all += 1;
        if let Some(address) = address {
            taken.of.insert(address, own + 1);
        }
        drop(taken);
        Some(Slot { slots: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.lock();
        taken.all -= 1;
        if let Some(address) = self.address
            && let Some(own) = taken.of.get_mut(&address)
        {
            *own -= 1;
            if *own == 0 {
                taken.of.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn slots(all: usize, per_address: usize) -> ConnectionSlots {
        let never = Duration::MAX;
        let limits =
            ConnectionLimits { all, per_address, first_request: never, keep_alive: never, stall: never };
        ConnectionSlots::new(limits, vec!["10.0.0.0/8".parse().expect("a network")])
    }

    fn taken(slots: &ConnectionSlots, peer: &str) -> Option<Slot> {
        slots.take(peer.parse().expect("an address"))
    }

    #[test]
    fn an_address_takes_its_own_slots_and_leaves_the_others() {
        let slots = slots(10, 2);
        let (first, _second) = (taken(&slots, "192.0.2.1"), taken(&slots, "::ffff:192.0.2.1"));
        assert!(taken(&slots, "192.0.2.1").is_none());
        assert!(taken(&slots, "192.0.2.2").is_some());
        drop(first);
        assert!(taken(&slots, "192.0.2.1").is_some());
    }

    #[test]
    fn the_machines_of_one_network_share_its_slots() {
        let slots = slots(10, 2);
        let _two = [taken(&slots, "2001:db8::1"), taken(&slots, "2001:db8::2")];
        assert!(taken(&slots, "2001:db8::3").is_none());
        assert!(taken(&slots, "2001:db8:0:1::1").is_some());
    }

    #[test]
    fn a_trusted_proxy_takes_as_many_slots_as_there_are() {
        let slots = slots(10, 2);
        let ten: Vec<_> = (0..10).map(|_| taken(&slots, "10.0.0.7").expect("a slot")).collect();
        assert!(taken(&slots, "10.0.0.7").is_none());
        drop(ten);
        assert!(slots.lock().of.is_empty() && slots.lock().all == 0);
    }
}
