//! SPDX expressions: `MIT OR (Apache-2.0 WITH LLVM-exception AND ISC)`, and the older `MIT/Apache-2.0`.

use anyhow::{Result, bail, ensure};

/// Whether the expression can be satisfied with licences of the list.
pub(crate) fn satisfied(expression: &str, allowed: &[&str]) -> Result<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = Words { words: spaced.split_whitespace().collect(), at: 0 };
    let satisfied = words.any(allowed)?;
    ensure!(words.peek().is_none(), "`{}` was not expected", words.peek().unwrap_or_default());
    Ok(satisfied)
}

struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).copied()
    }

    fn next(&mut self) -> Option<&'a str> {
        self.at += 1;
        self.words.get(self.at - 1).copied()
    }

    fn take(&mut self, word: &str) -> bool {
        let taken = self.peek() == Some(word);
        self.at += usize::from(taken);
        taken
    }

    // Both sides are always read, also where the first one decides: the words have to be used up.
    fn any(&mut self, allowed: &[&str]) -> Result<bool> {
        let mut satisfied = self.all(allowed)?;
        while self.take("OR") {
            satisfied |= self.all(allowed)?;
        }
        Ok(satisfied)
    }

    fn all(&mut self, allowed: &[&str]) -> Result<bool> {
        let mut satisfied = self.one(allowed)?;
        while self.take("AND") {
            satisfied &= self.one(allowed)?;
        }
        Ok(satisfied)
    }

    fn one(&mut self, allowed: &[&str]) -> Result<bool> {
        if self.take("(") {
            let satisfied = self.any(allowed)?;
            ensure!(self.take(")"), "a parenthesis does not close");
            return Ok(satisfied);
        }
        let Some(licence) = self.next() else { bail!("it ends too early") };
        ensure!(!["OR", "AND", "WITH", ")"].contains(&licence), "`{licence}` was not expected");
        if self.take("WITH") {
            let Some(exception) = self.next() else { bail!("it ends too early") };
            return Ok(allowed.contains(&format!("{licence} WITH {exception}").as_str()));
        }
        Ok(allowed.contains(&licence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[&str] = &["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];

    fn fine(expression: &str) -> bool {
        satisfied(expression, ALLOWED).unwrap()
    }

    #[test]
    fn one_of_several_is_enough() {
        assert!(fine("GPL-3.0 OR MIT") && fine("MIT/GPL-3.0") && !fine("GPL-3.0 OR LGPL-3.0"));
    }

    #[test]
    fn all_of_several_are_needed() {
        assert!(fine("MIT AND Apache-2.0") && !fine("MIT AND GPL-3.0"));
    }

    #[test]
    fn and_binds_more_closely_than_or() {
        assert!(fine("MIT OR GPL-3.0 AND LGPL-3.0") && !fine("(MIT OR GPL-3.0) AND LGPL-3.0"));
    }

    #[test]
    fn an_exception_is_a_licence_of_its_own() {
        assert!(fine("Apache-2.0 WITH LLVM-exception") && !fine("MIT WITH Some-exception"));
    }

    #[test]
    fn nonsense_is_refused() {
        for nonsense in ["", "MIT OR", "(MIT", "MIT MIT", "AND MIT"] {
            assert!(satisfied(nonsense, ALLOWED).is_err(), "{nonsense}");
        }
    }
}
