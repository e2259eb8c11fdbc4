//! Takes out of the wasm what is linked and never runs.
//!
//! Leptos can take over a page in two ways: at once (`hydrate_body`), or waiting for parts of the client that are loaded
//! later (`hydrate_lazy`). Every erased view carries both, and no linker can know that ours never takes the second. Its
//! functions are a tenth of the client. Their bodies become a trap, so that a call of one would be heard of at once.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{CustomSectionReader, KnownCustom, Parser, Payload, TypeRef};

use crate::wasm;

/// Where the linker notes what refers to what in the code.
const NOTES: &str = "reloc.CODE";
const CUSTOM: u8 = 0;
/// The functions, and what only they call.
pub(super) const UNREACHED: &[&str] = &[
    "13hydrate_async",
    "27new_with_async_value_erased",
    // Only views that are made of templates take over attributes in this way, and we have none.
    "21hydrate_from_template",
    // Only a server lists its routes.
    "15generate_routes",
];
const CLOSURE: &str = "28_$u7b$$u7b$closure$u7d$$u7d$";
const HASH: &str = "17h0123456789abcdefE";
/// Also how a body begins that has no locals.
const UNREACHABLE: u8 = 0;
const END: u8 = 0x0b;

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
    trap(wasm, &unreached)
}

/// Whether a mangled name is that of such a function, or of the state machine that it makes. What is merely generic over
/// one, such as the glue that drops it, may be the same code as something that runs.
fn is_unreached(name: &str) -> bool {
    let path = name.len().checked_sub(HASH.len()).and_then(|hash| name.get(..hash)).unwrap_or_default();
    UNREACHED.iter().any(|function| {
        path.split_once(function).is_some_and(|(_, inside)| inside.split(CLOSURE).all(str::is_empty))
    })
}

/// Writes the traps over the bodies, as long as those are: what the linker noted about places in the wasm stays right. What
/// it noted about the bodies goes, so that nothing is kept because one of them referred to it.
fn trap(wasm: &[u8], unreached: &BTreeSet<u32>) -> Result<Vec<u8>> {
    let (mut imported, mut code, mut bodies) = (0, 0..0, Vec::new());
    let (mut before, mut noted) = (0, None);
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let after = payload.as_section().map_or(before, |(_, range)| range.end);
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => code = range,
            Payload::CodeSectionEntry(body) => bodies.push(body.range()),
            Payload::CustomSection(section) if section.name() == NOTES => noted = Some((before, section)),
            _ => {}
        }
        before = after;
    }
    let trapped: Vec<Range<usize>> = (imported..)
        .zip(bodies)
        .filter(|(index, _)| unreached.contains(index))
        .map(|(_, body)| body)
        .collect();
    let (start, noted) =
        noted.context("the linker noted no places in the code; is --emit-relocs missing?")?;
    let notes = without(&noted, |place| trapped.iter().any(|body| body.contains(&(code.start + place))))?;

    let mut smaller = wasm.to_vec();
    for body in trapped {
        smaller[body.clone()].fill(UNREACHABLE);
        smaller[body.end - 1] = END;
    }
    let mut section = vec![CUSTOM];
    section.extend(number(notes.len())?);
    section.extend(notes);
    smaller.splice(start..noted.range().end, section);
    Ok(smaller)
}

/// The content of the section without its notes about some places of the code.
fn without(section: &CustomSectionReader, gone: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    let KnownCustom::Reloc(notes) = section.as_known() else { bail!("{NOTES} cannot be read") };
    let (mut count, mut kept) = (0, Vec::new());
    let mut entries = notes.entries().into_iter_with_offsets().peekable();
    let base = section.data_offset();
    while let Some(entry) = entries.next() {
        let (start, note) = entry?;
        let end = match entries.peek() {
            Some(Ok((next, _))) => *next,
            _ => section.range().end,
        };
        if !gone(usize::try_from(note.offset)?) {
            count += 1;
            kept.extend(&section.data()[start - base..end - base]);
        }
    }
    let name = [number(NOTES.len())?, NOTES.into()].concat();
    let about = number(usize::try_from(notes.section_index())?)?;
    Ok([name, about, number(count)?, kept].concat())
}

