//! The map of the pages: what answers at which address.

use leptos::tachys::view::iterators::StaticVec;
use leptos_router::{
    ChooseView, MatchNestedRoutes, NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use crate::{
    feed,
    part::{Later, Part, later},
};

/// A page at its address.
struct Place {
    route: AnyNestedRoute,
    /// None for what is loaded at first.
    part: Option<Part>,
}

fn places() -> Vec<Place> {
    vec![
        first(path!("/"), feed::HomePage),
        other(path!("/signup"), later!(account: account::SignUpPage)),
        other(path!("/login"), later!(account: account::LogInPage)),
        other(path!("/forgot"), later!(account: account::ForgotPage)),
        other(path!("/verify/:token"), later!(account: account::VerifyPage)),
        other(path!("/reset/:token"), later!(account: account::ResetPage)),
        other(path!("/p/:post"), later!(post: post::PostPage)),
        other(path!("/p/:post/likes"), later!(profile: like::LikesPage)),
        other(path!("/p/:post/edit"), later!(post: post::EditPage)),
        other(path!("/p/:post/delete"), later!(post: post::RemovePage)),
        other(path!("/p/:post/history"), later!(post: post::HistoryPage)),
        other(path!("/u/:username"), later!(profile: profile::ProfilePage)),
        other(path!("/chat"), later!(chat: chat::ChatsPage)),
        other(path!("/chat/:username"), later!(chat: chat::ChatPage)),
        other(path!("/ui"), later!(gallery: frame::GalleryPage)),
    ]
}

fn first(path: impl PossibleRouteMatch + Clone + Send + 'static, page: impl ChooseView) -> Place {
    Place { route: NestedRoute::new(path, page).into_any_nested_route(), part: None }
}

fn other(path: impl PossibleRouteMatch + Clone + Send + 'static, page: Later) -> Place {
    Place { part: Some(page.part), ..first(path, page) }
}

/// What the router chooses from.
pub(crate) fn routes() -> StaticVec<AnyNestedRoute> {
    places().into_iter().map(|place| place.route).collect::<Vec<_>>().into()
}

fn is_at(place: &Place, path: &str) -> bool {
    matches!(place.route.match_nested(path), (Some(_), "" | "/"))
}

fn part_of(path: &str) -> Option<Part> {
    places().into_iter().find(|place| is_at(place, path))?.part
}

/// Whether the same page answers at both.
pub(crate) fn are_one_place(path: &str, other: &str) -> bool {
    let places = places();
    let at = |path| places.iter().position(|place| is_at(place, path));
    at(path).is_some_and(|place| at(other) == Some(place))
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
