use leptos::prelude::*;
use protocol::history::OverviewView;

use crate::ui::Time;

/// The numbers of the account.
#[component]
pub(super) fn Overview(overview: OverviewView) -> impl IntoView {
    let figures = [
        ("Posts", overview.posts),
        ("Likes received", overview.likes_received),
        ("Comments received", overview.comments_received),
        ("Followers", overview.followers),
        ("Following", overview.following),
        ("Blocked", overview.blocked),
    ];
    let figures = figures.into_iter().map(|(what, count)| figure(what, count.to_string()));
    view! {
        <p>"You joined on " <Time micros=overview.joined_at.micros() /> "."</p>
        <dl class="figures">
            {figures.collect_view()}
            {figure("Storage used", storage(overview.storage_bytes))}
        </dl>
    }
}

fn figure(what: &'static str, count: String) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{what}</dt>
            <dd>{count}</dd>
        </div>
    }
}

/// "0 MB", "0.4 MB", "12 MB"
fn storage(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    match tenths {
        0 => "0 MB".to_owned(),
        1..100 => format!("{}.{} MB", tenths / 10, tenths % 10),
        _ => format!("{} MB", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::storage;

    #[test]
    fn storage_is_said_in_megabytes() {
        let said = [0, 1, 100_000, 950_000, 9_900_000, 9_900_001, 123_456_789].map(storage);
        assert_eq!(said, ["0 MB", "0.1 MB", "0.1 MB", "1.0 MB", "9.9 MB", "10 MB", "123 MB"]);
    }
}
