//! Brotli at its best quality. It takes seconds, so what was compressed once is kept by the hash of its content.

use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// What shrinks. Pictures and fonts are compressed already.
const TEXTS: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

pub(crate) fn worth_it(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| TEXTS.contains(&extension))
}

/// The compressed content, from `kept` when it is there.
pub(crate) fn compressed(kept: &Path, content: &[u8]) -> Result<Vec<u8>> {
    let path = kept.join("brotli").join(files::short_hash(content));
    if let Ok(known) = std::fs::read(&path) {
        return Ok(known);
    }
    let fresh = compress(content)?;
    files::write(&path, &fresh)?;
    Ok(fresh)
}

fn compress(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).context("brotli failed")?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back_the_same() {
        let text = "a text that says the same thing, the same thing, the same thing".repeat(9);
        let mut unpacked = Vec::new();
        let packed = compress(text.as_bytes()).unwrap();
        brotli::BrotliDecompress(&mut &*packed, &mut unpacked).unwrap();
        assert!(packed.len() < text.len() / 4);
        assert_eq!(unpacked, text.as_bytes());
    }

    #[test]
    fn pictures_are_left_alone() {
        assert!(worth_it("pkg/kith_bg.0123.wasm"));
        assert!(!worth_it("icon-192.png"));
        assert!(!worth_it("LICENSE"));
    }
}
