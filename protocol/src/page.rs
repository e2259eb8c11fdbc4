//! A piece of a list.

use serde::{Deserialize, Serialize};

/// A piece of a list that is read on by naming the last item that was seen, never by counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// Whether the list goes on after the last item.
    pub more: bool,
}

impl<T> Page<T> {
    /// Items a page holds at most.
    pub const SIZE: u64 = 20;

    /// Makes a page of rows that were read one beyond its size, to see whether the list goes on.
    pub fn from_rows(mut items: Vec<T>) -> Self {
        let more = items.len() as u64 > Self::SIZE;
        items.truncate(Self::SIZE as usize);
        Self { items, more }
    }

    /// An empty page, the end of its list.
    pub const fn empty() -> Self {
        Self { items: Vec::new(), more: false }
    }
}

#[cfg(test)]
mod tests;
