use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{net::TcpListener, time::sleep};

use crate::{
    browser::Browser,
    process::{Cpu, Memory},
};

/// How long a start may take before it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The release binary, serving a data folder as it would for people. It ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// From the start of the process to the last byte of its first page.
    pub(crate) started_in: Duration,
}

impl Server {
    pub(crate) async fn start(kith: &Path, data: &Path) -> Result<Self> {
        // The port is free again when the listener goes at the end of the line.
        let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
        let begin = Instant::now();
        let child = Command::new(kith)
            .arg("serve")
            .current_dir(data)
            .env_clear()
            .env("KITH_DATA_DIR", data)
            .env("KITH_LISTEN", address.to_string())
            .env("KITH_PUBLIC_URL", format!("http://{address}"))
            .env("KITH_RATE_FACTOR", "1000")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} can't be started", kith.display()))?;
        let mut server = Self { child, address, started_in: Duration::ZERO };
        while server.greet().await.is_err() {
            ensure!(server.child.try_wait()?.is_none(), "the server on {} has ended", data.display());
            ensure!(begin.elapsed() < PATIENCE, "the server on {} does not answer", data.display());
            sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begin.elapsed();
        Ok(server)
    }

    async fn greet(&self) -> Result<()> {
        let page = Browser::new(self.address).await?.get("/login").await?;
        ensure!(page.status == 200, "it answers {}", page.status);
        Ok(())
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn cpu(&self) -> Result<Cpu> {
        Cpu::of(self.process())
    }

    pub(crate) fn memory(&self) -> Result<Memory> {
        Memory::of(self.process())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already is fine.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
