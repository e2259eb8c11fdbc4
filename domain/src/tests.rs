//! What holds across slices: many people at once, and random stories.

mod concurrency;
mod migration;
mod query_plans;
mod side_channels;
mod simulation;
