//! The part of cargo-deny's configuration that is understood here.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::files;
use crate::workspace::Workspace;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) graph: Graph,
    pub(crate) licenses: Licenses,
    pub(crate) bans: Bans,
    #[expect(dead_code, reason = "what is understood of it has one value only, which is what is checked")]
    sources: Sources,
    #[expect(dead_code, reason = "needs the network; here for whoever runs cargo-deny")]
    advisories: Option<Advisories>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Graph {
    /// The platforms for which Kith is built; what only others link is not looked at.
    pub(crate) targets: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Licenses {
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) exceptions: Vec<Exception>,
}

/// Licences allowed to one crate only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    #[serde(rename = "crate")]
    pub(crate) name: String,
    pub(crate) allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Bans {
    #[expect(dead_code, reason = "only `allow` is understood, so there is nothing to check")]
    multiple_versions: Allow,
    pub(crate) deny: Vec<Ban>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ban {
    #[serde(rename = "crate")]
    pub(crate) name: String,
    pub(crate) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "each has one possible value")]
struct Sources {
    unknown_registry: Deny,
    unknown_git: Deny,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Allow {
    Allow,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deny {
    Deny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "needs the network; here for whoever runs cargo-deny")]
struct Advisories {
    ignore: Vec<Ignored>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "needs the network; here for whoever runs cargo-deny")]
struct Ignored {
    id: String,
    reason: String,
}

impl Config {
    pub(crate) fn read(workspace: &Workspace) -> Result<Config> {
        Config::parse(&files::read_text(&workspace.root.join("deny.toml"))?)
    }

    pub(crate) fn parse(text: &str) -> Result<Config> {
        toml::from_str(text)
            .context("deny.toml has something that xtask/src/check/deny/config.rs does not know")
    }
}
