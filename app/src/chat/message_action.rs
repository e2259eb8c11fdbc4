//! What can be done with a message that is stored: answer it; edit or delete one's own. Each is a link to the same page with
//! the message in its address, so that it works without a script.

use leptos_router::params::ParamsMap;
use protocol::{AccountId, chat::QuotedMessage};

use super::timeline::Timeline;

/// What the address of the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedAction {
    Reply(i64),
    Edit(i64),
    Delete(i64),
}

/// What stands below the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageForm {
    /// A new message.
    Write,
    /// Another text for the message of this number.
    Edit(i64),
    /// The question whether it shall be deleted.
    Delete(i64),
}

impl AskedAction {
    pub(super) fn parse(query: &ParamsMap) -> Option<Self> {
        let number = |name: &str| query.get_str(name).and_then(|seq| seq.parse().ok());
        let (reply, edit) = (number("reply").map(Self::Reply), number("edit").map(Self::Edit));
        reply.or(edit).or_else(|| number("delete").map(Self::Delete))
    }

    /// The message that shall be answered, if it is here.
    pub(super) fn quoted(self, timeline: &Timeline) -> Option<QuotedMessage> {
        let Self::Reply(seq) = self else { return None };
        timeline.message(seq).filter(|message| !message.state.is_deleted()).map(|message| message.quoted())
    }
}

impl MessageForm {
    /// The form that is asked for. What is not here, not one's own, or gone, can neither be edited nor deleted.
    pub(super) fn of(asked: Option<AskedAction>, timeline: &Timeline, me: AccountId) -> Self {
        let is_own = |seq| {
            timeline.message(seq).is_some_and(|message| message.sender == me && !message.state.is_deleted())
        };
        match asked {
            Some(AskedAction::Edit(seq)) if is_own(seq) => Self::Edit(seq),
            Some(AskedAction::Delete(seq)) if is_own(seq) => Self::Delete(seq),
            _ => Self::Write,
        }
    }
}
