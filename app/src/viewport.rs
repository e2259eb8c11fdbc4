//! Which elements are near the screen. One observer watches all of them, so that a row far away costs nothing.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::effect::effect;
use js_sys::{Array, Map};
use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far around the screen is near: about one more screen in each direction.
const MARGIN: &str = "1200px";

thread_local! {
    static VIEWPORT: Viewport = Viewport::new();
}

/// Calls `change` whenever the element comes near the screen (`true`) or gets far from it (`false`), until the part of the
/// page that asks goes away: then it is far. At first it is far.
pub(crate) fn follow_nearness<E>(node: NodeRef<E>, change: impl Fn(bool) + Copy + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    effect(move || {
        let Some(element) = node.get() else { return };
        let key = VIEWPORT.with(|viewport| viewport.observe(element.unchecked_into(), Rc::new(change)));
        on_cleanup(move || VIEWPORT.with(|viewport| viewport.unobserve(key)));
    });
}

/// Called with whether the element is near now.
type Change = Rc<dyn Fn(bool)>;

struct Viewport {
    observer: Option<IntersectionObserver>,
    observed: Rc<RefCell<Observed>>,
    /// Lives as long as the observer that calls it.
    _on_change: Closure<dyn FnMut(Array)>,
}

#[derive(Default)]
struct Observed {
    last_key: u32,
    /// From elements to keys.
    keys: Map,
    elements: HashMap<u32, ObservedElement>,
}

struct ObservedElement {
    element: Element,
    near: bool,
    change: Change,
}

impl Viewport {
    fn new() -> Self {
        let observed = Rc::new(RefCell::new(Observed::default()));
        let shared = Rc::clone(&observed);
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let changed: Vec<_> =
                entries.iter().filter_map(|entry| shared.borrow_mut().update(&entry)).collect();
            // What is called may observe and stop observing.
            for (change, near) in changed {
                change(near);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let function = on_change.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(function, &options).ok();
        Self { observer, observed, _on_change: on_change }
    }

    fn observe(&self, element: Element, change: Change) -> u32 {
        let mut observed = self.observed.borrow_mut();
        observed.last_key += 1;
        let key = observed.last_key;
        observed.keys.set(&element, &key.into());
        if let Some(observer) = &self.observer {
            observer.observe(&element);
        }
        observed.elements.insert(key, ObservedElement { element, near: false, change });
        key
    }

    fn unobserve(&self, key: u32) {
        let removed = self.observed.borrow_mut().remove(key);
        let Some(ObservedElement { element, near, change }) = removed else { return };
        if let Some(observer) = &self.observer {
            observer.unobserve(&element);
        }
        if near {
            change(false);
        }
    }
}

impl Observed {
    /// Takes what the observer says of an element. Whom to tell, if that is news.
    fn update(&mut self, entry: &wasm_bindgen::JsValue) -> Option<(Change, bool)> {
        let entry = entry.dyn_ref::<IntersectionObserverEntry>()?;
        let key = self.keys.get(&entry.target()).as_f64()?;
        let element = self.elements.get_mut(&(key as u32))?;
        let near = entry.is_intersecting();
        (std::mem::replace(&mut element.near, near) != near).then(|| (Rc::clone(&element.change), near))
    }

    fn remove(&mut self, key: u32) -> Option<ObservedElement> {
        let removed = self.elements.remove(&key)?;
        self.keys.delete(&removed.element);
        Some(removed)
    }
}
