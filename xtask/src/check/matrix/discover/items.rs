//! Functions and enums, found with their signatures.

use std::path::Path;

use anyhow::{Result, anyhow};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Item, Signature, Type, Visibility};

use super::Found;

pub(crate) fn use_cases(module: &[String], path: &Path, text: &str) -> Result<Vec<Found>> {
    functions(module, path, text, |function| {
        matches!(function.visibility, Visibility::Public(_))
            && function.signature.asyncness.is_some()
            && takes(function.signature, 0, "Cx")
            && takes(function.signature, 1, "Scope")
    })
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) found: Found,
    /// The type that it holds, when that is all it holds.
    pub(crate) inner: Option<String>,
}

/// All enums of a file, by name.
pub(crate) fn enums(path: &Path, text: &str) -> Result<Vec<(String, Vec<Variant>)>> {
    let variant = |variant: &syn::Variant| Variant {
        found: Found { name: variant.ident.to_string(), place: place(path, variant.span()) },
        inner: inner_type(variant),
    };
    let enums = parse(path, text)?.items.into_iter().filter_map(|item| match item {
        Item::Enum(item) => Some((item.ident.to_string(), item.variants.iter().map(variant).collect())),
        _ => None,
    });
    Ok(enums.collect())
}

fn inner_type(variant: &syn::Variant) -> Option<String> {
    let syn::Fields::Unnamed(fields) = &variant.fields else { return None };
    let mut fields = fields.unnamed.iter();
    match (fields.next()?, fields.next()) {
        (syn::Field { ty: Type::Path(path), .. }, None) => {
            path.path.segments.last().map(|last| last.ident.to_string())
        }
        _ => None,
    }
}

/// A function, free or in an impl block.
struct Function<'a> {
    visibility: &'a Visibility,
    signature: &'a Signature,
}

fn functions(
    module: &[String],
    path: &Path,
    text: &str,
    wanted: fn(&Function) -> bool,
) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    collect(module, path, &parse(path, text)?.items, wanted, &mut found);
    Ok(found)
}

fn collect(
    module: &[String],
    path: &Path,
    items: &[Item],
    wanted: fn(&Function) -> bool,
    found: &mut Vec<Found>,
) {
    let mut inspect = |visibility, signature: &Signature| {
        if wanted(&Function { visibility, signature }) {
            let name = [module, &[signature.ident.to_string()]].concat().join("::");
            found.push(Found { name, place: place(path, signature.span()) });
        }
    };
    for item in items {
        match item {
            Item::Fn(item) => inspect(&item.vis, &item.sig),
            Item::Impl(block) => {
                for item in &block.items {
                    if let syn::ImplItem::Fn(item) = item {
                        inspect(&item.vis, &item.sig);
                    }
                }
            }
            _ => {}
        }
    }
    for item in items {
        if let Item::Mod(inner) = item
            && let Some((_, items)) = &inner.content
            && !is_for_tests(&inner.attrs)
        {
            let module = [module, &[inner.ident.to_string()]].concat();
            collect(&module, path, items, wanted, found);
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

/// Whether the argument at the position is of the type, by reference or not.
fn takes(signature: &Signature, position: usize, name: &str) -> bool {
    let Some(FnArg::Typed(argument)) = signature.inputs.iter().nth(position) else { return false };
    let mut kind = &*argument.ty;
    while let Type::Reference(reference) = kind {
        kind = &reference.elem;
    }
    matches!(kind, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

fn parse(path: &Path, text: &str) -> Result<syn::File> {
    syn::parse_file(text).map_err(|error| {
        let line = error.span().start().line;
        anyhow!("{}:{line} is no Rust: {error}", path.display())
    })
}

fn place(path: &Path, span: proc_macro2::Span) -> String {
    format!("{}:{}", path.display(), span.start().line)
}
