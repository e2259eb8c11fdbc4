use super::*;
use crate::files::testing::Folder;

fn public() -> Files {
    [("icons.svg", "<svg/>"), ("sw.js", "self"), ("img/a.png", "png")]
        .map(|(name, content)| (name.to_owned(), content.into()))
        .into()
}

fn code(wasm: &str) -> Files {
    [("kith.js", "glue"), ("kith_bg.wasm", wasm), ("parts.js", "loader"), ("split_chat.wasm", "part")]
        .map(|(name, content)| (name.to_owned(), content.into()))
        .into()
}

fn parts() -> Parts {
    [("chat".to_owned(), vec!["split_chat".to_owned()])].into()
}

fn styles(main: &str) -> Files {
    [("main.css", main), ("chat.css", "c{}")].map(|(name, content)| (name.to_owned(), content.into())).into()
}

fn site(css: &str) -> Files {
    named(code("wasm"), parts(), styles(css), public(), Mode::Release).unwrap()
}

fn site_of(wasm: &str) -> Files {
    named(code(wasm), parts(), styles(""), public(), Mode::Release).unwrap()
}

#[test]
fn the_manifest_names_files_that_are_there() {
    let site = site("a{}");
    let mut manifest: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(&site["manifest.json"]).unwrap();
    assert_eq!(manifest.remove("dev"), Some(false.into()));
    assert_eq!(manifest.keys().collect::<Vec<_>>(), ["css", "icons", "js", "loader", "parts", "wasm"]);
    let parts = manifest.remove("parts").unwrap();
    for address in manifest.values().chain(parts["chat"].as_array().unwrap()) {
        let address = address.as_str().unwrap();
        assert!(site.contains_key(address.trim_start_matches('/')), "{address}");
    }
}

#[test]
fn another_content_has_another_name_and_nothing_else_does() {
    let (one, other) = (site("a{}"), site("b{}"));
    let changed: Vec<&String> = one.keys().filter(|name| !other.contains_key(*name)).collect();
    // The sheets find each other by their folder, which has the hash.
    assert_eq!(changed.len(), 2);
    assert!(changed.iter().all(|name| name.ends_with(".css")), "{changed:?}");
}

#[test]
fn public_files_keep_their_names_but_for_the_sprite() {
    let site = site("");
    assert!(site.contains_key("sw.js") && site.contains_key("img/a.png") && !site.contains_key("icons.svg"));
}

#[test]
fn a_missing_sprite_is_said() {
    let error = named(code(""), parts(), styles(""), Files::new(), Mode::Release).unwrap_err().to_string();
    assert!(error.contains("public/icons.svg"), "{error}");
}

#[test]
fn the_code_lies_in_one_folder_that_has_the_hash() {
    let (one, other) = (site_of("wasm"), site_of("another"));
    let code = |site: &Files| -> Vec<String> {
        site.keys()
            .filter(|name| name.ends_with(".js") || name.ends_with(".wasm"))
            .filter(|name| name.starts_with("pkg/"))
            .cloned()
            .collect()
    };
    let (one, other) = (code(&one), code(&other));
    assert_eq!(one.len(), 4);
    let folder = |name: &String| name.split('/').nth(1).unwrap().to_owned();
    assert!(one.iter().all(|name| folder(name) == folder(&one[0])));
    assert_ne!(folder(&one[0]), folder(&other[0]));
}

#[test]
fn the_site_is_exchanged_only_when_it_changed() {
    let folder = Folder::with("exchange", &[]);
    assert!(exchange(folder.path(), &site("a{}")).unwrap());
    assert!(!exchange(folder.path(), &site("a{}")).unwrap());
    assert!(exchange(folder.path(), &site("b{}")).unwrap());
    assert_eq!(contents(&folder.path().join("site")).unwrap(), site("b{}"));
    assert!(!folder.path().join("site.new").exists() && !folder.path().join("site.old").exists());
}

#[test]
fn compressed_variants_stand_beside_what_shrinks() {
    let folder = Folder::with("compressed", &[]);
    let mut site = site("a{}");
    add_compressed(folder.path(), &mut site).unwrap();
    assert!(site.contains_key("sw.js.br") && site.contains_key("manifest.json.br"));
    assert!(!site.contains_key("img/a.png.br"));
}
