//! Completes the answer that str0m writes.

use crate::offer::Layout;
use crate::source::Source;

/// Says in the answer what str0m does not.
///
/// - The two lines of a slot are one stream (`a=msid`, RFC 8830), because browsers play only tracks of one stream in step.
/// - A video line that the client sends on has a limit (`b=TIAS`, RFC 3890), which browsers heed.
pub(crate) fn complete(answer: &str, layout: &Layout, video_bitrate: u64) -> String {
    let mut completed = String::with_capacity(answer.len() + 1024);
    for section in sections(answer) {
        let mid = section.iter().find_map(|line| line.strip_prefix("a=mid:"));
        let slot = layout
            .slots
            .iter()
            .position(|(audio, video)| mid.is_some_and(|mid| mid == audio || mid == video));
        let limited = Source::ALL.into_iter().any(|source| {
            !source.is_audio() && mid.is_some() && layout.sends[source.index()].as_deref() == mid
        });
        for line in section {
            match slot {
                Some(slot) => completed.push_str(&in_stream(line, slot)),
                None => completed.push_str(line),
            }
            completed.push_str("\r\n");
            if limited && line.starts_with("c=") {
                completed.push_str(&format!("b=TIAS:{video_bitrate}\r\n"));
            }
        }
    }
    completed
}

/// The session's lines, then those of each line of media.
fn sections(sdp: &str) -> Vec<Vec<&str>> {
    let mut sections = vec![Vec::new()];
    for line in sdp.lines() {
        if line.starts_with("m=") {
            sections.push(Vec::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push(line);
        }
    }
    sections
}

fn in_stream(line: &str, slot: usize) -> String {
    let Some((before, msid)) = line.split_once("msid:") else { return line.to_owned() };
    match msid.split_once(' ') {
        Some((_, track)) if before == "a=" || before.starts_with("a=ssrc:") => {
            format!("{before}msid:slot-{slot} {track}")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::complete;
    use crate::offer::Layout;

    const ANSWER: &str = "v=0\r\na=msid-semantic: WMS x y\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=recvonly\r\na=mid:cam\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:a0\r\na=msid:x t1\r\na=ssrc:7 msid:x t1\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:v0\r\na=msid:y t2\r\n";

    fn completed() -> String {
        let layout = Layout {
            sends: [None, Some("cam".to_owned()), None, None],
            slots: vec![("a0".to_owned(), "v0".to_owned())],
        };
        complete(ANSWER, &layout, 4_000_000)
    }

    #[test]
    fn sound_and_picture_of_a_slot_are_one_stream() {
        let completed = completed();
        assert!(completed.contains("a=msid:slot-0 t1\r\na=ssrc:7 msid:slot-0 t1\r\n"), "{completed}");
        assert!(completed.contains("a=msid:slot-0 t2\r\n"), "{completed}");
    }

    #[test]
    fn video_that_is_sent_has_a_limit() {
        let completed = completed();
        assert_eq!(completed.matches("b=TIAS:4000000").count(), 1, "{completed}");
        assert!(
            completed.contains("c=IN IP4 0.0.0.0\r\nb=TIAS:4000000\r\na=recvonly\r\na=mid:cam\r\n"),
            "{completed}"
        );
    }
}
