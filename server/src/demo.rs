//! A believable small community, for looking around.

pub(crate) mod chance;
