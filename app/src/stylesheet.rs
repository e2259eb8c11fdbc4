//! The stylesheet of a part of the client, loaded when somebody goes to one of its pages.

use futures::channel::oneshot;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Element;

use crate::{assets::sibling, platform::ON_HOST};

/// Loads it, unless it is there; whether it is there now. The host names it in the head of the page itself.
pub(crate) async fn load(part: &str) -> bool {
    if ON_HOST {
        return true;
    }
    let Some((link, loaded)) = find(part) else { return false };
    if has_sheet(&link) {
        return true;
    }
    let has_come = loaded.await.unwrap_or(false);
    if !has_come {
        // The next one who needs it tries again.
        link.remove();
    }
    has_come
}

/// The element that loads it, and what says how that ended.
fn find(part: &str) -> Option<(Element, oneshot::Receiver<bool>)> {
    let main = query("link[rel=stylesheet]")?;
    let address = sibling(&main.get_attribute("href")?, part);
    let link = match query(&format!("link[href='{address}']")) {
        Some(link) => link,
        None => append(&main, &address)?,
    };
    let (done, loaded) = oneshot::channel();
    let on_end = Closure::once_into_js(move |event: web_sys::Event| {
        // Nobody waits any more when the page has gone.
        _ = done.send(event.type_() == "load");
    });
    for event in ["load", "error"] {
        link.add_event_listener_with_callback(event, on_end.unchecked_ref()).ok()?;
    }
    Some((link, loaded))
}

/// A link has a sheet once that has come.
fn has_sheet(link: &Element) -> bool {
    Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}

fn append(main: &Element, address: &str) -> Option<Element> {
    let link = document().create_element("link").ok()?;
    link.set_attribute("rel", "stylesheet").ok()?;
    link.set_attribute("href", address).ok()?;
    main.parent_node()?.append_child(&link).ok()?;
    Some(link)
}

fn query(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
