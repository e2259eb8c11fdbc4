use std::io::{self, BufRead, Read};

use protocol::Reason;

/// What a JPEG says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct JpegHeader {
    pub(super) width: u16,
    pub(super) height: u16,
    /// Whether the picture comes in several passes.
    pub(super) progressive: bool,
}

/// Goes through all segments of a JPEG (ITU T.81, annex B) and decodes none. Decoders take a file that ends too early for
/// a picture that is grey from there on; here it is refused.
///
/// # Errors
/// [`Reason::Damaged`] when the file ends before the picture does.
pub(super) fn read_header(mut file: impl BufRead) -> Result<JpegHeader, Reason> {
    read_segments(&mut file).ok().flatten().ok_or(Reason::Damaged)
}

fn read_segments(file: &mut impl BufRead) -> io::Result<Option<JpegHeader>> {
    let mut header = None;
    loop {
        match next_marker(file)? {
            // The end of the picture. What may follow belongs to other pictures, and is not looked at.
            0xd9 => return Ok(header),
            // Markers that stand alone: the beginning, and where a scan may be taken up again.
            0x01 | 0xd0..=0xd8 => {}
            // A frame. Tables have three of the numbers between.
            code @ 0xc0..=0xcf if !matches!(code, 0xc4 | 0xc8 | 0xcc) => {
                let [l1, l2, _precision, h1, h2, w1, w2] = bytes(file)?;
                let (height, width) = (u16::from_be_bytes([h1, h2]), u16::from_be_bytes([w1, w2]));
                header = Some(JpegHeader {
                    width,
                    height,
                    progressive: matches!(code, 0xc2 | 0xc6 | 0xca | 0xce),
                });
                skip(file, u16::from_be_bytes([l1, l2]).saturating_sub(7))?;
            }
            _ => {
                let length = u16::from_be_bytes(bytes(file)?);
                skip(file, length.saturating_sub(2))?;
            }
        }
    }
}

/// Goes to the next marker, over the pixels of a scan if need be, in which the first byte of a marker is followed by zero.
fn next_marker(file: &mut impl BufRead) -> io::Result<u8> {
    loop {
        file.skip_until(0xff)?;
        let [mut code] = bytes(file)?;
        while code == 0xff {
            [code] = bytes(file)?;
        }
        if code != 0 {
            return Ok(code);
        }
    }
}

fn bytes<const COUNT: usize>(file: &mut impl BufRead) -> io::Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn skip(file: &mut impl BufRead, count: u16) -> io::Result<()> {
    let skipped = io::copy(&mut file.take(count.into()), &mut io::sink())?;
    if skipped < u64::from(count) { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}
