//! What the linker leaves in a wasm besides code.

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// The functions with their numbers and their mangled names.
pub(crate) fn function_names(wasm: &[u8]) -> Result<Vec<(u32, String)>> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(sections) = section.as_known() else { continue };
        for names in sections {
            if let Name::Function(functions) = names? {
                for function in functions {
                    let function = function?;
                    found.push((function.index, function.name.to_owned()));
                }
            }
        }
    }
    Ok(found)
}
