//! What a browser can ask for: for each server function, route and page that is registered, requests that reach Quetzal's things.

use leptos::server_fn::axum::server_fn_paths;
use protocol::profile::EditProfile;
use serde_json::{Value, json};

use super::scene::{NAME, Scene};
use crate::{
    router,
    tests::{Answer, Browser},
};

/// Something that a browser sends.
#[derive(Debug)]
pub(super) enum Request {
    /// Opens a page.
    Page(String),
    /// Fetches a file.
    File(String),
    /// Sends a form.
    Form(String, Vec<(&'static str, String)>),
    /// Calls a server function.
    Call(&'static str, Value),
}

/// A way in, as the server names it, and what is sent to it.
pub(super) struct Surface {
    pub(super) name: &'static str,
    pub(super) requests: Vec<Request>,
    /// Whether whoever may see Quetzal sees something of theirs here.
    pub(super) shows: bool,
    /// Whether it is called after the others, because Ana stands to Quetzal differently afterwards.
    pub(super) is_last: bool,
}

fn surface(name: &'static str, requests: Vec<Request>) -> Surface {
    Surface { name, requests, shows: false, is_last: false }
}

/// Shows people or their things to whoever may see them.
fn shows(name: &'static str, requests: Vec<Request>) -> Surface {
    Surface { shows: true, ..surface(name, requests) }
}

/// Changes how the two stand to each other, or who is signed in.
fn last(name: &'static str, requests: Vec<Request>) -> Surface {
    Surface { is_last: true, ..surface(name, requests) }
}

pub(super) fn server_functions(scene: &Scene) -> Vec<Surface> {
    let Scene { post, comment, conversation, own_post, own_comment, third_post, picture, .. } = scene;
    let whom = scene.whom();
    let call = |name: &'static str, arguments: Value| surface(name, vec![Request::Call(name, arguments)]);
    let show = |name: &'static str, arguments: Value| Surface { shows: true, ..call(name, arguments) };
    let relate = |name: &'static str| Surface { is_last: true, ..call(name, json!({ "whom": whom })) };
    let comments = "comment/api/load";
    vec![
        show("feed/api/load", json!({ "query": { "kind": "everyone" } })),
        show("post/api/view", json!({ "post": post })),
        show("post/api/versions", json!({ "post": post })),
        call("post/api/publish", json!({ "new": { "body": "hello" } })),
        call("post/api/edit", json!({ "new": { "post": post, "version": 1, "body": "hello" } })),
        call("post/api/remove", json!({ "post": post })),
        call("post/api/restore", json!({ "post": post })),
        shows(
            comments,
            vec![
                Request::Call(comments, json!({ "post": post, "piece": { "at": comment } })),
                Request::Call(comments, json!({ "post": own_post, "piece": "first" })),
                Request::Call(comments, json!({ "post": third_post, "piece": "first" })),
            ],
        ),
        show("comment/api/replies", json!({ "thread": own_comment, "after": own_comment })),
        call("comment/api/write", json!({ "new": { "post": post, "answers": comment, "body": "hello" } })),
        call("comment/api/edit", json!({ "edit": { "comment": comment, "version": 0, "body": "hello" } })),
        call("comment/api/remove", json!({ "comment": own_comment })),
        shows(
            "like/api/people",
            [own_post, third_post]
                .map(|post| Request::Call("like/api/people", json!({ "post": post, "after": null })))
                .into(),
        ),
        call("like/api/like", json!({ "post": post })),
        call("like/api/unlike", json!({ "post": post })),
        shows(
            "profile/api/view",
            ["posts", "pictures"]
                .map(|tab| {
                    Request::Call("profile/api/view", json!({ "username": NAME, "tab": { tab: null } }))
                })
                .into(),
        ),
        call("profile/api/own", json!({})),
        call("profile/api/edit", json!({ "edit": own_profile() })),
        call("profile/api/change_username", json!({ "username": "" })),
        call("profile/api/set_picture", json!({ "picture": picture, "crop": null })),
        call("profile/api/remove_picture", json!({})),
        shows(
            "follow/api/list",
            ["ana", "reed"]
                .map(|username| {
                    let query = json!({ "query": { "username": username, "list": "followers" } });
                    Request::Call("follow/api/list", query)
                })
                .into(),
        ),
        call("block/api/list", json!({ "after": null })),
        shows(
            "search/api/people",
            ["qu", "quetz", "quetzalo"]
                .map(|typed| Request::Call("search/api/people", json!({ "typed": typed })))
                .into(),
        ),
        show("search/api/posts", json!({ "typed": "canar" })),
        // Whom one follows is suggested no more, and named where Reed is suggested.
        show("suggestion/api/list", json!({})),
        show("suggestion/api/panel", json!({})),
        relate("suggestion/api/dismiss"),
        call("export/api/latest", json!({})),
        show("chat/api/open", json!({ "username": NAME })),
        show("chat/api/conversations", json!({})),
        shows(
            "chat/api/partners",
            ["qu", "quetz"]
                .map(|name| Request::Call("chat/api/partners", json!({ "query": { "name": name } })))
                .into(),
        ),
        call("chat/api/edit", json!({ "edit": { "conversation": conversation, "seq": 1, "body": "mine" } })),
        call("chat/api/remove", json!({ "conversation": conversation, "seq": 1 })),
        show("chat/api/earlier", json!({ "conversation": conversation, "before": 9 })),
        call("account/api/settings", json!({})),
        call("security/api/devices", json!({})),
        call("security/api/two_factor", json!({})),
        call("security/api/set_up", json!({})),
        call("passkey/api/list", json!({})),
        call("passkey/api/set_up", json!({})),
        call("passkey/api/begin_log_in", json!({})),
        show("notification/api/list", json!({ "before": null })),
        call("notification/api/preview", json!({ "notification": whom })),
        call("notification/api/settings", json!({})),
        call("notification/api/read", json!({ "notification": whom })),
        call("notification/api/read_all", json!({ "through": whom })),
        call("notification/api/delete", json!({ "notification": whom })),
        call("notification/api/delete_all", json!({ "through": whom })),
        call("history/api/overview", json!({})),
        call("history/api/posts", json!({ "before": null })),
        call("history/api/log_ins", json!({ "before": null })),
        relate("follow/api/unfollow"),
        relate("follow/api/follow"),
        relate("block/api/block"),
        relate("block/api/unblock"),
    ]
}

/// A profile that says nothing.
fn own_profile() -> Value {
    serde_json::to_value(EditProfile::default()).expect("a form")
}

pub(super) fn routes(scene: &Scene) -> Vec<Surface> {
    let Scene { post, comment, conversation, picture, profile_picture, .. } = scene;
    let form = |name: &'static str, path: &str, fields: &[(&'static str, &str)]| {
        let fields = fields.iter().map(|(field, value)| (*field, (*value).to_owned()));
        surface(name, vec![Request::Form(path.to_owned(), fields.collect())])
    };
    let whom = scene.whom();
    let relate = |name: &'static str| Surface { is_last: true, ..form(name, name, &[("whom", &whom)]) };
    let conversation = conversation.to_string();
    let session = scene.quetzal.session().expect("a session").id.to_string();
    vec![
        surface("/healthz", vec![Request::Page("/healthz".to_owned())]),
        surface("/readyz", vec![Request::Page("/readyz".to_owned())]),
        // Its functions are called one by one.
        form("/api/{*function}", "/api/app/nothing", &[]),
        // What one typed oneself comes again, so that nobody is named here.
        form("/signup", "/signup", &[("username", "somebody")]),
        form("/resend", "/resend", &[("email", "quetzal@example.org")]),
        form("/verify/{token}", "/verify/none", &[]),
        form("/login", "/login", &[("login", "somebody"), ("password", "wrong")]),
        form("/login/code", "/login/code", &[("code", "123456")]),
        form("/login/passkey", "/login/passkey", &[("token", "none"), ("credential", "{}")]),
        form("/email/{token}", "/email/none", &[]),
        form("/settings/account/password", "/settings/account/password", &[("current_password", "wrong")]),
        form(
            "/settings/account/email",
            "/settings/account/email",
            &[("current_password", "plum tiger stairs 9"), ("email", "somebody@example.org")],
        ),
        form("/settings/account/email/cancel", "/settings/account/email/cancel", &[]),
        form("/settings/account/preferences", "/settings/account/preferences", &[("theme", "dark")]),
        form("/settings/security/sign-out", "/settings/security/sign-out", &[("session", &session)]),
        form("/settings/security/sign-out-others", "/settings/security/sign-out-others", &[]),
        form(
            "/settings/security/two-factor/confirm",
            "/settings/security/two-factor/confirm",
            &[("code", "123456")],
        ),
        form("/settings/security/two-factor/codes", "/settings/security/two-factor/codes", &[]),
        form("/settings/security/two-factor/off", "/settings/security/two-factor/off", &[("code", "123456")]),
        form(
            "/settings/security/two-factor",
            "/settings/security/two-factor",
            &[("current_password", "wrong")],
        ),
        form(
            "/settings/security/passkey/confirm",
            "/settings/security/passkey/confirm",
            &[("credential", "{}")],
        ),
        form("/settings/security/passkey/remove", "/settings/security/passkey/remove", &[("passkey", &whom)]),
        form("/settings/security/passkey", "/settings/security/passkey", &[("current_password", "wrong")]),
        form("/forgot", "/forgot", &[("email", "quetzal@example.org")]),
        form("/reset/{token}", "/reset/none", &[("password", "plum tiger stairs 7")]),
        // The feed comes again, because there is nothing to read in this post.
        Surface { shows: true, ..form("/posts", "/posts", &[("body", "\u{200b}")]) },
        form("/media", "/media", &[]),
        form("/media/{picture}/discard", &format!("/media/{picture}/discard"), &[]),
        shows("/media/{picture}/{size}", vec![Request::File(format!("/media/{picture}/small"))]),
        shows(
            "/media/profile/{picture}/{size}",
            vec![Request::File(format!("/media/profile/{profile_picture}/small"))],
        ),
        form("/settings/profile", "/settings/profile", &[("bio", "mine")]),
        form("/settings/profile/username", "/settings/profile/username", &[("username", "")]),
        form("/settings/profile/picture", "/settings/profile/picture", &[("uploaded", &picture.to_string())]),
        form("/settings/profile/picture/remove", "/settings/profile/picture/remove", &[]),
        surface("/community-picture", vec![Request::Page("/community-picture".to_owned())]),
        surface("/manifest.webmanifest", vec![Request::Page("/manifest.webmanifest".to_owned())]),
        form("/settings/export", "/settings/export", &[]),
        surface("/export/{export}", vec![Request::Page(format!("/export/{whom}"))]),
        form("/settings/delete", "/settings/delete", &[("current_password", "wrong")]),
        form("/p/{post}/like", &format!("/p/{post}/like"), &[]),
        form("/p/{post}/unlike", &format!("/p/{post}/unlike"), &[]),
        form("/p/{post}/edit", &format!("/p/{post}/edit"), &[("body", "mine"), ("version", "1")]),
        form("/p/{post}/delete", &format!("/p/{post}/delete"), &[]),
        form("/p/{post}/restore", &format!("/p/{post}/restore"), &[]),
        Surface {
            shows: true,
            ..form("/p/{post}/comments", &format!("/p/{post}/comments"), &[("body", "\u{200b}")])
        },
        form("/c/{comment}/edit", &format!("/c/{comment}/edit"), &[("body", "mine"), ("version", "0")]),
        form("/c/{comment}/delete", &format!("/c/{comment}/delete"), &[]),
        Surface {
            shows: true,
            ..form(
                "/chat/{username}",
                "/chat/quetzal",
                &[("to", &whom), ("client_id", &whom), ("body", "\u{200b}")],
            )
        },
        form("/chat/{username}/read", "/chat/quetzal/read", &[("conversation", &conversation), ("seq", "2")]),
        form("/notifications/read", "/notifications/read", &[("through", &whom)]),
        form("/notifications/delete", "/notifications/delete", &[("through", &whom)]),
        form("/notifications/{notification}/delete", &format!("/notifications/{whom}/delete"), &[]),
        form("/settings/notifications", "/settings/notifications", &[("show", "like")]),
        form(
            "/chat/{username}/edit",
            "/chat/quetzal/edit",
            &[("conversation", &conversation), ("seq", "1"), ("body", "mine")],
        ),
        form(
            "/chat/{username}/delete",
            "/chat/quetzal/delete",
            &[("conversation", &conversation), ("seq", "1")],
        ),
        // What is heard over it stands in the matrix of the domain.
        surface("/live", vec![Request::Page("/live".to_owned())]),
        relate("/unfollow"),
        relate("/follow"),
        relate("/block"),
        relate("/unblock"),
        relate("/suggestions/dismiss"),
        last("/logout", vec![Request::Form("/logout".to_owned(), Vec::new())]),
    ]
}

pub(super) fn pages(scene: &Scene) -> Vec<Surface> {
    let Scene { post, own_post, third_post, .. } = scene;
    let open = |path: String| Request::Page(path);
    let plain = |path: &'static str| surface(path, vec![Request::Page(path.to_owned())]);
    vec![
        shows("/", vec![open("/".to_owned()), open("/?following".to_owned())]),
        plain("/signup"),
        plain("/login"),
        plain("/forgot"),
        surface("/verify/{token}", vec![open("/verify/none".to_owned())]),
        surface("/reset/{token}", vec![open("/reset/none".to_owned())]),
        plain("/login/code"),
        surface("/email/{token}", vec![open("/email/none".to_owned())]),
        plain("/settings/account"),
        plain("/settings/security"),
        plain("/settings/security/two-factor"),
        plain("/settings/security/passkey"),
        surface("/history", ["", "?posts", "?log-ins"].map(|tab| open(format!("/history{tab}"))).into()),
        shows("/p/{post}", [third_post, post, own_post].map(|post| open(format!("/p/{post}"))).into()),
        shows(
            "/p/{post}/likes",
            [third_post, own_post, post].map(|post| open(format!("/p/{post}/likes"))).into(),
        ),
        surface("/p/{post}/edit", vec![open(format!("/p/{post}/edit"))]),
        surface("/p/{post}/delete", vec![open(format!("/p/{post}/delete"))]),
        shows("/p/{post}/history", vec![open(format!("/p/{post}/history"))]),
        shows(
            "/u/{username}",
            ["", "?tab=pictures", "?tab=about"].map(|tab| open(format!("/u/quetzal{tab}"))).into(),
        ),
        plain("/settings/profile"),
        shows(
            "/u/{username}/followers",
            vec![
                open("/u/reed/followers".to_owned()),
                open("/u/ana/followers?q=quet".to_owned()),
                open("/u/ana/followers".to_owned()),
            ],
        ),
        shows("/u/{username}/following", vec![open("/u/quetzal/following".to_owned())]),
        shows("/u/{username}/block", vec![open("/u/quetzal/block".to_owned())]),
        shows(
            "/people",
            ["", "?q=q", "?q=quetz", "?q=post&tab=posts"].map(|query| open(format!("/people{query}"))).into(),
        ),
        surface("/settings/blocked", vec![open("/settings/blocked".to_owned())]),
        shows("/chat", vec![open("/chat".to_owned()), open("/chat?q=quetz".to_owned())]),
        shows("/chat/{username}", vec![open("/chat/quetzal".to_owned())]),
        shows("/notifications", vec![open("/notifications".to_owned())]),
        plain("/settings/notifications"),
        plain("/settings/export"),
        plain("/settings/delete"),
        plain("/ui"),
    ]
}

/// All of them, those last that change how the two stand to each other.
pub(super) fn all(scene: &Scene) -> Vec<Surface> {
    let mut all: Vec<_> =
        [pages(scene), server_functions(scene), routes(scene)].into_iter().flatten().collect();
    all.sort_by_key(|surface| surface.is_last);
    all
}

impl Scene {
    /// What a browser gets for a request; none for a file.
    pub(super) async fn answer(&self, browser: &Browser, request: &Request) -> Option<Answer> {
        match request {
            Request::Page(path) => Some(browser.get(path).await),
            Request::File(_) => None,
            Request::Form(path, fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                Some(browser.post(path, &fields).await)
            }
            Request::Call(function, arguments) => Some(browser.call(function, arguments).await),
        }
    }
}

/// The names of the server functions that are registered.
pub(super) fn registered_server_functions() -> Vec<String> {
    server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/app/").to_owned()).collect()
}

/// The paths of the routes that are registered.
pub(super) fn registered_routes(scene: &Scene) -> Vec<String> {
    router::paths(&scene.site.state).into_iter().map(str::to_owned).collect()
}

/// The paths of the pages that are registered.
pub(super) fn registered_pages() -> Vec<String> {
    let listed = leptos_axum::generate_route_list(app::App);
    listed.into_iter().map(|page| page.path().to_owned()).collect()
}
