use std::sync::{Arc, Mutex, PoisonError};

use protocol::live::{ServerMessage, Topic};

use crate::{
    bus::{Bus, Event, Payload},
    hub::Hub,
};

/// A bus that carries events to the hub, and keeps them to be looked at.
pub struct Recorder {
    hub: Arc<Hub>,
    events: Mutex<Vec<Event>>,
}

impl Recorder {
    /// Nothing has happened yet.
    pub fn new(hub: Arc<Hub>) -> Self {
        Self { hub, events: Mutex::default() }
    }

    /// Takes out what was announced since the last time, in that order.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same without what tells people of their notifications, which has tests of its own.
    pub fn take_besides_notifications(&self) -> Vec<Event> {
        let is_other = |event: &Event| match event {
            Event::Announced(announcement) => !matches!(
                announcement.payload,
                Payload::Message(ServerMessage::Notification(_)) | Payload::PerReader(Topic::Badges)
            ),
            _ => true,
        };
        self.take().into_iter().filter(is_other).collect()
    }
}

impl Bus for Recorder {
    fn publish(&self, event: Event) {
        self.hub.deliver(event.clone());
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }
}
