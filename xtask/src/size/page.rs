//! The page of the feed as it travels: a real server answers somebody who is signed in to the community of `kith demo`. Its
//! texts are the same each time, its ids are not, so that the size differs by some bytes.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ureq::Agent;

use crate::server::{self, Server};
use crate::workspace::{Workspace, run_silent};
use crate::{files, step};

/// A debug build that has to make its database.
const PATIENCE: Duration = Duration::from_secs(60);
/// Posts on a page.
const POSTS: usize = 20;
/// As `kith demo` prints them.
const LOG_IN: [(&str, &str); 2] = [("login", "ana"), ("password", "kith demo please 1")];

/// Bytes of the page after brotli.
pub(crate) fn weigh(workspace: &Workspace) -> Result<u64> {
    step::speaking("page: compile the server", || server::build(workspace))?;
    let data = workspace.kept().join("demo");
    files::remove_folder(&data)?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let origin = format!("http://{address}");
    let data_dir = data.to_string_lossy().into_owned();
    let variables = [
        ("KITH_DATA_DIR", data_dir.as_str()),
        ("KITH_LISTEN", address.as_str()),
        ("KITH_PUBLIC_URL", origin.as_str()),
        ("KITH_LOG", "error"),
    ];
    step::quiet("page: make a community", || run_silent(server::kith(workspace, &variables).arg("demo")))?;
    let server = Server::start(workspace, &variables)?;
    let page = page(&origin)?;
    drop(server);
    files::remove_folder(&data)?;
    look_at(&page)?;
    Ok(page.len() as u64)
}

/// As a browser gets it that has just logged in.
fn page(origin: &str) -> Result<Vec<u8>> {
    let agent: Agent = Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
    let deadline = Instant::now() + PATIENCE;
    while agent.get(format!("{origin}/readyz")).call().is_err() {
        ensure!(Instant::now() < deadline, "the server does not answer");
        std::thread::yield_now();
    }
    let entered = agent.post(format!("{origin}/login")).header("origin", origin).send_form(LOG_IN)?;
    let cookie = entered.headers().get("set-cookie").context("nobody was logged in")?.to_str()?;
    let cookie = cookie.split(';').next().unwrap_or_default();
    let asked = agent
        .get(format!("{origin}/"))
        .header("accept", "text/html")
        .header("accept-encoding", "gzip, deflate, br, zstd")
        .header("cookie", cookie);
    Ok(asked.call()?.body_mut().read_to_vec()?)
}

/// Fails when it is not the page that was meant.
fn look_at(page: &[u8]) -> Result<()> {
    let mut html = Vec::new();
    brotli::BrotliDecompress(&mut &*page, &mut html).context("the page came without brotli")?;
    let posts = String::from_utf8(html)?.matches("<article").count();
    ensure!(posts == POSTS, "the page has {posts} posts instead of {POSTS}");
    Ok(())
}
