//! Which crate may depend on which. Nothing points back.

use std::collections::BTreeMap;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

use super::Findings;
use crate::workspace::Workspace;

/// Each crate and the crates of ours that it may name.
const ARROWS: &[(&str, &[&str])] = &[
    ("frontend", &["app"]),
    ("app", &["protocol", "domain"]),
    ("server", &["app", "domain", "sfu", "migration", "protocol"]),
    ("domain", &["protocol", "migration"]),
    ("sfu", &[]),
    ("migration", &[]),
    ("protocol", &[]),
    ("xtask", &[]),
    ("bench", &["domain", "migration", "protocol"]),
];

/// Arrows that exist only under a feature: the crate, what it depends on, the feature.
const CONDITIONAL: &[(&str, &str, &str)] = &[("app", "domain", "ssr"), ("domain", "migration", "testing")];

#[derive(Debug, Default)]
struct Krate {
    name: String,
    needs: Vec<Need>,
    features: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Need {
    name: String,
    features: Vec<String>,
    optional: bool,
    only_for_tests: bool,
}

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let metadata = MetadataCommand::new().current_dir(&workspace.root).no_deps().exec()?;
    let krates: Vec<Krate> = metadata.packages.iter().map(krate).collect();
    Ok(krates.iter().flat_map(|krate| look(krate, &krates)).collect())
}

fn krate(package: &cargo_metadata::Package) -> Krate {
    let needs = package.dependencies.iter().map(|dependency| Need {
        name: dependency.name.clone(),
        features: dependency.features.clone(),
        optional: dependency.optional,
        only_for_tests: dependency.kind == DependencyKind::Development,
    });
    Krate { name: package.name.to_string(), needs: needs.collect(), features: package.features.clone() }
}

fn look(krate: &Krate, all: &[Krate]) -> Findings {
    let name = &krate.name;
    let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| from == name) else {
        return vec![format!(
            "{name}: this crate is not on the map; decide what it may depend on, in ARCHITECTURE.md and here"
        )];
    };
    let ours = krate.needs.iter().filter(|need| all.iter().any(|other| other.name == need.name));
    let mut findings = Findings::new();
    for need in ours {
        let target = &need.name;
        // Tests of a crate may ask for its own helpers.
        if target == name && need.only_for_tests {
            continue;
        }
        if !allowed.contains(&target.as_str()) {
            findings.push(format!(
                "{name}/Cargo.toml: {name} may not depend on {target}; move what it needs below both"
            ));
        }
        if !need.only_for_tests && need.features.iter().any(|feature| feature == "testing") {
            findings.push(format!(
                "{name}/Cargo.toml: {target} is built with `testing` for use; ask for that in dev-dependencies"
            ));
        }
        if name == "frontend" && need.features.iter().any(|feature| feature == "ssr") {
            findings.push(format!(
                "{name}/Cargo.toml: {target} is built with `ssr` for the browser; that is the server's"
            ));
        }
    }
    findings.extend(
        CONDITIONAL.iter().filter(|(from, ..)| from == name).flat_map(|arrow| look_conditional(krate, arrow)),
    );
    findings
}

fn look_conditional(krate: &Krate, (_, target, under): &(&str, &str, &str)) -> Findings {
    let name = &krate.name;
    let mut findings = Findings::new();
    if krate.needs.iter().any(|need| need.name == *target && !need.optional && !need.only_for_tests) {
        findings.push(format!("{name}/Cargo.toml: {target} must be optional, turned on by `{under}` only"));
    }
    let turns_on = |turned: &String| {
        turned.trim_start_matches("dep:") == *target || turned.starts_with(&format!("{target}/"))
    };
    for (feature, turned) in &krate.features {
        if feature != under && feature != target && turned.iter().any(turns_on) {
            findings.push(format!(
                "{name}/Cargo.toml: feature `{feature}` turns on {target}; only `{under}` may"
            ));
        }
        if feature == "default" && turned.iter().any(|other| other == under) {
            findings
                .push(format!("{name}/Cargo.toml: `{under}` is on by default; whoever needs it asks for it"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(name: &str) -> Need {
        Need { name: name.to_owned(), features: Vec::new(), optional: false, only_for_tests: false }
    }

    fn of(name: &str, needs: Vec<Need>) -> Krate {
        Krate { name: name.to_owned(), needs, ..Krate::default() }
    }

    fn findings(krate: Krate) -> Findings {
        let mut all: Vec<Krate> = ARROWS.iter().map(|(name, _)| of(name, Vec::new())).collect();
        let found = look(&krate, &all);
        all.push(krate);
        found
    }

    #[test]
    fn an_arrow_of_the_map_is_fine() {
        assert!(findings(of("frontend", vec![need("app"), need("leptos")])).is_empty());
        assert!(findings(of("server", vec![need("domain"), need("sfu")])).is_empty());
    }

    #[test]
    fn an_arrow_back_is_found() {
        assert_eq!(findings(of("domain", vec![need("app")])).len(), 1);
        assert_eq!(findings(of("protocol", vec![need("domain")])).len(), 1);
        assert_eq!(findings(of("sfu", vec![need("protocol")])).len(), 1);
    }

    #[test]
    fn the_domain_in_the_app_must_be_optional() {
        assert!(findings(of("app", vec![need("domain")]))[0].contains("optional"));
        assert!(findings(of("app", vec![Need { optional: true, ..need("domain") }])).is_empty());
    }

    #[test]
    fn a_second_feature_that_brings_the_domain_is_found() {
        let mut app = of("app", vec![Need { optional: true, ..need("domain") }]);
        app.features.insert("hydrate".to_owned(), vec!["dep:domain".to_owned()]);
        app.features.insert("ssr".to_owned(), vec!["dep:domain".to_owned()]);
        let found = findings(app);
        assert!(found.len() == 1 && found[0].contains("hydrate"), "{found:?}");
    }

    #[test]
    fn helpers_of_tests_stay_in_tests() {
        let testing = || Need { features: vec!["testing".to_owned()], ..need("domain") };
        assert_eq!(findings(of("server", vec![testing()])).len(), 1);
        assert!(findings(of("server", vec![Need { only_for_tests: true, ..testing() }])).is_empty());
    }

    #[test]
    fn a_crate_that_nobody_drew_is_found() {
        assert!(findings(of("shared", Vec::new()))[0].contains("not on the map"));
    }
}
