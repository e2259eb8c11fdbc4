//! Which crates' functions are linked into a wasm, read from the names that the linker leaves in it.

use anyhow::{Result, ensure};

use crate::wasm::function_names;

/// The names of functions that belong to one of the crates, at most a handful.
pub(crate) fn of_crates(wasm: &[u8], crates: &[&str]) -> Result<Vec<String>> {
    let names: Vec<String> = function_names(wasm)?.into_iter().map(|(_, name)| name).collect();
    ensure!(
        names.iter().any(|name| belongs(name, "core")),
        "the wasm has no names that can be read; it must be looked at before it is stripped"
    );
    Ok(names.into_iter().filter(|name| crates.iter().any(|krate| belongs(name, krate))).take(5).collect())
}

/// Whether a mangled symbol names something of the crate. The old mangling writes `_ZN5regex…` for what stands in the
/// crate and `$regex..` for a type of it inside another name; the new one writes `Cs1a2b_5regex`.
fn belongs(name: &str, krate: &str) -> bool {
    let root = format!("{}{krate}", krate.len());
    let at_the_start = name.strip_prefix("_ZN").and_then(|rest| rest.strip_prefix(&root));
    at_the_start.is_some_and(begins_next_part)
        || name.contains(&format!("${krate}.."))
        || name.starts_with("_R") && name.split(&format!("_{root}")).skip(1).any(begins_next_part)
}

/// `_ZN5regexp` would be something else.
fn begins_next_part(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_ascii_lowercase() || next == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest wasm with a section of names: short strings only, so that every length is one byte.
    fn wasm(names: &[&str]) -> Vec<u8> {
        let byte = |number: usize| u8::try_from(number).unwrap();
        let mut map = vec![byte(names.len())];
        for (index, name) in names.iter().enumerate() {
            map.extend([byte(index), byte(name.len())]);
            map.extend(name.as_bytes());
        }
        let mut section = vec![4];
        section.extend(b"name");
        section.extend([1, byte(map.len())]);
        section.extend(map);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([0, byte(section.len())]);
        wasm.extend(section);
        wasm
    }

    fn found(name: &str) -> bool {
        !of_crates(&wasm(&["_ZN4core3fmt5write17h0E", name]), &["regex"]).unwrap().is_empty()
    }

    #[test]
    fn a_function_of_the_crate_is_found_in_either_mangling() {
        assert!(found("_ZN5regex5regex6string5Regex3new17h0E"));
        assert!(found("_RNvMCs1a2b_5regexNtB2_5Regex3new"));
    }

    #[test]
    fn an_impl_for_a_type_of_the_crate_is_found() {
        assert!(found("_ZN52_$LT$regex..Regex$u20$as$u20$core..clone..Clone$GT$5clone17h0E"));
    }

    #[test]
    fn a_browser_type_with_a_similar_name_is_something_else() {
        assert!(!found("__wbindgen_describe___wbg_new_regexp_3cec55c2"));
        assert!(!found("_ZN6js_sys6RegExp3new17h0E"));
        assert!(!found("_ZN6tracer5regex3new17h0E"));
    }

    #[test]
    fn a_stripped_wasm_is_not_taken_for_a_clean_one() {
        assert!(of_crates(b"\0asm\x01\0\0\0", &["regex"]).is_err());
        assert!(of_crates(&wasm(&["a function"]), &["regex"]).is_err());
    }
}
