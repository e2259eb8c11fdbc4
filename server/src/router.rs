//! Every route, in one list.

use std::time::Duration;

use axum::{
    Extension, Router,
    http::StatusCode,
    middleware,
    routing::{MethodRouter, get, post},
};
use protocol::{Problem, community::COMMUNITY_PICTURE_PATH};
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use crate::{
    app_state::AppState,
    assets, community, compression,
    form::{
        self, account, chat, comment, export, notification, own_post, passkey, person, settings, two_factor,
    },
    headers, health, live, media, origin, page, problem, server_fn, session,
};

/// What takes longer than this is not waited for.
const DEADLINE: Duration = Duration::from_secs(30);
/// The same where files come in, over lines that may be slow.
const UPLOAD_DEADLINE: Duration = Duration::from_secs(600);
/// A line over which nothing comes for so long is taken for cut.
const STALL: Duration = Duration::from_secs(20);

/// A router and the paths that it was given, so that tests can ask what there is.
#[derive(Default)]
struct Routes {
    router: Router<AppState>,
    paths: Vec<&'static str>,
}

impl Routes {
    fn route(mut self, path: &'static str, methods: MethodRouter<AppState>) -> Self {
        self.paths.push(path);
        Self { router: self.router.route(path, methods), ..self }
    }

    fn merge(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// Changes the router but for its paths.
    fn with(self, change: impl FnOnce(Router<AppState>) -> Router<AppState>) -> Self {
        Self { router: change(self.router), ..self }
    }
}

pub(crate) fn router(state: AppState) -> Router {
    routes(&state).router.with_state(state)
}

/// The paths of all routes.
#[cfg(test)]
pub(crate) fn paths(state: &AppState) -> Vec<&'static str> {
    routes(state).paths
}

fn routes(state: &AppState) -> Routes {
    let uploads = Routes::default()
        .route("/posts", post(form::post::publish))
        .route("/p/{post}/edit", post(own_post::edit).get(page::page))
        .route("/media", post(media::accept))
        .route("/settings/profile/picture", post(form::profile::set_picture))
        .route("/export/{export}", get(export::download))
        .with(|router| {
            router
                .layer(RequestBodyTimeoutLayer::new(STALL))
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, UPLOAD_DEADLINE))
        });
    let entrance = Routes::default()
        .route("/signup", post(account::sign_up).get(page::page))
        .route("/resend", post(account::resend))
        .route("/verify/{token}", post(account::verify).get(page::page))
        .route("/login", post(account::log_in).get(page::page))
        .route("/login/code", post(two_factor::enter_code).get(page::page))
        .route("/login/passkey", post(passkey::log_in))
        .route("/email/{token}", post(account::confirm_email).get(page::page))
        .route("/forgot", post(account::forgot).get(page::page))
        .route("/reset/{token}", post(account::reset).get(page::page))
        .with(|router| router.layer(Extension(session::ActsForNobody)));
    let kith = Routes::default()
        // What a script calls.
        .route("/api/{*function}", post(server_fn::call))
        // What a form posts to.
        .route("/logout", post(account::log_out))
        .route("/settings/export", post(export::request).get(page::page))
        .route("/settings/delete", post(account::delete).get(page::page))
        .route("/p/{post}/like", post(form::post::like))
        .route("/p/{post}/unlike", post(form::post::unlike))
        .route("/p/{post}/delete", post(own_post::remove).get(page::page))
        .route("/p/{post}/restore", post(own_post::restore))
        .route("/p/{post}/comments", post(comment::write))
        .route("/c/{comment}/edit", post(comment::edit))
        .route("/c/{comment}/delete", post(comment::delete))
        .route("/follow", post(person::follow))
        .route("/unfollow", post(person::unfollow))
        .route("/block", post(person::block))
        .route("/unblock", post(person::unblock))
        .route("/suggestions/dismiss", post(person::dismiss))
        .route("/chat/{username}", post(chat::send).get(page::page))
        .route("/chat/{username}/read", post(chat::read))
        .route("/notifications/read", post(notification::read_all))
        .route("/notifications/delete", post(notification::delete_all))
        .route("/notifications/{notification}/delete", post(notification::delete))
        .route("/settings/notifications", post(notification::save_settings).get(page::page))
        .route("/chat/{username}/edit", post(chat::edit))
        .route("/chat/{username}/delete", post(chat::remove))
        .route("/settings/account/password", post(settings::change_password))
        .route("/settings/account/email", post(settings::change_email))
        .route("/settings/account/email/cancel", post(settings::cancel_email))
        .route("/settings/account/preferences", post(settings::save_preferences))
        .route("/settings/security/sign-out", post(settings::sign_out))
        .route("/settings/security/sign-out-others", post(settings::sign_out_others))
        .route("/settings/security/two-factor", post(two_factor::begin).get(page::page))
        .route("/settings/security/two-factor/confirm", post(two_factor::confirm))
        .route("/settings/security/two-factor/codes", post(two_factor::renew_recovery_codes))
        .route("/settings/security/two-factor/off", post(two_factor::turn_off))
        .route("/settings/security/passkey", post(passkey::begin).get(page::page))
        .route("/settings/security/passkey/confirm", post(passkey::confirm))
        .route("/settings/security/passkey/remove", post(passkey::remove))
        .route("/settings/profile", post(form::profile::edit).get(page::page))
        .route("/settings/profile/picture/remove", post(form::profile::remove_picture))
        .route("/settings/profile/username", post(form::profile::change_username))
        .route("/media/profile/{picture}/{size}", get(media::show_profile_picture))
        .route("/media/{picture}/discard", post(media::discard))
        .route("/media/{picture}/{size}", get(media::show))
        .merge(entrance)
        .with(|router| {
            router
                // Everything else is a page.
                .fallback(page::page)
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
                .layer(RequestBodyLimitLayer::new(form::BYTES))
        })
        // What takes files limits itself, piece by piece.
        .merge(uploads)
        // The socket outlives the deadline.
        .route("/live", get(live::open))
        .with(|router| {
            router
                .method_not_allowed_fallback(page::method_not_allowed)
                .layer(middleware::from_fn_with_state(state.clone(), session::identify))
                .layer(middleware::from_fn_with_state(state.clone(), origin::check))
                .layer(CatchPanicLayer::custom(|_panic| problem::answer(&Problem::Internal)))
                .layer(middleware::from_fn_with_state(state.clone(), problem::explain))
        });
    Routes::default()
        // For whoever watches over the process; asks nobody who they are.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        // What everybody may know of the community.
        .route(COMMUNITY_PICTURE_PATH, get(community::picture))
        .route("/manifest.webmanifest", get(community::manifest))
        .merge(kith)
        .with(|router| {
            router
                // Outside of all that answers, but for the files of the client, which are compressed already.
                .layer(compression::layer())
                .layer(middleware::from_fn(compression::refuse_to_other_sites))
                .layer(middleware::from_fn(assets::serve))
                .layer(middleware::from_fn_with_state(state.clone(), headers::secure))
        })
}
