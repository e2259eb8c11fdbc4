//! The table of the pages: what answers at which address, for whom, and in which part of the client.

use leptos::tachys::view::iterators::StaticVec;
use leptos_router::{
    ChooseView, MatchNestedRoutes, NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use crate::{
    account, block, chat, export, feed, gallery, history,
    lazy::{LazyPage, LazyRoute, Part, lazy_page},
    like, notification, people, post, profile, search, security,
};

/// Who may open a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever is signed in: it shows people or their things. Others are asked to log in first.
    Members,
    /// Whoever is not signed in: the way in. Others are led home.
    Visitors,
    /// Whoever has the address.
    Everyone,
}

/// A page at its address.
struct Entry {
    route: AnyNestedRoute,
    access: Access,
    /// None for what is loaded at first.
    part: Option<Part>,
}

fn table() -> Vec<Entry> {
    use Access::{Everyone, Members, Visitors};
    vec![
        eager(path!("/"), Everyone, feed::HomePage),
        lazy(path!("/signup"), Visitors, lazy_page!(account: account::SignUpPage)),
        lazy(path!("/login"), Visitors, lazy_page!(account: account::LogInPage)),
        lazy(path!("/login/code"), Visitors, lazy_page!(account: account::CodePage)),
        lazy(path!("/forgot"), Visitors, lazy_page!(account: account::ForgotPage)),
        lazy(path!("/verify/:token"), Everyone, lazy_page!(account: account::VerifyPage)),
        lazy(path!("/reset/:token"), Everyone, lazy_page!(account: account::ResetPage)),
        lazy(path!("/email/:token"), Everyone, lazy_page!(account: account::ConfirmEmailPage)),
        lazy(path!("/settings/account"), Members, lazy_page!(settings: account::AccountSettingsPage)),
        lazy(path!("/settings/security"), Members, lazy_page!(settings: security::SecurityPage)),
        lazy(path!("/settings/security/two-factor"), Members, lazy_page!(settings: security::SetUpPage)),
        lazy(path!("/settings/security/passkey"), Members, lazy_page!(settings: security::PasskeyPage)),
        lazy(path!("/history"), Members, lazy_page!(settings: history::HistoryPage)),
        lazy(path!("/p/:post"), Members, lazy_page!(post: post::PostPage)),
        lazy(path!("/p/:post/likes"), Members, lazy_page!(profile: like::LikesPage)),
        lazy(path!("/p/:post/edit"), Members, lazy_page!(post: post::EditPage)),
        lazy(path!("/p/:post/delete"), Members, lazy_page!(post: post::RemovePage)),
        lazy(path!("/p/:post/history"), Members, lazy_page!(post: post::HistoryPage)),
        lazy(path!("/u/:username"), Members, lazy_page!(profile: profile::ProfilePage)),
        lazy(path!("/settings/profile"), Members, lazy_page!(settings: profile::ProfileSettingsPage)),
        lazy(path!("/u/:username/followers"), Members, lazy_page!(profile: people::FollowersPage)),
        lazy(path!("/u/:username/following"), Members, lazy_page!(profile: people::FollowingPage)),
        lazy(path!("/u/:username/block"), Members, lazy_page!(profile: block::BlockPage)),
        lazy(path!("/people"), Members, lazy_page!(profile: search::PeoplePage)),
        lazy(path!("/settings/blocked"), Members, lazy_page!(settings: block::BlockedPage)),
        lazy(path!("/chat"), Members, lazy_page!(chat: chat::ChatsPage)),
        lazy(path!("/chat/:username"), Members, lazy_page!(chat: chat::ChatPage)),
        lazy(path!("/notifications"), Members, lazy_page!(notification: notification::NotificationsPage)),
        lazy(
            path!("/settings/notifications"),
            Members,
            lazy_page!(settings: notification::NotificationSettingsPage),
        ),
        lazy(path!("/settings/export"), Members, lazy_page!(settings: export::ExportPage)),
        lazy(path!("/settings/delete"), Members, lazy_page!(settings: account::DeleteAccountPage)),
        lazy(path!("/ui"), Everyone, lazy_page!(gallery: gallery::GalleryPage)),
    ]
}

