use std::path::{Path, PathBuf};

use super::*;

fn circles(files: &[(&str, &str)]) -> Findings {
    let mut source = Source::default();
    for (path, text) in files {
        source.add(PathBuf::from(path), Path::new(path), text).expect("Rust");
    }
    inspect(&source)
}

#[test]
fn two_modules_that_import_each_other_are_found_with_their_places() {
    let found = circles(&[
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "use crate::b::B;\npub struct A(B);"),
        ("b.rs", "pub struct B;\nfn f() { crate::a::make() }"),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("2 modules"), "{found:?}");
    assert!(
        found[0].contains("a.rs:1 (crate::b::B)") && found[0].contains("b.rs:2 (crate::a::make)"),
        "{found:?}"
    );
}

#[test]
fn modules_below_each_other_are_fine() {
    assert!(
        circles(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;"),
            ("a.rs", "use crate::{b::B, c};"),
            ("b.rs", "use super::c::C;"),
            ("c.rs", "use std::fmt;"),
        ])
        .is_empty()
    );
}

#[test]
fn a_long_circle_is_shown_by_its_shortest_way_round() {
    let found = circles(&[
        ("lib.rs", ""),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::C;"),
        ("c.rs", "use crate::d::D; use crate::a::A;"),
        ("d.rs", "use crate::a::A;"),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("4 modules") && found[0].matches(".rs:").count() == 3, "{found:?}");
}

#[test]
fn a_reexport_leads_to_where_the_thing_is_defined() {
    // `a` takes from `ui` what is in `ui/button`, which takes nothing of `a`; `ui/menu` does.
    let files = [
        ("lib.rs", ""),
        ("a.rs", "use crate::ui::Button;"),
        ("ui.rs", "mod button; mod menu; pub use button::Button; pub use menu::Menu as TheMenu;"),
        ("ui/button.rs", "pub struct Button;"),
        ("ui/menu.rs", "use crate::a::A;"),
    ];
    assert!(circles(&files).is_empty());
    let mut through = files;
    through[1].1 = "use crate::ui::TheMenu;";
    assert_eq!(circles(&through).len(), 1);
}

#[test]
fn a_module_and_its_submodules_are_one() {
    assert!(
        circles(
            &[("lib.rs", ""), ("a.rs", "mod inner; use inner::Inner;"), ("a/inner.rs", "use super::A;"),]
        )
        .is_empty()
    );
    let found = circles(&[
        ("lib.rs", ""),
        ("a.rs", "mod one; mod two;"),
        ("a/one.rs", "use super::two::Two;"),
        ("a/two.rs", "fn f() { super::one::g() }"),
    ]);
    assert_eq!(found.len(), 1, "but two of them are two");
}

#[test]
fn what_is_imported_as_a_module_is_followed() {
    let found = circles(&[
        ("lib.rs", ""),
        ("a.rs", "use crate::b;\nfn f() { b::g() }"),
        ("b.rs", "use crate::{a as other};\nfn g() { view! { <div>{other::f()}</div> } }"),
    ]);
    assert_eq!(found.len(), 1);
}

#[test]
fn tests_may_import_what_they_like() {
    assert!(
        circles(&[
            ("lib.rs", ""),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "#[cfg(test)]\nmod tests { use crate::a::A; }\n#[cfg(test)]\nuse crate::a::A;"),
            ("b/tests.rs", "use crate::a::A;"),
            ("testing.rs", "use crate::a::A;"),
        ])
        .is_empty()
    );
}

#[test]
fn a_module_that_is_written_out_inside_belongs_to_its_file() {
    let found = circles(&[
        ("lib.rs", ""),
        ("a.rs", "mod inner { use super::super::b::B; use super::A; }"),
        ("b.rs", "use crate::a::A;"),
    ]);
    assert_eq!(found.len(), 1);
}

#[test]
fn other_crates_are_not_taken_for_modules() {
    assert!(
        circles(&[
            ("lib.rs", ""),
            ("a.rs", "use b::B; use time::Date;"),
            ("b.rs", "use ::time::Time; use crate::a::A;"),
        ])
        .is_empty()
    );
}
