//! Offers of a client.

use str0m::change::{SdpAnswer, SdpApi};
use str0m::media::{Direction, MediaKind, Simulcast, SimulcastLayer};

use super::Client;

impl Client {
    /// An offer with lines for all sources and this many slots.
    pub(in crate::tests) fn offer(&mut self, slots: usize, layers: &[&str]) -> String {
        let mut lines = [None; 4];
        let offer = self.change(|api| {
            let mut simulcast = (!layers.is_empty()).then(Simulcast::new);
            if let Some(simulcast) = &mut simulcast {
                layers.iter().for_each(|rid| simulcast.add_send_layer(SimulcastLayer::new(rid)));
            }
            lines[0] = Some(api.add_media(MediaKind::Audio, Direction::SendOnly, None, None, None));
            lines[1] = Some(api.add_media(MediaKind::Video, Direction::SendOnly, None, None, simulcast));
            lines[2] = Some(api.add_media(MediaKind::Video, Direction::SendOnly, None, None, None));
            lines[3] = Some(api.add_media(MediaKind::Audio, Direction::SendOnly, None, None, None));
            add_slots(api, slots);
        });
        self.lines = lines;
        offer
    }

    pub(in crate::tests) fn offer_more_slots(&mut self, slots: usize) -> String {
        self.change(|api| add_slots(api, slots))
    }

    pub(in crate::tests) fn offer_ice_restart(&mut self) -> String {
        self.change(|api| {
            api.ice_restart(true);
        })
    }

    fn change(&mut self, change: impl FnOnce(&mut SdpApi)) -> String {
        let mut api = self.rtc.sdp_api();
        change(&mut api);
        let (offer, pending) = api.apply().unwrap();
        self.pending = Some(pending);
        self.drain();
        offer.to_sdp_string()
    }

    pub(in crate::tests) fn take_answer(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
        self.drain();
    }
}

fn add_slots(api: &mut SdpApi, slots: usize) {
    for _ in 0..slots {
        api.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        api.add_media(MediaKind::Video, Direction::RecvOnly, None, None, None);
    }
}
