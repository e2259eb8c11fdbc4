//! The shell around every page: navigation, the account menu, the state of the connection, toasts and the picture viewer.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{media::PictureViewer, notification, session, ui::Toasts};

mod connection;
mod focus;
mod log_out;
mod prefetch;
mod rail;
mod update;

/// The shell. Visitors see no navigation.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    focus::follow_navigation();
    prefetch::prefetch_on_hover();
    update::reload_when_idle();
    notification::show_new();
    let me = session::me();
    let path = use_location().pathname;
    let is_member = me.is_some();
    let log_out = me.as_ref().map(|me| log_out::LogOut::new(me.person.id));
    // Links from mails lead to pages that look the same whether one is signed in or not.
    let is_link =
        |path: &String| ["/verify/", "/reset/", "/email/"].iter().any(|link| path.starts_with(link));
    let outside = move || !is_member || path.with(is_link);
    view! {
        // Left to the browser, which moves the keyboard's place along; the router would only scroll.
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <div class="shell" data-guest=outside>
            {me.zip(log_out).map(|(me, log_out)| view! { <rail::Rail me log_out /> })}
            <div class="page">{children()}</div>
        </div>
        {log_out.map(|log_out| view! { <log_out::LogOutDialog log_out /> })}
        <connection::Connection />
        <Toasts />
        <PictureViewer />
    }
}
