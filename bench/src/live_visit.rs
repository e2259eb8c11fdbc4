//! What a whole visit of the feed costs beyond its page: the socket, and what it watches first, until the server is quiet.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context, Result, ensure};
use futures::{SinkExt, StreamExt};
use protocol::{
    PostId,
    account::ACCOUNT_FIELD,
    live::{ClientMessage, SINCE_FIELD, ServerMessage, Topic, Watched},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{
    browser::{Answer, Browser},
    figures::median,
    seed::{Dataset, PASSWORD, READER},
    server::Server,
};

/// Visits for one value, and values.
const VISITS: u32 = 40;
const ROUNDS: usize = 12;
/// Posts near the screen when a page is opened.
const NEAR: usize = 8;

/// Milliseconds of CPU, medians.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LiveVisit {
    pub(crate) page: f64,
    pub(crate) with_socket: f64,
    pub(crate) with_watch: f64,
}

/// How far a visit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Page,
    Socket,
    Watch,
}

pub(crate) async fn measure(kith: &Path, set: &Dataset) -> Result<LiveVisit> {
    println!("visiting the feed");
    let server = Server::start(kith, &set.folder).await?;
    let mut browser = Browser::signed_in(server.address, READER, PASSWORD).await?;
    let extents = [Extent::Page, Extent::Socket, Extent::Watch];
    let mut rounds = extents.map(|_| Vec::new());
    // The first round warms up.
    for round in 0..=ROUNDS {
        for (extent, values) in extents.iter().zip(&mut rounds) {
            let before = server.cpu()?;
            for _ in 0..VISITS {
                visit(server.address, &mut browser, *extent).await?;
            }
            let taken = server.cpu()?.since(&before).all / f64::from(VISITS) / 1e3;
            if round > 0 {
                values.push(taken);
            }
        }
    }
    let [page, with_socket, with_watch] = rounds.map(|values| median(&values));
    Ok(LiveVisit { page, with_socket, with_watch })
}

async fn visit(address: SocketAddr, browser: &mut Browser, extent: Extent) -> Result<()> {
    let page = browser.get("/").await?;
    ensure!(page.status == 200, "the feed answers {}", page.status);
    if extent == Extent::Page {
        return Ok(());
    }
    let since = revision(&page)?;
    let mut socket = open(address, browser, since).await?;
    let welcome = socket.next().await.context("no greeting")??;
    let welcome: ServerMessage = serde_json::from_str(welcome.to_text()?)?;
    ensure!(
        matches!(welcome, ServerMessage::Welcome(welcome) if !welcome.resync),
        "the page would be loaded again: {welcome:?}"
    );
    if extent == Extent::Watch {
        let add = posts(&page).into_iter().take(NEAR);
        let add: Vec<Watched> = add.map(|post| Watched { topic: Topic::Post(post), since }).collect();
        ensure!(add.len() == NEAR, "{} posts on the page", add.len());
        let watch = ClientMessage::Watch { add, remove: Vec::new() };
        socket.send(Message::text(serde_json::to_string(&watch)?)).await?;
    }
    quiet(&mut socket).await?;
    socket.close(None).await?;
    while socket.next().await.is_some_and(|frame| frame.is_ok()) {}
    Ok(())
}

async fn open(address: SocketAddr, browser: &Browser, since: i64) -> Result<WebSocketStream<TcpStream>> {
    let account = browser.account();
    let url = format!("ws://{address}/live?{ACCOUNT_FIELD}={account}&{SINCE_FIELD}={since}");
    let mut request = url.into_client_request()?;
    request.headers_mut().insert("origin", format!("http://{address}").parse()?);
    request.headers_mut().insert("cookie", browser.cookie().context("nobody is signed in")?.parse()?);
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(client_async(request, stream).await?.0)
}

/// Frames are answered in their order: behind the answer to this one there is none to those before.
async fn quiet(socket: &mut WebSocketStream<TcpStream>) -> Result<()> {
    socket.send(Message::Ping("quiet".into())).await?;
    while let Some(frame) = socket.next().await {
        if frame?.is_pong() {
            return Ok(());
        }
    }
    anyhow::bail!("the socket was closed")
}

/// The smallest revision that the page names: that of the person who is signed in, drawn before all others.
fn revision(page: &Answer) -> Result<i64> {
    let text = page.text();
    let numbers = text.split("revision\\\":").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    numbers.min().context("the page names no revision")
}

/// The posts on a page, in their order.
fn posts(page: &Answer) -> Vec<PostId> {
    let text = page.text();
    let ids = text.split("id=\"p-").skip(1).filter_map(|rest| rest.get(..36)?.parse().ok());
    let mut posts: Vec<PostId> = ids.collect();
    posts.dedup();
    posts
}
