use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use protocol::account::ACCOUNT_HEADER;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// As much of a browser as measuring needs: one connection that stays open, and one cookie.
pub(crate) struct Browser {
    connection: BufReader<TcpStream>,
    address: SocketAddr,
    cookie: Option<String>,
    /// For which account its page was made.
    account: String,
}

/// What came back.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Browser {
    pub(crate) async fn new(address: SocketAddr) -> Result<Self> {
        let connection = TcpStream::connect(address).await?;
        connection.set_nodelay(true)?;
        Ok(Self { connection: BufReader::new(connection), address, cookie: None, account: String::new() })
    }

    /// A browser in which this person is signed in.
    pub(crate) async fn signed_in(address: SocketAddr, username: &str, password: &str) -> Result<Self> {
        let mut browser = Self::new(address).await?;
        let form = format!("login={username}&password={password}");
        let answer = browser.post("/login", "application/x-www-form-urlencoded", form.as_bytes()).await?;
        ensure!(answer.status == 303, "{username} can't log in: {}", answer.status);
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        browser.cookie = Some(cookie.context("logging in gave no cookie")?.to_owned());
        let page = browser.get("/").await?.text();
        let account = page.split_once("data-account=\"").and_then(|(_, rest)| rest.split_once('"'));
        browser.account = account.context("the page says no account")?.0.to_owned();
        Ok(browser)
    }

    /// For which account its page was made.
    pub(crate) fn account(&self) -> &str {
        &self.account
    }

    /// The cookie of its session.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, "accept: text/html\r\nsec-fetch-site: same-origin\r\n", &[]).await
    }

    pub(crate) async fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let headers = format!(
            "content-type: {kind}\r\ncontent-length: {}\r\norigin: http://{}\r\nsec-fetch-site: same-origin\r\n\
             {ACCOUNT_HEADER}: {}\r\n",
            body.len(),
            self.address,
            self.account
        );
        self.send("POST", path, &headers, body).await
    }

    async fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Result<Answer> {
        let cookie = self.cookie.as_ref().map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n{cookie}{headers}\r\n", self.address);
        self.connection.write_all(head.as_bytes()).await?;
        // A server that refuses a body may answer before it has read it.
        let sent = self.connection.write_all(body).await;
        match read(&mut self.connection).await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(sent.err().map_or(error, Into::into)),
        }
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

async fn read(from: &mut (impl AsyncBufReadExt + Unpin)) -> Result<Answer> {
    let first = line(from).await?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.with_context(|| format!("no answer in HTTP: {first:?}"))?;
    let mut answer = Answer { status, ..Answer::default() };
    loop {
        let line = line(from).await?;
        let Some((name, value)) = line.split_once(':') else { break };
        answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if answer.header("transfer-encoding") == Some("chunked") {
        read_chunks(from, &mut answer.body).await?;
    } else if let Some(length) = answer.header("content-length") {
        let length = length.parse()?;
        read_some(from, length, &mut answer.body).await?;
    }
    Ok(answer)
}

async fn read_chunks(from: &mut (impl AsyncBufReadExt + Unpin), body: &mut Vec<u8>) -> Result<()> {
    loop {
        let length = line(from).await?;
        let length = usize::from_str_radix(&length, 16).with_context(|| format!("no length: {length:?}"))?;
        read_some(from, length, body).await?;
        line(from).await?;
        if length == 0 {
            return Ok(());
        }
    }
}

async fn read_some(
    from: &mut (impl AsyncBufReadExt + Unpin),
    length: usize,
    body: &mut Vec<u8>,
) -> Result<()> {
    let start = body.len();
    body.resize(start + length, 0);
    from.read_exact(body.get_mut(start..).unwrap_or_default()).await?;
    Ok(())
}

async fn line(from: &mut (impl AsyncBufReadExt + Unpin)) -> Result<String> {
    let mut line = String::new();
    ensure!(from.read_line(&mut line).await? > 0, "the server closed the connection");
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[tokio::test]
    async fn answers_on_one_connection_are_told_apart() {
        let mut wire: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\
            HTTP/1.1 303 See Other\r\nlocation: /\r\ntransfer-encoding: chunked\r\n\r\n3\r\nsec\r\n3\r\nond\r\n0\r\n\r\n\
            HTTP/1.1 204 No Content\r\n\r\n";
        let mut seen = Vec::new();
        for _ in 0..3 {
            let answer = read(&mut wire).await.expect("an answer");
            seen.push((answer.status, answer.text()));
        }
        assert_eq!(seen, [(200, "first".to_owned()), (303, "second".to_owned()), (204, String::new())]);
        assert!(read(&mut wire).await.is_err());
    }
}
