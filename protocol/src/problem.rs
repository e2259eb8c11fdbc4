//! What can go wrong for a person: a closed list, so that the page has a sentence for each.
//!
//! A problem carries what the sentence needs and nothing else. Causes, places and database texts stay in
//! `domain::Error`, which is logged and never sent.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Why something that a person asked for was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// What was typed cannot be taken; each entry belongs to a field.
    #[error("invalid input")]
    Invalid {
        /// At least one, in the order of the form.
        fields: Vec<FieldProblem>,
    },
    /// Only for people who are signed in.
    #[error("sign-in needed")]
    SignInNeeded,
    /// The page was made for another account than the one that this browser is signed in to now.
    #[error("signed in to another account")]
    SignedInAs {
        /// Whose account it is.
        username: String,
    },
    /// No account has this name with this password.
    #[error("wrong credentials")]
    WrongCredentials,
    /// No account has this passkey, or its answer is none to what was asked.
    #[error("unknown passkey")]
    UnknownPasskey,
    /// Name and password are right, but the address is not verified yet.
    #[error("address not verified")]
    NotVerified,
    /// The link from a mail is expired, used, incomplete or was never ours.
    #[error("link unusable")]
    LinkUnusable,
    /// There is no such thing, or none that this person may see: both look the same.
    #[error("not found")]
    NotFound,
    /// The person has blocked whom this concerns, and would have to unblock them first.
    #[error("blocked by yourself")]
    YouBlocked,
    /// What was to be changed has been changed since it was read.
    #[error("changed meanwhile")]
    Changed,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next one can succeed.
        retry_after: u32,
    },
    /// The request is larger than anything we take.
    #[error("too large")]
    TooLarge,
    /// The request is none that our pages make.
    #[error("bad request")]
    BadRequest,
    /// The database or another part that we need does not answer; trying again helps.
    #[error("unavailable")]
    Unavailable,
    /// A defect of ours; the log knows more.
    #[error("internal error")]
    Internal,
}

impl Problem {
    /// A problem of a single field.
    pub fn field(field: &'static str, reason: Reason) -> Self {
        Self::Invalid { fields: vec![FieldProblem { field: Cow::Borrowed(field), reason }] }
    }

    /// Both problems as one: fields are added to fields; else the first stands.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Invalid { mut fields }, Self::Invalid { fields: more }) => {
                fields.extend(more);
                Self::Invalid { fields }
            }
            (first, _) => first,
        }
    }

    /// The same with its fields in this order.
    #[must_use]
    pub fn sorted_by_form(mut self, form: &[&str]) -> Self {
        if let Self::Invalid { fields } = &mut self {
            fields.sort_by_key(|found| form.iter().position(|field| *field == found.field));
        }
        self
    }

    /// The reason given for `field`, if there is one.
    pub fn reason_for(&self, field: &str) -> Option<&Reason> {
        match self {
            Self::Invalid { fields } => {
                fields.iter().find(|found| found.field == field).map(|found| &found.reason)
            }
            _ => None,
        }
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name in the form.
    pub field: Cow<'static, str>,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a value cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing in it that can be seen.
    Empty,
    /// Fewer characters than needed.
    TooShort {
        /// Characters needed.
        min: u32,
    },
    /// More characters than fit.
    TooLong {
        /// Characters that fit.
        max: u32,
    },
    /// Not of the form that this field has.
    Malformed,
    /// Characters that cannot be seen, or that change the direction of the text around them.
    Unprintable,
    /// More marks stacked on one letter than any language writes.
    StackedMarks,
    /// Somebody else has it, or one that looks the same.
    Taken,
    /// Too easy to guess.
    Guessable,
    /// Not what it has to be: a password or a code.
    Wrong,
    /// What it is already.
    Unchanged,
    /// More things than fit.
    TooMany {
        /// Things that fit.
        max: u32,
    },
    /// More megabytes than fit.
    TooLarge {
        /// Megabytes that fit.
        max: u32,
    },
    /// More megapixels than fit.
    TooManyPixels {
        /// Megapixels that fit.
        max: u32,
    },
    /// More frames of an animation than fit.
    TooManyFrames {
        /// Frames that fit.
        max: u32,
    },
    /// Something that takes longer to process than anything may.
    TimedOut,
    /// None of the kinds of files that are taken here.
    UnknownKind,
    /// A file that is damaged or not whole.
    Damaged,
    /// Something that was there before and is not any more.
    Gone,
    /// The person's share of the storage is used up.
    QuotaReached {
        /// Megabytes of the share.
        max: u32,
    },
    /// The disk of this Kith is nearly full.
    StorageFull,
}

/// Collects the problems of a form, so that a person hears of all of them at once.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldProblem>);

impl FieldErrors {
    /// Takes the value out of `result`, or notes what is wrong with `field`.
    pub fn check<T>(&mut self, field: &'static str, result: Result<T, Reason>) -> Option<T> {
        result.map_err(|reason| self.0.push(FieldProblem { field: Cow::Borrowed(field), reason })).ok()
    }

    /// The problem, when anything was found.
    pub fn into_problem(self) -> Option<Problem> {
        (!self.0.is_empty()).then_some(Problem::Invalid { fields: self.0 })
    }
}

#[cfg(test)]
mod tests;
