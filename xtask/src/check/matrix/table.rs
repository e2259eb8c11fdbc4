//! The entries: constants that are lists of `shows(name, &[tests])` and `neutral(name, reason)`, in the slices of the domain and in
//! `domain/src/block/matrix.rs`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use syn::spanned::Spanned;
use syn::{Expr, Item, Lit};

use super::{Findings, MATRIX};
use crate::files;

/// The constant in which a slice has its entries.
const SURFACES: &str = "SURFACES";

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// File and line.
    pub(crate) place: String,
    /// The slice whose file it stands in; none for what stands in the matrix.
    slice: Option<String>,
    pub(crate) claim: Claim,
}

#[derive(Debug)]
pub(crate) enum Claim {
    /// Shows people or their things; these tests have a blocked person in them.
    Shows(Vec<String>),
    /// Shows nobody else, for this reason.
    Neutral(String),
}

#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<String, Vec<Entry>>);

impl Table {
    /// A matrix that is not written yet is empty.
    pub(crate) fn read(root: &Path) -> Result<Table> {
        let mut table = Table::default();
        if root.join(MATRIX).is_file() {
            table.add(MATRIX, None, &files::read_text(&root.join(MATRIX))?, |_| true)?;
        }
        let folder = root.join("domain/src");
        for path in files::walk_extension(&folder, "rs")? {
            let inside = path.strip_prefix(&folder)?;
            // A slice is a file at the top.
            let (1, Some(slice)) = (inside.iter().count(), inside.file_stem()) else { continue };
            let slice = slice.to_string_lossy().into_owned();
            let place = format!("domain/src/{}", inside.display());
            table.add(&place, Some(&slice), &files::read_text(&path)?, |name| name == SURFACES)?;
        }
        Ok(table)
    }

    fn add(&mut self, file: &str, slice: Option<&str>, text: &str, wanted: fn(&str) -> bool) -> Result<()> {
        let items = syn::parse_file(text).map_err(|error| anyhow!("{file} is no Rust: {error}"))?.items;
        for item in items {
            if let Item::Const(constant) = item
                && wanted(&constant.ident.to_string())
                && let Some(elements) = elements(&constant.expr)
            {
                let entries = self.0.entry(constant.ident.to_string()).or_default();
                for element in elements {
                    entries.push(entry(file, slice, element)?);
                }
            }
        }
        Ok(())
    }

    /// The entries in these constants.
    pub(crate) fn entries(&self, constants: &[&str]) -> Vec<&Entry> {
        constants.iter().filter_map(|constant| self.0.get(*constant)).flatten().collect()
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Entries that stand in the file of another slice.
    pub(crate) fn strays(&self) -> Findings {
        let entries = self.0.values().flatten();
        entries
            .filter_map(|Entry { name, place, slice, .. }| {
                let slice = slice.as_ref()?;
                let is_own = name.split("::").next() == Some(slice);
                (!is_own)
                    .then(|| format!("{place}: `{name}` is no use case of this slice; move it to its own"))
            })
            .collect()
    }
}

/// The elements of `&[…]`.
fn elements(expression: &Expr) -> Option<Vec<&Expr>> {
    match expression {
        Expr::Reference(reference) => elements(&reference.expr),
        Expr::Array(array) => Some(array.elems.iter().collect()),
        _ => None,
    }
}

fn entry(file: &str, slice: Option<&str>, element: &Expr) -> Result<Entry> {
    let place = format!("{file}:{}", element.span().start().line);
    let (name, claim) = read_entry(element).ok_or_else(|| {
        anyhow!("{place}: only shows(\"name\", &[\"test\", …]) and neutral(\"name\", \"reason\") are understood here")
    })?;
    Ok(Entry { name, place, slice: slice.map(str::to_owned), claim })
}

fn read_entry(element: &Expr) -> Option<(String, Claim)> {
    let Expr::Call(call) = element else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    let mut arguments = call.args.iter();
    let (first, second) = (arguments.next()?, arguments.next()?);
    let claim = match function.path.segments.last()?.ident.to_string().as_str() {
        "shows" => Claim::Shows(elements(second)?.into_iter().map(text).collect::<Option<_>>()?),
        "neutral" => Claim::Neutral(text(second)?),
        _ => return None,
    };
    Some((text(first)?, claim))
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
