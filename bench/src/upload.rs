//! What a picture costs the server, from the first byte of the upload to the answer.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    browser::Browser,
    figures::median,
    picture,
    process::forget_peak,
    seed::{Dataset, PASSWORD, READER},
    server::Server,
};

const UPLOADS: usize = 7;

/// What one kind of upload cost.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    /// Megabytes of the file.
    pub(crate) megabytes: f64,
    /// Medians, in milliseconds.
    pub(crate) cpu: f64,
    pub(crate) took: f64,
    /// Megabytes that the server had in memory beyond what it had before, at most.
    pub(crate) memory: f64,
}

pub(crate) async fn measure(kith: &Path, set: &Dataset, scratch: &Path) -> Result<Vec<Upload>> {
    if scratch.exists() {
        fs::remove_dir_all(scratch)?;
    }
    fs::create_dir_all(scratch)?;
    fs::copy(set.database(), scratch.join("kith.db"))?;
    println!("uploading pictures");
    let server = Server::start(kith, scratch).await?;
    let uploads = vec![
        upload(&server, "JPEG, 4,000 x 3,000", "image/jpeg", &picture::photograph(4_000, 3_000)?, 2).await?,
        upload(&server, "PNG, 50,000 x 50,000", "image/png", &picture::bomb(50_000), 4).await?,
    ];
    drop(server);
    fs::remove_dir_all(scratch)?;
    Ok(uploads)
}

async fn upload(
    server: &Server,
    name: &'static str,
    kind: &str,
    file: &[u8],
    expected: u16,
) -> Result<Upload> {
    let (mut cpu, mut took, mut memory, mut status) = (Vec::new(), Vec::new(), 0_f64, 0);
    let mut browser = Browser::signed_in(server.address, READER, PASSWORD).await?;
    for _ in 0..UPLOADS {
        // What was freed by the upload before is given back meanwhile, or kept for good.
        tokio::time::sleep(Duration::from_millis(200)).await;
        forget_peak(server.process())?;
        let (held, before, begin) = (server.memory()?.now, server.cpu()?, Instant::now());
        let answer = browser.post("/media", kind, file).await?;
        took.push(begin.elapsed().as_secs_f64() * 1e3);
        cpu.push(server.cpu()?.since(&before).all / 1e3);
        memory = memory.max(server.memory()?.peak - held);
        status = answer.status;
        ensure!(status / 100 == expected, "{name}: {status} {}", answer.text());
        if expected != 2 {
            // A refused body may not have been read to its end.
            browser = Browser::signed_in(server.address, READER, PASSWORD).await?;
        }
    }
    Ok(Upload {
        name,
        status,
        megabytes: file.len() as f64 / 1e6,
        cpu: median(&cpu),
        took: median(&took),
        memory,
    })
}
