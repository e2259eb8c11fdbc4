//! Which module imports which, and where that leads round.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::source::{ModulePath, Source};

/// Each module with those that it imports, and the first place where it does.
pub(crate) struct Graph<'a> {
    arrows: BTreeMap<&'a ModulePath, BTreeMap<ModulePath, String>>,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        let mut arrows = BTreeMap::new();
        for (from, module) in &source.modules {
            let mut imported = BTreeMap::new();
            for mention in &module.mentions {
                let target = source.resolve(from, &mention.path);
                if let Some(target) = target.filter(|target| !target.starts_with(from)) {
                    imported.entry(target).or_insert_with(|| {
                        format!("{}:{} ({})", module.file.display(), mention.line, mention.path.join("::"))
                    });
                }
            }
            arrows.insert(from, imported);
        }
        Self { arrows }
    }

    /// The sets of modules that reach each other.
    pub(crate) fn circles(&self) -> Vec<BTreeSet<&'a ModulePath>> {
        let reached: BTreeMap<_, _> =
            self.arrows.keys().map(|module| (*module, self.reach(module))).collect();
        let mut circles = BTreeSet::new();
        for (module, others) in &reached {
            let circle: BTreeSet<_> = others
                .iter()
                .copied()
                .filter(|other| reached.get(other).is_some_and(|back| back.contains(module)))
                .collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    /// The places of the imports along the shortest way round a circle.
    pub(crate) fn shortest_round(&self, circle: &BTreeSet<&'a ModulePath>) -> Vec<String> {
        let rounds = circle.iter().filter_map(|start| self.round(start));
        rounds.min_by_key(Vec::len).unwrap_or_default()
    }

    /// The shortest way from a module back to it.
    fn round(&self, start: &'a ModulePath) -> Option<Vec<String>> {
        let mut ways = VecDeque::from([(start, Vec::new())]);
        let mut seen = BTreeSet::new();
        while let Some((at, way)) = ways.pop_front() {
            for (next, place) in self.arrows.get(at)? {
                let way = [way.as_slice(), std::slice::from_ref(place)].concat();
                if next == start {
                    return Some(way);
                }
                if let Some((next, _)) = self.arrows.get_key_value(next)
                    && seen.insert(*next)
                {
                    ways.push_back((next, way));
                }
            }
        }
        None
    }

    /// All modules to which imports lead from this one.
    fn reach(&self, start: &'a ModulePath) -> BTreeSet<&'a ModulePath> {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for next in self.arrows.get(at).into_iter().flat_map(BTreeMap::keys) {
                if let Some((next, _)) = self.arrows.get_key_value(next)
                    && reached.insert(*next)
                {
                    open.push(next);
                }
            }
        }
        reached
    }
}
