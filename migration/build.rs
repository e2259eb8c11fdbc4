//! Lists the SQL files in `src`, so that a new one needs no line anywhere.

use std::{collections::BTreeSet, env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.file_name().into_string().map_err(|_| "the name of a file is no text")?;
        if let Some(name) = file.strip_suffix(".sql") {
            names.insert(name.trim_end_matches(".sqlite").trim_end_matches(".postgres").to_owned());
        }
    }
    let mut list = String::from("const CHANGES: &[Change] = &[\n");
    for name in names {
        let file = |database: &str| {
            let own = folder.join(format!("{name}.{database}.sql"));
            if own.is_file() { own } else { folder.join(format!("{name}.sql")) }
        };
        writeln!(
            list,
            "    Change {{ name: {name:?}, sqlite: include_str!({:?}), postgres: include_str!({:?}) }},",
            file("sqlite"),
            file("postgres"),
        )?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("changes.rs"), list)?;
    Ok(())
}
