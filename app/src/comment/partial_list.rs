use protocol::{CommentId, comment::CommentView};
use uuid::Uuid;

/// A partially loaded list: oldest first, complete up to its gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartialList<T> {
    items: Vec<T>,
    /// The last one before a gap: of what comes after it only one's own is known here.
    gap: Option<CommentId>,
}

/// Something in such a list.
pub(super) trait ListItem {
    fn id(&self) -> CommentId;

    /// Takes what the server says of the same thing, asked when `newest` was the newest that was known here.
    fn merge(&mut self, answer: Self, newest: Option<CommentId>);

    /// The newest id in it.
    fn newest(&self) -> CommentId;
}

impl<T: ListItem> PartialList<T> {
    pub(super) fn new(items: Vec<T>, more: bool) -> Self {
        let mut list = Self { items: Vec::new(), gap: None };
        list.refresh(None, items, more, None);
        list
    }

    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    pub(super) fn into_items(self) -> Vec<T> {
        self.items
    }

    pub(super) fn for_each(&mut self, change: impl FnMut(&mut T)) {
        self.items.iter_mut().for_each(change);
    }

    /// The items before the gap.
    pub(super) fn before_gap(&self) -> impl Iterator<Item = &T> {
        self.items.iter().filter(|item| self.gap.is_none_or(|gap| item.id() <= gap))
    }

    /// The reader's own items after the gap.
    pub(super) fn after_gap(&self) -> impl Iterator<Item = &T> {
        self.items.iter().filter(|item| self.gap.is_some_and(|gap| item.id() > gap))
    }

    pub(super) fn gap(&self) -> Option<CommentId> {
        self.gap
    }

    /// The last item of the complete part.
    pub(super) fn end(&self) -> Option<CommentId> {
        self.gap.or_else(|| self.items.last().map(ListItem::id))
    }

    pub(super) fn get(&self, id: CommentId) -> Option<&T> {
        self.position(id).ok().and_then(|position| self.items.get(position))
    }

    pub(super) fn get_mut(&mut self, id: CommentId) -> Option<&mut T> {
        self.position(id).ok().and_then(|position| self.items.get_mut(position))
    }

    /// Inserts an item that was just published, if it belongs to the complete part. The reader's own always does.
    pub(super) fn insert(&mut self, item: T, own: bool) {
        if own || self.gap.is_none_or(|gap| item.id() <= gap) || self.get(item.id()).is_some() {
            self.upsert(item, None);
        }
    }

    pub(super) fn remove(&mut self, id: CommentId) {
        self.items.retain(|item| item.id() != id);
    }

    /// Puts items in front, which are whole up to those that are there.
    pub(super) fn prepend(&mut self, items: Vec<T>) {
        for item in items {
            self.upsert(item, None);
        }
    }

    /// Takes what the server says stands after `after`, or from the beginning. What is known of that part and is not
    /// said any more is gone, unless it came after `newest`, the newest that was known when the server was asked.
    pub(super) fn refresh(
        &mut self,
        after: Option<CommentId>,
        items: Vec<T>,
        more: bool,
        newest: Option<CommentId>,
    ) {
        let end = self.end();
        let last = items.last().map(ListItem::id).or(after);
        let answer: Vec<CommentId> = items.iter().map(ListItem::id).collect();
        self.items.retain(|item| {
            let id = item.id();
            let covered = after.is_none_or(|after| id > after) && (!more || Some(id) <= last);
            !covered || answer.contains(&id) || Some(id) > newest
        });
        for item in items {
            self.upsert(item, newest);
        }
        // An empty part with more behind it goes on from before everything.
        self.gap = more.then(|| end.max(last).unwrap_or_else(|| Uuid::nil().into()));
    }

    fn upsert(&mut self, item: T, newest: Option<CommentId>) {
        match self.position(item.id()) {
            Ok(position) => {
                if let Some(known) = self.items.get_mut(position) {
                    known.merge(item, newest);
                }
            }
            Err(position) => self.items.insert(position, item),
        }
    }

    fn position(&self, id: CommentId) -> Result<usize, usize> {
        self.items.binary_search_by_key(&id, ListItem::id)
    }

    pub(super) fn newest(&self) -> Option<CommentId> {
        self.items.iter().map(ListItem::newest).max()
    }
}

impl ListItem for CommentView {
    fn id(&self) -> CommentId {
        self.id
    }

    fn merge(&mut self, answer: Self, _newest: Option<CommentId>) {
        // Once removed, it stays so; of two texts the later one counts.
        if self.author.is_some() && (answer.author.is_none() || answer.version >= self.version) {
            let answers = self.answers.take();
            *self = Self { answers, ..answer };
        }
    }

    fn newest(&self) -> CommentId {
        self.id
    }
}
