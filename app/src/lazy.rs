//! The parts of the client: what is loaded at first has the feed in it, every other page comes with a part that is loaded
//! when somebody goes there.

use std::{future::Future, pin::Pin};

use futures::future::join;
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_router::{ChooseView, hooks::use_location};
pub(crate) use wasm_split_helpers::{SplitLoaderError as LoadError, wasm_split};

use crate::{
    browser,
    effect::effect,
    error::AppError,
    page::{ErrorPage, here},
    platform::ON_HOST,
    stylesheet,
};

type LoadFuture<T> = Pin<Box<dyn Future<Output = Result<T, LoadError>>>>;

/// A part of the client, loaded or not.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// As the built client calls it, and its stylesheet.
    pub(crate) name: &'static str,
    pub(crate) load_code: fn() -> LoadFuture<()>,
}

impl Part {
    /// Loads its code and its stylesheet; whether both are there now.
    pub(crate) async fn load(self) -> bool {
        let (code, styles) = join((self.load_code)(), stylesheet::load(self.name)).await;
        code.is_ok() && styles
    }
}

/// A page, and the part that it is in.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage {
    pub(crate) part: Part,
    pub(crate) render: fn() -> LoadFuture<AnyView>,
}

/// A lazy page as the router takes it.
#[derive(Clone, Copy)]
pub(crate) struct LazyRoute {
    pub(crate) page: LazyPage,
    /// Whether one page answers at both paths; the table of the pages knows.
    pub(crate) is_same_page: fn(&str, &str) -> bool,
}

/// `lazy_page!(chat: chat::ChatsPage)` is the page in the part `chat`. All pages of a part are one file, next to
/// those that it shares with other parts.
macro_rules! lazy_page {
    ($part:ident: $page:path) => {{
        #[$crate::lazy::wasm_split($part, fallible, preload(load))]
        fn render() -> Result<::leptos::prelude::AnyView, $crate::lazy::LoadError> {
            Ok(::leptos::prelude::IntoAny::into_any($page()))
        }
        $crate::lazy::LazyPage {
            part: $crate::lazy::Part { name: stringify!($part), load_code: || Box::pin(load()) },
            render: || Box::pin(render()),
        }
    }};
}
pub(crate) use lazy_page;

/// Something within a page that is loaded once the page is there, if it `is_wanted` there: it stands in none that the server
/// sends. What does not come is missed by nobody, because it is to be had elsewhere as well.
#[component]
pub(crate) fn Deferred(page: LazyPage, is_wanted: fn() -> bool) -> impl IntoView {
    // On the host, whatever thread sends the page drops what was made for it; what waits here must not leave its own.
    (!ON_HOST).then(move || {
        let (view, is_here) = (StoredValue::new_local(None), RwSignal::new(false));
        effect(move || {
            if is_wanted() {
                leptos::task::spawn_local(ScopedFuture::new(async move {
                    if let (Ok(loaded), true) = join((page.render)(), stylesheet::load(page.part.name)).await
                    {
                        view.try_set_value(Some(loaded));
                        is_here.try_set(true);
                    }
                }));
            }
        });
        move || is_here.get().then(|| view.try_update_value(Option::take).flatten())
    })
}

impl ChooseView for LazyRoute {
    async fn preload(&self) {
        // If this fails, the part is loaded again when the page is rendered.
        _ = self.page.part.load().await;
    }

    async fn choose(self) -> AnyView {
        let path = use_location().pathname;
        let asked = path.get_untracked();
        let (page, styles) = join((self.page.render)(), stylesheet::load(self.page.part.name)).await;
        let now = move || path.try_get_untracked().unwrap_or_default();
        let is_reached = match page {
            Ok(page) if styles && now() == asked => return page,
            Ok(_) if styles => true,
            _ => browser::is_server_reachable().await,
        };
        if !(self.is_same_page)(&now(), &asked) {
            // They went elsewhere.
            return ().into_any();
        }
        // Without the part, the server answers instead, which may have a newer client by now, and which needs none. The same
        // when somebody was quicker and went on to another page of this kind: the router told only this one, which is not there.
        let address = format!("{}{}", here(), use_location().hash.get_untracked());
        if is_reached || now() != asked {
            browser::navigate(&address);
            return std::future::pending().await;
        }
        // The browser's own error page would replace the whole app.
        let reload = Callback::new(move |()| browser::navigate(&address));
        view! { <ErrorPage error=AppError::Transport reload /> }.into_any()
    }
}
