use wasmparser::{Parser, Payload};

use super::trap::{CUSTOM, END, NOTES, UNREACHABLE, number};
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
