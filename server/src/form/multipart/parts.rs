use axum::body::{Body, BodyDataStream};
use bytes::{Buf, Bytes, BytesMut};
use futures::StreamExt;
use memchr::memmem;
use protocol::Problem;

/// Bytes of a line of a part's head at most.
const LINE: usize = 8 * 1024;
/// Lines of a part's head at most.
const LINES: usize = 16;

/// The head of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    /// What a file is called; an empty name stands for no file.
    pub(super) file_name: Option<String>,
}

/// The parts of a `multipart/form-data` body (RFC 7578), one after the other, piece by piece. It holds one piece as it came
/// from the line and never a whole part, head or body.
pub(super) struct Parts {
    body: BodyDataStream,
    buffer: BytesMut,
    delimiter: Vec<u8>,
    /// Whether the delimiter is still to come.
    inside: bool,
    /// Bytes that may still be read.
    left: u64,
}

impl Parts {
    /// Of a body with so many bytes at most.
    pub(super) fn new(body: Body, boundary: &str, most: u64) -> Self {
        // The first delimiter has no line before it.
        let (buffer, delimiter) = (BytesMut::from("\r\n"), format!("\r\n--{boundary}").into_bytes());
        Self { body: body.into_data_stream(), buffer, delimiter, inside: true, left: most }
    }

    /// The next part. What was not read of the one before is passed over.
    pub(super) async fn next(&mut self) -> Result<Option<Part>, Problem> {
        while self.piece().await?.is_some() {}
        while self.buffer.len() < 2 {
            self.more().await?;
        }
        if self.buffer.starts_with(b"--") {
            return Ok(None);
        }
        // Nothing but white space stands behind a delimiter.
        if !self.line().await?.trim_ascii().is_empty() {
            return Err(Problem::BadRequest);
        }
        let mut part = None;
        for _ in 0..LINES {
            let line = self.line().await?;
            if line.is_empty() {
                self.inside = true;
                return part.map(Some).ok_or(Problem::BadRequest);
            }
            part = part.or_else(|| head(&String::from_utf8_lossy(&line)));
        }
        Err(Problem::BadRequest)
    }

    /// The next piece of the part; none at its end.
    pub(super) async fn piece(&mut self) -> Result<Option<Bytes>, Problem> {
        while self.inside {
            match memmem::find(&self.buffer, &self.delimiter) {
                Some(0) => {
                    self.buffer.advance(self.delimiter.len());
                    self.inside = false;
                }
                Some(at) => return Ok(Some(self.buffer.split_to(at).freeze())),
                None => {
                    // The delimiter may have begun at the end.
                    let safe = (self.buffer.len() + 1).saturating_sub(self.delimiter.len());
                    if safe > 0 {
                        return Ok(Some(self.buffer.split_to(safe).freeze()));
                    }
                    self.more().await?;
                }
            }
        }
        Ok(None)
    }

    /// The rest of the body, without its parts.
    pub(super) const fn rest(&mut self) -> &mut BodyDataStream {
        &mut self.body
    }

    /// A line without its end.
    async fn line(&mut self) -> Result<Bytes, Problem> {
        loop {
            if let Some(at) = memmem::find(&self.buffer, b"\r\n") {
                let line = self.buffer.split_to(at).freeze();
                self.buffer.advance(2);
                return Ok(line);
            }
            if self.buffer.len() > LINE {
                return Err(Problem::BadRequest);
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Result<(), Problem> {
        // A body that ends before its last delimiter is not whole.
        let piece = self.body.next().await.ok_or(Problem::BadRequest)?;
        // The connection is cut, or nothing comes any more.
        let piece = piece.map_err(|_| Problem::Unavailable)?;
        self.left = self.left.checked_sub(piece.len() as u64).ok_or(Problem::TooLarge)?;
        self.buffer.extend_from_slice(&piece);
        Ok(())
    }
}

/// What a line of a head says of its part, if it is the one that names it.
fn head(line: &str) -> Option<Part> {
    let (name, value) = line.split_once(':')?;
    if !name.trim().eq_ignore_ascii_case("content-disposition") {
        return None;
    }
    let (_kind, mut rest) = value.split_once(';')?;
    let (mut name, mut file_name) = (None, None);
    while let Some((parameter, after)) = rest.split_once('=') {
        // Browsers write a quote within a quoted value as %22.
        let (value, following) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(';').unwrap_or((after, "")),
        };
        match parameter.trim_matches([';', ' ', '\t']) {
            "name" => name = Some(value.to_owned()),
            "filename" => file_name = Some(value.to_owned()),
            _ => {}
        }
        rest = following;
    }
    Some(Part { name: name?, file_name })
}

/// What separates the parts, as the head of the request says.
pub(super) fn boundary(kind: &str) -> Option<&str> {
    let said = kind.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut boundaries = said.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    let (_, boundary) = boundaries.next()?;
    let boundary = boundary.trim().trim_matches('"');
    // RFC 2046, section 5.1.1.
    (1..=70).contains(&boundary.len()).then_some(boundary)
}
