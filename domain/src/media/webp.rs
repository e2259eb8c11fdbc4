/// Whether the file is as long as its head says, and each chunk lies within it (RFC 9649, section 2.3). A decoder makes room
/// for as much as a chunk says to have.
pub(super) fn is_whole(file: &[u8]) -> bool {
    let Some(whole) = length_at(file, 4).and_then(|length| file.get(..length.checked_add(8)?)) else {
        return false;
    };
    let mut at = 12;
    while at < whole.len() {
        let end = length_at(whole, at + 4).and_then(|length| at.checked_add(8)?.checked_add(length));
        match end.filter(|end| *end <= whole.len()) {
            // Those of odd length have a byte more.
            Some(end) => at = end + (end - at) % 2,
            None => return false,
        }
    }
    true
}

fn length_at(file: &[u8], at: usize) -> Option<usize> {
    let bytes = file.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}
