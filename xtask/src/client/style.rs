//! One stylesheet out of `style/main.css` and what it imports.

use anyhow::{Result, ensure};

use super::{Mode, tools};
use crate::files;
use crate::workspace::{Workspace, run};

/// The oldest browsers served: two years before the end of 2026. Named here and not asked for as "last 2 years", so
/// that the same sources make the same stylesheet tomorrow.
const BROWSERS: &str = "chrome 130, edge 130, firefox 132, safari 18.1, ios_saf 18.1";

pub(crate) fn bundle(workspace: &Workspace, mode: Mode) -> Result<Vec<u8>> {
    let main = workspace.root.join("style/main.css");
    ensure!(main.is_file(), "style/main.css does not exist; it must import every other file in style/");
    let folder = workspace.kept();
    std::fs::create_dir_all(&folder)?;
    let bundled = folder.join("bundled.css");
    let mut command = tools::lightningcss(workspace)?;
    command.args(["--bundle", "--targets", BROWSERS]);
    if mode == Mode::Release {
        command.arg("--minify");
    }
    run(command.arg("--output-file").arg(&bundled).arg(&main))?;
    files::read(&bundled)
}
