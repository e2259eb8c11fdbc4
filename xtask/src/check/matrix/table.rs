//! `domain/src/block/matrix.rs`: constants that are lists of `shows(name, &[tests])` and `neutral(name, reason)`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use syn::spanned::Spanned;
use syn::{Expr, Item, Lit};

use super::MATRIX;
use crate::files;

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) line: usize,
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
    pub(crate) fn read(path: &Path) -> Result<Table> {
        if path.is_file() { Table::parse(&files::read_text(path)?) } else { Ok(Table::default()) }
    }

    pub(crate) fn parse(text: &str) -> Result<Table> {
        let file = syn::parse_file(text).map_err(|error| anyhow!("{MATRIX} is no Rust: {error}"))?;
        let mut lists = BTreeMap::new();
        for item in file.items {
            if let Item::Const(constant) = item
                && let Some(elements) = elements(&constant.expr)
            {
                let entries = elements.iter().map(entry).collect::<Result<Vec<Entry>>>()?;
                lists.insert(constant.ident.to_string(), entries);
            }
        }
        Ok(Table(lists))
    }

    pub(crate) fn list(&self, name: &str) -> &[Entry] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
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

fn entry(element: &&Expr) -> Result<Entry> {
    let line = element.span().start().line;
    read_entry(element, line).ok_or_else(|| {
        anyhow!("{MATRIX}:{line}: only shows(\"name\", &[\"test\", …]) and neutral(\"name\", \"reason\") are understood here")
    })
}

fn read_entry(element: &Expr, line: usize) -> Option<Entry> {
    let Expr::Call(call) = element else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    let mut arguments = call.args.iter();
    let (first, second) = (arguments.next()?, arguments.next()?);
    let claim = match function.path.segments.last()?.ident.to_string().as_str() {
        "shows" => Claim::Shows(elements(second)?.into_iter().map(text).collect::<Option<_>>()?),
        "neutral" => Claim::Neutral(text(second)?),
        _ => return None,
    };
    Some(Entry { name: text(first)?, line, claim })
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
