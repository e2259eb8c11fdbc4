//! What people write about. A word in braces stands for any of its kind in [`super::words`].

mod community;
mod outdoors;

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
    &community::CHOIR,
    &community::SCHOOL,
    &community::FOOTBALL,
    &community::NEIGHBOURS,
    &community::REPAIRS,
    &community::KITCHEN,
    &outdoors::GARDEN,
    &outdoors::BIKES,
    &outdoors::WALKS,
    &outdoors::BOOKS,
    &outdoors::DAYS,
];
