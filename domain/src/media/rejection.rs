use protocol::{Problem, Reason};

use crate::Error;

/// Why a picture is not taken, at the field of the pictures.
pub(super) fn rejected(reason: Reason) -> Error {
    Problem::field("pictures", reason).into()
}
