//! A copy of everything that a person has here.

use serde::{Deserialize, Serialize};

use crate::{ExportId, Timestamp};

/// Days after which a copy is deleted.
pub const EXPORT_DAYS: i64 = 7;

/// A copy that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportView {
    /// Its id, which stands in the address of the file.
    pub id: ExportId,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// How far it is.
    pub state: ExportState,
}

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It is being made.
    Making {
        /// Things that are in it.
        done: u32,
        /// Things that there will be; 0 before they are counted.
        total: u32,
    },
    /// It can be fetched.
    Ready {
        /// Its size.
        bytes: u64,
        /// When it will be deleted.
        expires_at: Timestamp,
    },
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_export_is_written_as_browsers_know_it() {
        let at = Timestamp::from_micros;
        let view = |state| ExportView { id: ExportId::from(Uuid::nil()), requested_at: at(1), state };
        let id = "00000000-0000-0000-0000-000000000000";
        for (state, said) in [
            (ExportState::Making { done: 1, total: 3 }, json!({ "making": { "done": 1, "total": 3 } })),
            (
                ExportState::Ready { bytes: 9, expires_at: at(2) },
                json!({ "ready": { "bytes": 9, "expires_at": 2 } }),
            ),
        ] {
            let view = view(state);
            let said = json!({ "id": id, "requested_at": 1, "state": said });
            assert_eq!(serde_json::to_value(view).unwrap(), said);
            assert_eq!(serde_json::from_value::<ExportView>(said).unwrap(), view);
        }
    }
}