/// LEB128: seven bits a byte, the lowest first.
fn number(number: usize) -> Result<Vec<u8>> {
    let (mut rest, mut bytes) = (u32::try_from(number)?, Vec::new());
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f)? | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest)?);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: &str = "_ZN6tachys4view8any_view7IntoAny8into_any13hydrate_async17h0123456789abcdefE";
    const RUNS: &str = "_ZN6tachys4view8any_view7IntoAny8into_any5build17h0123456789abcdefE";

    /// Of a kind with an addend, at the numbers that the two functions answer.
    const NOTE_7: [u8; 4] = [4, 4, 0, 0];
    const NOTE_8: [u8; 4] = [4, 9, 0, 0];

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [vec![id], number(content.len()).unwrap(), content.to_vec()].concat()
    }

    /// A wasm with one import and two functions of these names, which answer 7 and 8; the linker noted where they do.
    fn wasm(names: [&str; 2]) -> Vec<u8> {
        let mut map = vec![2];
        for (index, name) in (1..).zip(names) {
            map.extend([index, u8::try_from(name.len()).unwrap()]);
            map.extend(name.as_bytes());
        }
        let named = [&b"\x04name"[..], &section(1, &map)].concat();
        let types = section(1, &[1, 0x60, 0, 1, 0x7f]);
        let imports = section(2, b"\x01\x01m\x01f\x00\x00");
        let functions = section(3, &[2, 0, 0]);
        let code = section(10, &[2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 8, 0x0b]);
        let notes = section(CUSTOM, &[&b"\x0areloc.CODE\x03\x02"[..], &NOTE_7, &NOTE_8].concat());
        let named = section(CUSTOM, &named);
        [b"\0asm\x01\0\0\0".to_vec(), types, imports, functions, code, notes, named].concat()
    }

    fn notes(wasm: &[u8]) -> Vec<u8> {
        let mut payloads = Parser::new(0).parse_all(wasm).map(|payload| payload.unwrap());
        let data = payloads.find_map(|payload| match payload {
            Payload::CustomSection(section) if section.name() == NOTES => Some(section.data().to_vec()),
            _ => None,
        });
        data.unwrap()
    }

    fn bodies(wasm: &[u8]) -> Vec<Vec<u8>> {
        let payloads = Parser::new(0).parse_all(wasm).map(|payload| payload.unwrap());
        let entries = payloads.filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => Some(wasm[body.range()].to_vec()),
            _ => None,
        });
        entries.collect()
    }

    #[test]
    fn what_never_runs_becomes_a_trap_and_all_else_stays() {
        let before = wasm([NEVER, RUNS]);
        let after = take_out(&before).unwrap();
        assert_eq!(bodies(&after), [vec![0, UNREACHABLE, UNREACHABLE, END], bodies(&before)[1].clone()]);
        assert_eq!(wasm::function_names(&after).unwrap(), wasm::function_names(&before).unwrap());
        assert_eq!(bodies(&take_out(&wasm([RUNS, NEVER])).unwrap())[0], bodies(&before)[0]);
    }

    #[test]
    fn notes_go_with_the_bodies_that_they_are_about() {
        let about = |count: u8, notes: &[u8]| [&[3, count][..], notes].concat();
        assert_eq!(notes(&wasm([RUNS, NEVER])), about(2, &[NOTE_7, NOTE_8].concat()));
        assert_eq!(notes(&take_out(&wasm([NEVER, RUNS])).unwrap()), about(1, &NOTE_8));
        assert_eq!(notes(&take_out(&wasm([RUNS, NEVER])).unwrap()), about(1, &NOTE_7));
    }

    #[test]
    fn state_machines_go_with_their_functions_and_what_drops_them_stays() {
        let inside = |path: &str| is_unreached(&format!("_ZN3any13hydrate_async{path}17h0123456789abcdefE"));
        assert!(inside("") && inside(CLOSURE) && inside(&[CLOSURE; 2].concat()));
        assert!(!inside("_more") && !inside("4drop"));
        assert!(!is_unreached("_ZN4core3ptr58drop_in_place$LT$any..hydrate_async$GT$17h0123456789abcdefE"));
        assert!(!is_unreached("13hydrate_async"));
    }

    #[test]
    fn a_client_that_waits_for_parts_of_itself_keeps_what_it_needs() {
        let lazy = "_ZN6leptos5mount18hydrate_from_async17h0123456789abcdefE";
        assert!(take_out(&wasm([NEVER, lazy])).is_err());
        assert!(take_out(&wasm([RUNS, RUNS])).is_err());
    }
}