fn eager(
    path: impl PossibleRouteMatch + Clone + Send + 'static,
    access: Access,
    page: impl ChooseView,
) -> Entry {
    Entry { route: NestedRoute::new(path, page).into_any_nested_route(), access, part: None }
}

fn lazy(path: impl PossibleRouteMatch + Clone + Send + 'static, access: Access, page: LazyPage) -> Entry {
    Entry { part: Some(page.part), ..eager(path, access, LazyRoute { page, is_same_page }) }
}

thread_local! {
    /// Made once: each request asks for several things in it.
    static TABLE: Vec<Entry> = table();
}

fn find<T>(path: &str, read: impl FnOnce(&Entry) -> T) -> Option<T> {
    TABLE.with(|table| table.iter().find(|entry| is_at(entry, path)).map(read))
}

fn is_at(entry: &Entry, path: &str) -> bool {
    matches!(entry.route.match_nested(path), (Some(_), "" | "/"))
}

/// What the router chooses from.
pub(crate) fn routes() -> StaticVec<AnyNestedRoute> {
    table().into_iter().map(|entry| entry.route).collect::<Vec<_>>().into()
}

/// Who may open the page at `path`; none where there is no page.
pub fn access(path: &str) -> Option<Access> {
    find(path, |entry| entry.access)
}

/// Whether the same page answers at both.
fn is_same_page(path: &str, other: &str) -> bool {
    TABLE.with(|table| {
        let at = |path| table.iter().position(|entry| is_at(entry, path));
        at(path).is_some_and(|entry| at(other) == Some(entry))
    })
}

/// The name of the part that the page at `path` is in, if that is not the first.
pub fn part_name(path: &str) -> Option<&'static str> {
    find(path, |entry| entry.part)?.map(|part| part.name)
}

/// The names of the parts whose stylesheets a page needs. Whoever is not signed in finds the welcome page at `/`.
pub fn styled_parts(path: &str, is_member: bool) -> impl Iterator<Item = &'static str> {
    let welcome = (!is_member).then_some("account");
    welcome.into_iter().chain(part_name(path).filter(move |part| Some(*part) != welcome))
}

/// The names of all parts.
pub fn part_names() -> Vec<&'static str> {
    TABLE.with(|table| table.iter().filter_map(|entry| entry.part).map(|part| part.name).collect())
}

/// Loads what the page at `path` needs; whether it is there now.
pub async fn load(path: &str) -> bool {
    match find(path, |entry| entry.part).flatten() {
        Some(part) => part.load().await,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_says_who_may_open_it() {
        for path in [
            "/p/1",
            "/p/1/likes",
            "/p/1/edit",
            "/p/1/delete",
            "/p/1/history",
            "/u/ana",
            "/settings/profile",
            "/chat",
            "/chat/ana",
            "/notifications",
            "/settings/notifications",
        ] {
            assert_eq!(access(path), Some(Access::Members), "{path}");
        }
        for path in [
            "/settings/account",
            "/settings/security",
            "/settings/security/two-factor",
            "/settings/security/passkey",
            "/history",
        ] {
            assert_eq!(access(path), Some(Access::Members), "{path}");
        }
        for path in ["/signup", "/login", "/login/code", "/forgot"] {
            assert_eq!(access(path), Some(Access::Visitors), "{path}");
        }
        for path in ["/", "/verify/token", "/reset/token", "/email/token"] {
            assert_eq!(access(path), Some(Access::Everyone), "{path}");
        }
    }

    #[test]
    fn a_slash_at_the_end_changes_nothing_and_other_addresses_are_no_pages() {
        assert_eq!(access("/chat/"), Some(Access::Members));
        assert_eq!(access("/u/ana/"), Some(Access::Members));
        for path in
            ["/live", "/media/1/small", "/api/app/post/view", "/p/1/nothing", "/p", "/logout", "/login/x"]
        {
            assert_eq!(access(path), None, "{path}");
        }
    }

    #[test]
    fn two_people_have_the_same_page_and_a_list_another_one() {
        assert!(is_same_page("/chat/ana", "/chat/ben"));
        assert!(!is_same_page("/chat", "/chat/ben"));
        assert!(!is_same_page("/nowhere", "/nowhere"));
    }
}
