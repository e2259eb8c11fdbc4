use axum::body::Body;
use bytes::Bytes;
use protocol::Problem;

use super::parts::{Part, Parts, boundary};

const FORM: &str = "--x y\r\ncontent-disposition: form-data; name=\"body\"\r\n\r\nhello\r\n--x \r\n--x y\r\n\
    Content-Disposition: form-data; filename=\"a; name=b.jpg\"; name=\"pictures\"\r\nContent-Type: image/jpeg\r\n\r\n\
    \r\n\r\n--x y\r\nContent-Disposition:form-data;name=empty\r\n\r\n\r\n--x y--\r\nmore";

/// Name, file name and content of each part, when the body comes in pieces of this size.
async fn read(form: &[u8], size: usize) -> Result<Vec<(String, Option<String>, Vec<u8>)>, Problem> {
    let pieces: Vec<Result<Bytes, std::io::Error>> =
        form.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let mut parts = Parts::new(Body::from_stream(futures::stream::iter(pieces)), "x y", 10_000_000);
    let mut found = Vec::new();
    while let Some(Part { name, file_name }) = parts.next().await? {
        let mut content = Vec::new();
        while let Some(piece) = parts.piece().await? {
            content.extend_from_slice(&piece);
        }
        found.push((name, file_name, content));
    }
    Ok(found)
}

#[tokio::test]
async fn parts_are_the_same_however_the_body_comes_in() {
    let expected = vec![
        ("body".to_owned(), None, b"hello\r\n--x ".to_vec()),
        ("pictures".to_owned(), Some("a; name=b.jpg".to_owned()), b"\r\n".to_vec()),
        ("empty".to_owned(), None, Vec::new()),
    ];
    for size in 1..=FORM.len() {
        assert_eq!(read(FORM.as_bytes(), size).await, Ok(expected.clone()), "in pieces of {size}");
    }
}

#[tokio::test]
async fn a_body_that_is_cut_anywhere_is_refused() {
    let end = FORM.find("y--").expect("an end") + 2;
    for length in 0..=end {
        assert_eq!(read(&FORM.as_bytes()[..length], 7).await, Err(Problem::BadRequest), "{length}");
    }
}

#[tokio::test]
async fn a_head_without_end_or_name_is_refused() {
    let endless = format!("--x y\r\nContent-Disposition: {}", "x".repeat(100_000));
    let lines = format!("--x y\r\n{}", "a: b\r\n".repeat(1_000));
    for form in [endless.as_str(), &lines, "--x y\r\n\r\nx\r\n--x y--", "--x yz\r\n\r\n\r\n--x y--"] {
        assert_eq!(read(form.as_bytes(), 4_096).await, Err(Problem::BadRequest));
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let mut parts = Parts::new(Body::from(FORM), "x y", 100);
    assert_eq!(parts.next().await, Err(Problem::TooLarge));
}

#[test]
fn a_boundary_is_read_as_browsers_write_it() {
    for (kind, read) in [
        ("multipart/form-data; boundary=----WebKitFormBoundaryAbc", Some("----WebKitFormBoundaryAbc")),
        ("multipart/form-data; charset=utf-8; Boundary=\"a b\"", Some("a b")),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=\"\"", None),
    ] {
        assert_eq!(boundary(kind), read, "{kind}");
    }
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    assert_eq!(boundary(&long), None);
}
