//! The map of the pages: what answers at which address.

use leptos::tachys::view::iterators::StaticVec;
use leptos_router::{
    ChooseView, MatchNestedRoutes, NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use crate::{
    feed,
    lazy::{LazyPage, Part, lazy_page},
};

/// A page at its address.
struct Entry {
    route: AnyNestedRoute,
    /// None for what is loaded at first.
    part: Option<Part>,
}

fn table() -> Vec<Entry> {
    vec![
        eager(path!("/"), feed::HomePage),
        lazy(path!("/signup"), lazy_page!(account: account::SignUpPage)),
        lazy(path!("/login"), lazy_page!(account: account::LogInPage)),
        lazy(path!("/forgot"), lazy_page!(account: account::ForgotPage)),
        lazy(path!("/verify/:token"), lazy_page!(account: account::VerifyPage)),
        lazy(path!("/reset/:token"), lazy_page!(account: account::ResetPage)),
        lazy(path!("/p/:post"), lazy_page!(post: post::PostPage)),
        lazy(path!("/p/:post/likes"), lazy_page!(profile: like::LikesPage)),
        lazy(path!("/p/:post/edit"), lazy_page!(post: post::EditPage)),
        lazy(path!("/p/:post/delete"), lazy_page!(post: post::RemovePage)),
        lazy(path!("/p/:post/history"), lazy_page!(post: post::HistoryPage)),
        lazy(path!("/u/:username"), lazy_page!(profile: profile::ProfilePage)),
        lazy(path!("/chat"), lazy_page!(chat: chat::ChatsPage)),
        lazy(path!("/chat/:username"), lazy_page!(chat: chat::ChatPage)),
        lazy(path!("/ui"), lazy_page!(gallery: frame::GalleryPage)),
    ]
}

fn eager(path: impl PossibleRouteMatch + Clone + Send + 'static, page: impl ChooseView) -> Entry {
    Entry { route: NestedRoute::new(path, page).into_any_nested_route(), part: None }
}

fn lazy(path: impl PossibleRouteMatch + Clone + Send + 'static, page: LazyPage) -> Entry {
    Entry { part: Some(page.part), ..eager(path, page) }
}

/// What the router chooses from.
pub(crate) fn routes() -> StaticVec<AnyNestedRoute> {
    table().into_iter().map(|entry| entry.route).collect::<Vec<_>>().into()
}

fn is_at(entry: &Entry, path: &str) -> bool {
    matches!(entry.route.match_nested(path), (Some(_), "" | "/"))
}

fn part_of(path: &str) -> Option<Part> {
    table().into_iter().find(|entry| is_at(entry, path))?.part
}

/// Whether the same page answers at both.
pub(crate) fn is_same_page(path: &str, other: &str) -> bool {
    let table = table();
    let at = |path| table.iter().position(|entry| is_at(entry, path));
    at(path).is_some_and(|entry| at(other) == Some(entry))
}

/// The name of the part that the page at `path` is in, if that is not the first.
pub fn part_name(path: &str) -> Option<&'static str> {
    part_of(path).map(|part| part.name)
}

/// Loads what the page at `path` needs; says whether it is there now.
pub async fn load(path: &str) -> bool {
    match part_of(path) {
        Some(part) => (part.load)().await.is_ok(),
        None => true,
    }
}
