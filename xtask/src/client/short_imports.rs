//! Short names for what the wasm imports from its glue. wasm-bindgen's have a hash each, which no compression makes smaller, and
//! they stand in both files.

use std::path::Path;

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use super::glue;
use crate::files;

/// How the wasm calls the module of its glue.
const MODULE: &str = "./kith_bg.js";

/// Renames the imports in both files of the folder.
pub(crate) fn shorten(folder: &Path) -> Result<()> {
    let (wasm, js) = (folder.join(glue::WASM), folder.join(glue::JS));
    let (short_wasm, names) = rename_imports(&files::read(&wasm)?)?;
    let short_js = rename_properties(&files::read_text(&js)?, &names)?;
    files::write(&wasm, &short_wasm)?;
    files::write(&js, short_js.as_bytes())
}

/// The same wasm, and the old name of each import in the order of the new ones.
fn rename_imports(wasm: &[u8]) -> Result<(Vec<u8>, Vec<String>)> {
    let (mut module, mut names) = (Module::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            let mut renamed = ImportSection::new();
            for import in imports.into_imports() {
                let import = import?;
                let kind = RoundtripReencoder.entity_type(import.ty)?;
                if import.module == MODULE {
                    renamed.import(MODULE, &short_name(names.len()), kind);
                    names.push(import.name.to_owned());
                } else {
                    renamed.import(import.module, import.name, kind);
                }
            }
            module.section(&renamed);
        } else if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    ensure!(
        !names.is_empty(),
        "the wasm imports nothing from {MODULE}; has wasm-bindgen another name for it?"
    );
    Ok((module.finish(), names))
}

/// The same glue, in which the object of the imports has the new names.
fn rename_properties(js: &str, names: &[String]) -> Result<String> {
    let mut renamed = js.to_owned();
    for (number, name) in names.iter().enumerate() {
        let property = format!("\n        {name}: ");
        ensure!(renamed.matches(&property).count() == 1, "the glue has not one property {name}");
        renamed = renamed.replacen(&property, &format!("\n        {}: ", short_name(number)), 1);
    }
    Ok(renamed)
}

/// `a`, `b` … `z`, `aa`, `ab` …
fn short_name(number: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    match number / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", short_name(rest - 1)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_import_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..2_000).map(short_name).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!([0, 25, 26, 701, 702].map(short_name), ["a", "z", "aa", "zz", "aaa"]);
    }

    #[test]
    fn both_sides_of_an_import_get_the_same_name() {
        let mut imports = ImportSection::new();
        let memory = wasm_encoder::MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import("./parts.js", "shared", memory);
        imports.import(MODULE, "__wbg_now_0123456789abcdef", memory);
        let mut module = Module::new();
        module.section(&imports);
        let (wasm, names) = rename_imports(&module.finish()).unwrap();
        assert_eq!(names, ["__wbg_now_0123456789abcdef"]);
        let text = String::from_utf8_lossy(&wasm).into_owned();
        assert!(text.contains("shared") && text.contains("./kith_bg.js\u{1}a") && !text.contains("__wbg"));
        let js = "{\n        __wbg_now_0123456789abcdef: function() {}\n}";
        assert_eq!(rename_properties(js, &names).unwrap(), "{\n        a: function() {}\n}");
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        assert!(rename_properties("{ now: function() {} }", &["now".to_owned()]).is_err());
        assert!(rename_imports(&Module::new().finish()).is_err());
    }
}
