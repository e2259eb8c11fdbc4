use leptos::prelude::*;
use protocol::{
    history::LogInsView,
    session::{FailedTriesView, LogInMethod, LogInView, SessionEnd},
};

use crate::ui::{Notice, NoticeKind, Time};

/// The log-ins, the latest first, below the tries that failed.
#[component]
pub(super) fn LogIns(found: LogInsView) -> impl IntoView {
    let LogInsView { failed, log_ins } = found;
    let last = log_ins.items.last().map(|log_in| log_in.id);
    let older = last.filter(|_| log_ins.more).map(|last| format!("/history?log-ins&before={last}"));
    view! {
        {(!failed.is_empty()).then(|| view! { <Failed failed /> })}
        <ol class="record-list card" aria-label="Log-ins">
            {log_ins.items.into_iter().map(|log_in| view! { <LogIn log_in /> }).collect_view()}
        </ol>
        {older.map(|href| view! { <p class="feed-more"><a class="link" href=href>"Older log-ins"</a></p> })}
        <p>
            "Log-ins are kept for a year, failed tries for 90 days. "
            <a class="link" href="/settings/security">"Signed-in devices"</a>
        </p>
    }
}

#[component]
fn LogIn(log_in: LogInView) -> impl IntoView {
    let LogInView { at, until, end, used_at, device, method, is_this, .. } = log_in;
    view! {
        <li class="record">
          <div class="record-text">
            <p class="record-title">
                {device} {is_this.then(|| view! { " " <span class="record-mark">"This device"</span> })}
            </p>
            <p class="record-note">
                <Time micros=at.micros() />
                {until.map(|until| view! {
                    " to " <Time micros=until.micros() /> " (" {length(until.seconds_since(at))} ")"
                })}
                " · " {method_words(method)}
            </p>
            <p class="record-note">
                {match (end, used_at) {
                    (Some(end), _) => end_words(end).into_any(),
                    (None, Some(used_at)) => view! { "Signed in, last used " <Time micros=used_at.micros() /> }.into_any(),
                    (None, None) => "Ended".into_any(),
                }}
            </p>
          </div>
        </li>
    }
}

#[component]
fn Failed(failed: Vec<FailedTriesView>) -> impl IntoView {
    let rows = failed.into_iter().map(|tries| {
        let what = match tries.method {
            LogInMethod::Code | LogInMethod::RecoveryCode => "with a wrong code",
            LogInMethod::Password | LogInMethod::Passkey => "with a wrong password",
        };
        let count = if tries.tries == 1 { "1 try".to_owned() } else { format!("{} tries", tries.tries) };
        view! { <li>{count} " " {what} ", " {tries.device} ", " <Time micros=tries.last_at.micros() /></li> }
    });
    view! {
        <Notice kind=NoticeKind::Warning title="Failed tries">
            <ul class="failed-tries" aria-label="Failed tries">{rows.collect_view()}</ul>
            <p>
                "If they weren’t yours, someone tried to get in. "
                <a class="link" href="/settings/security">"Two-factor authentication"</a> " keeps them out."
            </p>
        </Notice>
    }
}

fn method_words(method: LogInMethod) -> &'static str {
    match method {
        LogInMethod::Password => "Password",
        LogInMethod::Code => "Password and code",
        LogInMethod::RecoveryCode => "Password and recovery code",
        LogInMethod::Passkey => "Passkey",
    }
}

fn end_words(end: SessionEnd) -> &'static str {
    match end {
        SessionEnd::LogOut => "Logged out",
        SessionEnd::SignedOut => "Signed out from another device",
        SessionEnd::Password => "Signed out by a new password",
        SessionEnd::Closed => "Signed out when the account was closed",
        SessionEnd::Expired => "Expired, last used then",
    }
}

/// "less than a minute", "5 minutes", "3 hours", "12 days"
fn length(seconds: i64) -> String {
    let count =
        |count: i64, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    match seconds {
        ..60 => "less than a minute".to_owned(),
        60..3_600 => count(seconds / 60, "minute"),
        3_600..86_400 => count(seconds / 3_600, "hour"),
        _ => count(seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_length_is_said_in_its_largest_unit() {
        let said = [-5, 59, 60, 7_199, 7_200, 86_400, 1_000_000].map(length);
        let expected =
            ["less than a minute", "less than a minute", "1 minute", "1 hour", "2 hours", "1 day", "11 days"];
        assert_eq!(said, expected);
    }
}
