use super::*;

const DENY: &str = r#"
[graph]
targets = ["x86_64-unknown-linux-gnu"]
[licenses]
allow = ["MIT"]
exceptions = [{ crate = "roots", allow = ["CDLA-Permissive-2.0"] }]
[bans]
multiple-versions = "allow"
deny = [{ crate = "openssl", reason = "one TLS stack" }]
[sources]
unknown-registry = "deny"
unknown-git = "deny"
"#;

fn config() -> Config {
    Config::parse(DENY).unwrap()
}

fn package(name: &str, licence: Option<&str>) -> Linked {
    Linked {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        licence: licence.map(str::to_owned),
        ours: false,
        from_index: true,
    }
}

fn licence_findings(name: &str, licence: Option<&str>) -> usize {
    look_at_licences(&config(), &[package(name, licence)]).len()
}

#[test]
fn a_licence_that_is_not_allowed_is_found() {
    assert_eq!(licence_findings("a", Some("MIT")), 0);
    assert_eq!(licence_findings("a", Some("SSPL-1.0")), 1);
    assert_eq!(licence_findings("a", None), 1);
}

#[test]
fn an_exception_holds_for_its_crate_only() {
    assert_eq!(licence_findings("roots", Some("CDLA-Permissive-2.0")), 0);
    assert_eq!(licence_findings("other", Some("CDLA-Permissive-2.0")), 1);
}

#[test]
fn a_banned_crate_is_found_with_its_reason() {
    let found = look_at_bans(&config(), &[package("openssl", Some("MIT"))]);
    assert!(found[0].contains("one TLS stack"), "{found:?}");
    assert!(look_at_bans(&config(), &[package("openssl-probe", Some("MIT"))]).is_empty());
}

#[test]
fn a_crate_from_elsewhere_is_found() {
    let forked = Linked { from_index: false, ..package("forked", Some("MIT")) };
    assert_eq!(look_at_sources(&[package("a", Some("MIT")), forked]).len(), 1);
}

#[test]
fn our_own_crates_are_not_looked_at() {
    let ours = Linked { ours: true, from_index: false, ..package("domain", Some("AGPL-3.0-or-later")) };
    assert!(look_at_sources(&[ours]).is_empty());
}

#[test]
fn an_option_that_is_not_kept_is_refused() {
    assert!(
        Config::parse(&DENY.replace("multiple-versions = \"allow\"", "multiple-versions = \"deny\""))
            .is_err()
    );
    assert!(Config::parse(&DENY.replace("[bans]", "[bans]\nwildcards = \"deny\"")).is_err());
}
