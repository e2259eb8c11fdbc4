//! Which crate may depend on which. Nothing points back.

use std::collections::BTreeMap;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

use super::Findings;
use crate::workspace::Workspace;

/// Each crate and the crates of ours that it may name.
const ALLOWED: &[(&str, &[&str])] = &[
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
    dependencies: Vec<Dependency>,
    features: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Dependency {
    name: String,
    features: Vec<String>,
    optional: bool,
    only_for_tests: bool,
}

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let metadata = MetadataCommand::new().current_dir(&workspace.root).no_deps().exec()?;
    let krates: Vec<Krate> = metadata.packages.iter().map(krate).collect();
    Ok(krates.iter().flat_map(|krate| inspect(krate, &krates)).collect())
}

fn krate(package: &cargo_metadata::Package) -> Krate {
    let dependencies = package.dependencies.iter().map(|dependency| Dependency {
        name: dependency.name.clone(),
        features: dependency.features.clone(),
        optional: dependency.optional,
        only_for_tests: dependency.kind == DependencyKind::Development,
    });
    Krate {
        name: package.name.to_string(),
        dependencies: dependencies.collect(),
        features: package.features.clone(),
    }
}

fn inspect(krate: &Krate, all: &[Krate]) -> Findings {
    let name = &krate.name;
    let Some((_, allowed)) = ALLOWED.iter().find(|(from, _)| from == name) else {
        return vec![format!(
            "{name}: this crate is not on the map; decide what it may depend on, in ARCHITECTURE.md and here"
        )];
    };
    let ours = krate.dependencies.iter().filter(|need| all.iter().any(|other| other.name == need.name));
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
        CONDITIONAL
            .iter()
            .filter(|(from, ..)| from == name)
            .flat_map(|arrow| inspect_conditional(krate, arrow)),
    );
    findings
}

fn inspect_conditional(krate: &Krate, (_, target, under): &(&str, &str, &str)) -> Findings {
    let name = &krate.name;
    let mut findings = Findings::new();
    if krate.dependencies.iter().any(|need| need.name == *target && !need.optional && !need.only_for_tests) {
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

    fn dependency(name: &str) -> Dependency {
        Dependency { name: name.to_owned(), features: Vec::new(), optional: false, only_for_tests: false }
    }

    fn of(name: &str, dependencies: Vec<Dependency>) -> Krate {
        Krate { name: name.to_owned(), dependencies, ..Krate::default() }
    }

    fn findings(krate: Krate) -> Findings {
        let mut all: Vec<Krate> = ALLOWED.iter().map(|(name, _)| of(name, Vec::new())).collect();
        let found = inspect(&krate, &all);
        all.push(krate);
        found
    }

    #[test]
    fn an_arrow_of_the_map_is_fine() {
        assert!(findings(of("frontend", vec![dependency("app"), dependency("leptos")])).is_empty());
        assert!(findings(of("server", vec![dependency("domain"), dependency("sfu")])).is_empty());
    }

    #[test]
    fn an_arrow_back_is_found() {
        assert_eq!(findings(of("domain", vec![dependency("app")])).len(), 1);
        assert_eq!(findings(of("protocol", vec![dependency("domain")])).len(), 1);
        assert_eq!(findings(of("sfu", vec![dependency("protocol")])).len(), 1);
    }

    #[test]
    fn the_domain_in_the_app_must_be_optional() {
        assert!(findings(of("app", vec![dependency("domain")]))[0].contains("optional"));
        assert!(findings(of("app", vec![Dependency { optional: true, ..dependency("domain") }])).is_empty());
    }

    #[test]
    fn a_second_feature_that_brings_the_domain_is_found() {
        let mut app = of("app", vec![Dependency { optional: true, ..dependency("domain") }]);
        app.features.insert("hydrate".to_owned(), vec!["dep:domain".to_owned()]);
        app.features.insert("ssr".to_owned(), vec!["dep:domain".to_owned()]);
        let found = findings(app);
        assert!(found.len() == 1 && found[0].contains("hydrate"), "{found:?}");
    }

    #[test]
    fn helpers_of_tests_stay_in_tests() {
        let testing = || Dependency { features: vec!["testing".to_owned()], ..dependency("domain") };
        assert_eq!(findings(of("server", vec![testing()])).len(), 1);
        assert!(findings(of("server", vec![Dependency { only_for_tests: true, ..testing() }])).is_empty());
    }

    #[test]
    fn a_crate_that_nobody_drew_is_found() {
        assert!(findings(of("shared", Vec::new()))[0].contains("not on the map"));
    }
}
