//! The community that runs this Kith, as pages name it.

use leptos::prelude::*;
use protocol::community::Community;

/// Provides the community that the host names; called once, at the root.
pub fn provide() {
    let community = SharedValue::new(use_context::<Community>).into_inner();
    provide_context(StoredValue::new(community.unwrap_or_default()));
}

/// What the community is called, what it says of itself, and whether it has a picture.
pub fn community() -> Community {
    use_context::<StoredValue<Community>>().and_then(|stored| stored.try_get_value()).unwrap_or_default()
}
