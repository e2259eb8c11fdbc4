//! Licences, bans and sources, as `deny.toml` says in cargo-deny's own words. Read here, because installing cargo-deny
//! takes longer than everything else that `make test` checks.
//!
//! An option of cargo-deny that is not understood here is refused, so that nobody believes in a rule that is not kept.

mod config;
mod expression;
mod linked;

use anyhow::Result;
use config::Config;
use linked::Linked;

use super::Findings;
use crate::workspace::Workspace;

pub(crate) fn licences(workspace: &Workspace) -> Result<Findings> {
    let config = Config::read(workspace)?;
    let packages = linked::packages(workspace, &config.graph.targets)?;
    Ok(look_at_licences(&config, &packages))
}

pub(crate) fn bans(workspace: &Workspace) -> Result<Findings> {
    let config = Config::read(workspace)?;
    let packages = linked::packages(workspace, &config.graph.targets)?;
    Ok(look_at_bans(&config, &packages))
}

pub(crate) fn sources(workspace: &Workspace) -> Result<Findings> {
    let config = Config::read(workspace)?;
    Ok(look_at_sources(&linked::packages(workspace, &config.graph.targets)?))
}

fn look_at_licences(config: &Config, packages: &[Linked]) -> Findings {
    let mut findings = Findings::new();
    for package in packages.iter().filter(|package| !package.ours) {
        let Some(licence) = &package.licence else {
            findings.push(format!("{package}: names no licence; do without it"));
            continue;
        };
        let exceptions = config.licenses.exceptions.iter().filter(|exception| exception.name == package.name);
        let allowed: Vec<&str> = config
            .licenses
            .allow
            .iter()
            .chain(exceptions.flat_map(|exception| &exception.allow))
            .map(String::as_str)
            .collect();
        match expression::satisfied(licence, &allowed) {
            Ok(true) => {}
            Ok(false) => findings
                .push(format!("{package}: {licence} is not allowed by deny.toml; do without it, or decide")),
            Err(error) => findings.push(format!("{package}: {licence} cannot be read: {error}")),
        }
    }
    findings
}

fn look_at_bans(config: &Config, packages: &[Linked]) -> Findings {
    let bans = config.bans.deny.iter();
    bans.filter_map(|ban| {
        let package = packages.iter().find(|package| package.name == ban.name)?;
        Some(format!(
            "{package} is linked: {}; `cargo tree --workspace --target all -i {}` shows who brings it",
            ban.reason, ban.name
        ))
    })
    .collect()
}

fn look_at_sources(packages: &[Linked]) -> Findings {
    let foreign = packages.iter().filter(|package| !package.ours && !package.from_index);
    foreign
        .map(|package| {
            format!(
                "{package}: comes from elsewhere than the Rust package index; nobody else could build this"
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
