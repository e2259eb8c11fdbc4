//! Which files can be the picture of the community.

/// Bytes of the picture at most: every visitor loads it.
pub(crate) const PICTURE_BYTES: u64 = 1024 * 1024;

/// The kind of a picture, by its first bytes.
pub(crate) fn kind(file: &[u8]) -> Option<&'static str> {
    match file {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
