//! The stylesheets: `style/main.css`, which every page loads, and one for each part of the client, `style/part/*.css`; each with
//! what it imports.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Mode, tools};
use crate::files;
use crate::workspace::{Workspace, run};

/// The oldest browsers served: two years before the end of 2026. Named here and not asked for as "last 2 years", so
/// that the same sources make the same stylesheet tomorrow.
const BROWSERS: &str = "chrome 130, edge 130, firefox 132, safari 18.1, ios_saf 18.1";

/// The file of `style/main.css`.
pub(super) const MAIN: &str = "main.css";

/// Content by file name: [`MAIN`], and `{part}.css` for each part.
pub(super) fn bundle(workspace: &Workspace, mode: Mode) -> Result<BTreeMap<String, Vec<u8>>> {
    let folder = workspace.root.join("style");
    let main = folder.join(MAIN);
    ensure!(main.is_file(), "style/main.css does not exist; every page loads it");
    let mut sheets = BTreeMap::from([(MAIN.to_owned(), bundle_one(workspace, mode, &main)?)]);
    for part in files::walk_extension(&folder.join("part"), "css")? {
        let name = part.file_name().context("a stylesheet has a name")?.to_string_lossy().into_owned();
        ensure!(name != MAIN, "style/part/main.css has the name of what every page loads");
        sheets.insert(name, bundle_one(workspace, mode, &part)?);
    }
    Ok(sheets)
}

fn bundle_one(workspace: &Workspace, mode: Mode, sheet: &Path) -> Result<Vec<u8>> {
    let folder = workspace.kept();
    std::fs::create_dir_all(&folder)?;
    let bundled = folder.join("bundled.css");
    let mut command = tools::lightningcss(workspace)?;
    command.args(["--bundle", "--targets", BROWSERS]);
    if mode == Mode::Release {
        command.arg("--minify");
    }
    run(command.arg("--output-file").arg(&bundled).arg(sheet))?;
    files::read(&bundled)
}
