//! How soon a server answers and how much memory it holds when nobody asks anything.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{
    browser::Browser,
    figures::median,
    process::Cpu,
    seed::{Dataset, PASSWORD, READER},
    server::Server,
};

const STARTS: usize = 9;
/// Pages after which memory is looked at once more.
const PAGES: u32 = 500;

#[derive(Debug)]
pub(crate) struct Idle {
    pub(crate) name: String,
    /// Medians, in milliseconds.
    pub(crate) started_in: f64,
    pub(crate) cpu: f64,
    /// Medians, in megabytes.
    pub(crate) memory: f64,
    /// After some hundred pages of the feed; none where there is no feed.
    pub(crate) memory_after_use: Option<f64>,
}

/// On an empty data folder, which is the first start of all, and on the largest database.
pub(crate) async fn measure(kith: &Path, set: &Dataset, scratch: &Path) -> Result<Vec<Idle>> {
    println!("starting the server");
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        if scratch.exists() {
            fs::remove_dir_all(scratch)?;
        }
        fs::create_dir_all(scratch)?;
        first.push(start(kith, scratch).await?);
        again.push(start(kith, &set.folder).await?);
    }
    fs::remove_dir_all(scratch)?;
    Ok(vec![
        sum_up("first start, empty data folder".to_owned(), &first, None),
        sum_up(format!("{} posts", set.posts), &again, Some(memory_after_use(kith, set).await?)),
    ])
}

/// Milliseconds to the first answer, milliseconds of CPU, and megabytes then.
async fn start(kith: &Path, data: &Path) -> Result<[f64; 3]> {
    let server = Server::start(kith, data).await?;
    let cpu = server.cpu()?.since(&Cpu::none()).all / 1e3;
    Ok([server.started_in.as_secs_f64() * 1e3, cpu, server.memory()?.now])
}

async fn memory_after_use(kith: &Path, set: &Dataset) -> Result<f64> {
    let server = Server::start(kith, &set.folder).await?;
    let mut browser = Browser::signed_in(server.address, READER, PASSWORD).await?;
    for _ in 0..PAGES {
        browser.get("/").await?;
    }
    Ok(server.memory()?.now)
}

fn sum_up(name: String, starts: &[[f64; 3]], memory_after_use: Option<f64>) -> Idle {
    let middle =
        |at: usize| median(&starts.iter().filter_map(|start| start.get(at).copied()).collect::<Vec<_>>());
    Idle { name, started_in: middle(0), cpu: middle(1), memory: middle(2), memory_after_use }
}
