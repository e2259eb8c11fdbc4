//! Names of files. `mod.rs` hides what a file is about; `utils`, `helpers` and `common` say that nobody thought about it.

use std::path::Path;

use anyhow::Result;

use super::Findings;
use crate::files;
use crate::workspace::Workspace;

const ROOMS: &[&str] = &[
    "protocol",
    "domain",
    "app",
    "frontend",
    "server",
    "migration",
    "xtask",
    "sfu",
    "bench",
    "style",
    "end2end",
];
const EMPTY_WORDS: &[&str] = &["common", "helper", "helpers", "misc", "util", "utils"];

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let mut findings = Findings::new();
    for room in ROOMS {
        for path in files::walk(&workspace.root.join(room))? {
            findings.extend(inspect(path.strip_prefix(&workspace.root)?));
        }
    }
    Ok(findings)
}

fn inspect(path: &Path) -> Option<String> {
    let shown = path.display();
    if path.file_name().is_some_and(|name| name == "mod.rs") {
        return Some(format!(
            "{shown}: no mod.rs here; name the file after its module and put it beside the folder"
        ));
    }
    let part = path.iter().find(|part| {
        let stem = part.to_string_lossy().to_lowercase();
        EMPTY_WORDS.contains(&stem.split('.').next().unwrap_or_default())
    })?;
    Some(format!("{shown}: `{}` says nothing; name it after what is in it", part.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_something_is_fine() {
        assert_eq!(inspect(Path::new("domain/src/post/store.rs")), None);
        assert_eq!(inspect(Path::new("app/src/ui/commons_picture.rs")), None);
    }

    #[test]
    fn mod_rs_is_found() {
        assert!(inspect(Path::new("app/src/post/mod.rs")).is_some());
    }

    #[test]
    fn an_empty_word_is_found_as_file_and_as_folder() {
        assert!(inspect(Path::new("app/src/utils.rs")).is_some());
        assert!(inspect(Path::new("domain/src/common/clock.rs")).is_some());
        assert!(inspect(Path::new("end2end/support/helpers.ts")).is_some());
    }
}
