//! `budget.toml`: bytes per part, and in all.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::files;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    html: u64,
    js: u64,
    wasm: u64,
    css: u64,
    icons: u64,
    total: u64,
}

#[derive(Debug)]
pub(crate) struct Sizes {
    pub(crate) html: u64,
    pub(crate) js: u64,
    pub(crate) wasm: u64,
    pub(crate) css: u64,
    pub(crate) icons: u64,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) part: &'static str,
    pub(crate) bytes: u64,
    pub(crate) budget: u64,
}

impl Row {
    pub(crate) fn fits(&self) -> bool {
        self.bytes <= self.budget
    }
}

impl Budget {
    pub(crate) fn read(path: &Path) -> Result<Budget> {
        toml::from_str(&files::read_text(path)?)
            .context("budget.toml must hold html, js, wasm, css, icons and total in bytes")
    }

    pub(crate) fn compare(&self, sizes: &Sizes) -> Vec<Row> {
        let row = |part, bytes, budget| Row { part, bytes, budget };
        let total = sizes.html + sizes.js + sizes.wasm + sizes.css + sizes.icons;
        vec![
            row("html", sizes.html, self.html),
            row("js", sizes.js, self.js),
            row("wasm", sizes.wasm, self.wasm),
            row("css", sizes.css, self.css),
            row("icons", sizes.icons, self.icons),
            row("total", total, self.total),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget { html: 10, js: 10, wasm: 20, css: 10, icons: 10, total: 30 };

    fn heavy(sizes: &Sizes) -> Vec<&'static str> {
        BUDGET.compare(sizes).iter().filter(|row| !row.fits()).map(|row| row.part).collect()
    }

    #[test]
    fn what_is_exactly_the_budget_fits() {
        assert!(heavy(&Sizes { html: 1, js: 4, wasm: 20, css: 3, icons: 2 }).is_empty());
    }

    #[test]
    fn one_byte_more_is_too_much() {
        assert_eq!(heavy(&Sizes { html: 1, js: 4, wasm: 21, css: 3, icons: 1 }), ["wasm"]);
    }

    #[test]
    fn parts_that_fit_can_be_too_much_together() {
        assert_eq!(heavy(&Sizes { html: 10, js: 10, wasm: 20, css: 10, icons: 10 }), ["total"]);
    }
}
