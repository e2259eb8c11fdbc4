//! Pictures over HTTP.

mod broken_connections;
mod forms;
mod memory;
mod refusals;
mod serving;

use std::path::PathBuf;

use axum::{body::Body, http::Method};
use domain::Scope;
use protocol::media::PictureView;

use super::{Answer, Browser, Site};

const FILE: &str = "application/octet-stream";

/// Sends a file as our script does.
async fn send(browser: &Browser, file: impl Into<Body>) -> Answer {
    browser.saying("accept", "application/json").send(Method::POST, "/media", FILE, file).await
}

/// The same, and it is taken.
pub(super) async fn sent(browser: &Browser, file: Vec<u8>) -> PictureView {
    let answer = send(browser, file).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.body))
}

/// Puts pictures on a new post.
async fn publish(site: &Site, who: &Browser, pictures: &[PictureView]) {
    let scope: Scope = who.scope(site).await;
    site.seed.post_pictures(&scope, pictures).await;
}

/// The files without a name that are open in the folder for them.
fn open_temporary(site: &Site) -> usize {
    let folder = site.seed.folder().join("tmp");
    let open = std::fs::read_dir("/proc/self/fd").expect("open files").flatten();
    open.filter_map(|file| std::fs::read_link(file.path()).ok())
        .filter(|path| path.starts_with(&folder))
        .count()
}

/// No row, no file, no job, and nothing that is still coming in.
async fn assert_nothing_stays(site: &Site) {
    site.seed.run_jobs().await;
    for table in ["picture", "post", "job"] {
        assert_eq!(site.seed.number(&format!("SELECT COUNT(*) AS count FROM {table}")).await, 0, "{table}");
    }
    assert_eq!((site.seed.files(), site.seed.temporary_files()), (Vec::<PathBuf>::new(), Vec::new()));
    assert_eq!(open_temporary(site), 0);
}
