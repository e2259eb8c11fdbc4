/// Width and height as the head of a PNG says (ISO 15948, 11.2.2): its first chunk is `IHDR`.
pub(super) fn dimensions(file: &[u8]) -> Option<(u32, u32)> {
    let head = file.get(12..24)?.strip_prefix(b"IHDR")?;
    let (width, height) = head.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height.first_chunk()?)))
}
