//! Takes out of the wasm what is linked and never runs.
//!
//! Leptos can take over a page in two ways: at once (`hydrate_body`), or waiting for parts of the client that are loaded
//! later (`hydrate_lazy`). Every erased view carries both, and no linker can know that ours never takes the second. Its
//! functions are a tenth of the client. Their bodies become a trap, so that a call of one would be heard of at once.

mod trap;

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use crate::wasm;

/// The functions, and what only they call. None may be the same code as one that runs: the compiler makes one of two, and
/// `hydrate_from_template`, which never runs either, then is often `hydrate_from_server`.
pub(super) const UNREACHED: &[&str] = &[
    "13hydrate_async",
    "27new_with_async_value_erased",
    // Only a server lists its routes.
    "15generate_routes",
];
const CLOSURE: &str = "28_$u7b$$u7b$closure$u7d$$u7d$";
const HASH: &str = "17h0123456789abcdefE";

/// The same wasm with traps in the place of what never runs.
pub(super) fn take_out(wasm: &[u8]) -> Result<Vec<u8>> {
    let names = wasm::function_names(wasm)?;
    ensure!(
        !names.iter().any(|(_, name)| name.contains("hydrate_from_async")),
        "the client calls hydrate_lazy: then nothing may be taken out, see xtask/src/client/unreached.rs"
    );
    let unreached: BTreeSet<u32> =
        names.iter().filter(|(_, name)| is_unreached(name)).map(|(index, _)| *index).collect();
    ensure!(
        !unreached.is_empty(),
        "no function of the wasm is called hydrate_async; has Leptos another name for it?"
    );
    trap::put(wasm, &unreached)
}

/// Whether a mangled name is that of such a function, or of the state machine that it makes. What is merely generic over
/// one, such as the glue that drops it, may be the same code as something that runs.
fn is_unreached(name: &str) -> bool {
    let path = name.len().checked_sub(HASH.len()).and_then(|hash| name.get(..hash)).unwrap_or_default();
    UNREACHED.iter().any(|function| {
        path.split_once(function).is_some_and(|(_, inside)| inside.split(CLOSURE).all(str::is_empty))
    })
}

#[cfg(test)]
mod tests;
