//! What holds across slices: many people at once, and random stories.

mod concurrency;
mod plans;
mod steps;
mod stories;
