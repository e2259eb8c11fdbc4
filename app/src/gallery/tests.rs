use std::{fs, path::Path};

use leptos::prelude::*;

use super::*;

#[test]
fn the_whole_gallery_needs_no_inline_style() {
    let page = Owner::new().with(|| {
        session::provide();
        view! { <Gallery /> }.to_html()
    });
    assert!(page.contains("Components") && !page.contains("style="));
}

#[test]
fn every_icon_that_is_asked_for_is_drawn() {
    let sprite = include_str!("../../../public/icons.svg");
    let drawn: Vec<_> =
        sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(drawn.join(" "), ICONS);
    let mut sources = String::new();
    read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut sources);
    for mark in ["icon=\"", "<Icon name=\""] {
        for asked in sources.split(mark).skip(1).filter_map(|rest| rest.split('"').next()) {
            // The marks of this very test are not names.
            let is_name = !asked.is_empty() && asked.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(!is_name || drawn.contains(&asked), "there is no icon {asked:?}");
        }
    }
}

fn read(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, sources);
        } else {
            sources.push_str(&fs::read_to_string(&path).expect("a source file"));
        }
    }
}
