//! Traps in the place of code, in a wasm that is still to be cut.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{CustomSectionReader, KnownCustom, Parser, Payload, TypeRef};

/// Where the linker notes what refers to what in the code.
pub(super) const NOTES: &str = "reloc.CODE";
pub(super) const CUSTOM: u8 = 0;
/// Also how a body begins that has no locals.
pub(super) const UNREACHABLE: u8 = 0;
pub(super) const END: u8 = 0x0b;

/// Writes the traps over the bodies, as long as those are: what the linker noted about places in the wasm stays right. What
/// it noted about the bodies goes, so that nothing is kept because one of them referred to it.
pub(super) fn put(wasm: &[u8], unreached: &BTreeSet<u32>) -> Result<Vec<u8>> {
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
pub(super) fn number(number: usize) -> Result<Vec<u8>> {
    let (mut rest, mut bytes) = (u32::try_from(number)?, Vec::new());
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f)? | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest)?);
    Ok(bytes)
}
