use super::{
    AccountId, CallChatMessage, CallState, CallView, Deserialize, Devices, Engine, PersonView, Problem,
    Reaction, RoomId, Serialize, Slot, TileView, Topic, Uuid, VideoSource,
};

/// What a client says about calls. `tab` is an id that the page draws when it joins: what a tab says of its media
/// changes nothing once another tab has replaced it. Hands, words, signs and what hosts do belong to the person, whichever tab says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallRequest {
    /// To join, or to go on after the live socket was lost. The answer is `Joined`, `Waiting` or `Left`.
    Join {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// What it sends.
        devices: Devices,
    },
    /// To leave.
    Leave {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
    },
    /// An offer of the client's session (SDP, RFC 8866). The answer is `Answer` or `OfferRefused`.
    Offer {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// Which of the client's connections. The first offer of a new one replaces the one before; later offers change it.
        connection: u32,
        /// Which of the client's offers, counted over all connections of the tab; its answer has the same number.
        number: u32,
        /// The offer.
        sdp: String,
    },
    /// Other devices are on.
    Devices {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// All of them.
        devices: Devices,
    },
    /// What is on the screen; all of it.
    View {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// The tiles.
        tiles: Vec<TileView>,
    },
    /// To raise the own hand, or to lower it.
    Hand {
        /// Which call.
        room: RoomId,
        /// Whether it is up.
        is_raised: bool,
    },
    /// To write to everybody in the call.
    Say {
        /// Which call.
        room: RoomId,
        /// Chosen by the sender, once for each message.
        client_id: Uuid,
        /// The text.
        body: String,
    },
    /// To show everybody a sign.
    React {
        /// Which call.
        room: RoomId,
        /// The sign.
        reaction: Reaction,
    },
    /// What only hosts and co-hosts may do.
    Host {
        /// Which call.
        room: RoomId,
        /// What.
        action: HostAction,
    },
}

/// What only hosts and co-hosts may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostAction {
    /// To turn somebody's microphone off. Only they can turn it on again.
    Mute(AccountId),
    /// To remove somebody, who cannot come back.
    Remove(AccountId),
    /// To let somebody in from the lobby.
    Admit(AccountId),
    /// To turn somebody away from the lobby.
    Decline(AccountId),
    /// To make somebody a co-host. Only the host may.
    AddCoHost(AccountId),
    /// To make a co-host a guest again. Only the host may.
    RemoveCoHost(AccountId),
    /// To let nobody else in, or to let people in again.
    SetLocked(bool),
    /// To let people wait in the lobby, or not.
    SetLobby(bool),
    /// To end the call for everybody. Only the host may.
    End,
}

/// Why somebody is not in a call, or not any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    /// They left.
    Left,
    /// They went on in another tab or on another device.
    OtherTab,
    /// A host removed them, or turned them away.
    Removed,
    /// The call is over.
    Ended,
    /// It is locked.
    Locked,
    /// It is full.
    Full,
    /// It is not there for this person: no such room, or one in which somebody is whom they should not meet.
    NotAvailable,
    /// Something else.
    Problem(Problem),
}

/// What a client is told about calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallMessage {
    /// This tab is in the call.
    Joined {
        /// The tab.
        tab: Uuid,
        /// How the call stands.
        call: CallState,
        /// What carries the media.
        engine: Engine,
    },
    /// This tab waits in the lobby.
    Waiting {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
    },
    /// This tab is not in the call, or not any more.
    Left {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// Why.
        reason: LeaveReason,
    },
    /// Something has changed.
    State {
        /// How the call stands now.
        call: CallState,
    },
    /// A host turned off this person's microphone.
    Muted {
        /// Which call.
        room: RoomId,
    },
    /// The answer to an offer.
    Answer {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// Which offer.
        number: u32,
        /// The answer.
        sdp: String,
    },
    /// An offer was not taken. The client begins with a new connection.
    OfferRefused {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// Which offer.
        number: u32,
    },
    /// Who sits in which slot of this client; all of them.
    Slots {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// The slots, in the order of the offer.
        slots: Vec<Slot>,
    },
    /// Which simulcast layers the client should encode; it pauses the others.
    Layers {
        /// Which call.
        room: RoomId,
        /// The tab.
        tab: Uuid,
        /// Of what.
        source: VideoSource,
        /// Restriction identifiers (RFC 8851) of the layers that somebody watches.
        rids: Vec<String>,
    },
    /// Somebody else speaks.
    Speaker {
        /// Which call.
        room: RoomId,
        /// Who; nobody when all are silent.
        participant: Option<AccountId>,
    },
    /// Somebody wrote to everybody in the call.
    Said {
        /// Which call.
        room: RoomId,
        /// What.
        message: CallChatMessage,
    },
    /// Somebody shows a sign.
    Reacted {
        /// Which call.
        room: RoomId,
        /// Who.
        participant: AccountId,
        /// The sign.
        reaction: Reaction,
    },
    /// Somebody calls this person.
    Ringing {
        /// Where to answer.
        call: CallView,
        /// Who calls.
        caller: PersonView,
    },
    /// It rings no more: answered or declined here or elsewhere, taken back, or over.
    RingingEnded {
        /// Where it rang.
        room: RoomId,
    },
    /// A call that a page shows as a card has changed.
    Changed {
        /// Which.
        room: RoomId,
    },
}

impl CallMessage {
    /// What it is about.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Joined { call, .. } | Self::State { call } => Topic::Call(call.room),
            Self::Waiting { room, .. }
            | Self::Left { room, .. }
            | Self::Muted { room }
            | Self::Answer { room, .. }
            | Self::OfferRefused { room, .. }
            | Self::Slots { room, .. }
            | Self::Layers { room, .. }
            | Self::Speaker { room, .. }
            | Self::Said { room, .. }
            | Self::Reacted { room, .. }
            | Self::Changed { room } => Topic::Call(*room),
            Self::Ringing { .. } | Self::RingingEnded { .. } => Topic::Ringing,
        }
    }
}
