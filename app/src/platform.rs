//! Where this code runs. The compiler knows: Leptos' `is_server` asks the owner that is current, and where none is, after an
//! await or on another thread, it says "browser" on the host as well. `clippy.toml` bans it.

/// Whether this is the host, which renders pages, and not the browser. Unit tests of this crate are in the browser's place.
pub(crate) const ON_HOST: bool = cfg!(all(feature = "ssr", not(test)));
