//! What people write about. A word in braces stands for any of its kind in [`super::words`].

mod outside;
mod together;

/// Something to write about.
pub(super) struct Topic {
    /// What somebody writes once and nobody again.
    pub(super) once: &'static [&'static str],
    /// A beginning, and what may follow on it, between bars.
    pub(super) parts: &'static [&'static str],
    /// What others say to it.
    pub(super) comments: &'static [&'static str],
}

pub(super) const TOPICS: &[&Topic] = &[
    &together::CHOIR,
    &together::SCHOOL,
    &together::FOOTBALL,
    &together::NEIGHBOURS,
    &together::REPAIRS,
    &together::KITCHEN,
    &outside::GARDEN,
    &outside::BIKES,
    &outside::WALKS,
    &outside::BOOKS,
    &outside::DAYS,
];
