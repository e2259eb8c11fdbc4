//! What is pasted or dropped: the text, or the pictures. Spreadsheets and word processors put an image of what they copy
//! beside it, so that text goes first; a file manager's text only names the files.

use web_sys::{DataTransfer, File, FileList};

/// What somebody means by it.
pub(super) enum Transfer {
    /// A text; the images beside it are another look of it.
    Text(String),
    /// Files.
    Files(Vec<File>),
}

impl Transfer {
    /// Nothing, when it is left to the browser.
    pub(super) fn of(data: Option<DataTransfer>) -> Option<Self> {
        let data = data?;
        let files = files(data.files());
        if files.is_empty() {
            return None;
        }
        // A kind that is not there is an empty text.
        let get = |kind: &str| data.get_data(kind).unwrap_or_default();
        let names: Vec<String> = files.iter().map(File::name).collect();
        let (text, links) = (get("text/plain"), get("text/uri-list"));
        Some(if is_more_than_names(&text, &links, &names) { Self::Text(text) } else { Self::Files(files) })
    }
}

/// Whether a text says more than where the files are that come with it.
fn is_more_than_names(text: &str, links: &str, names: &[String]) -> bool {
    let is_link = |line: &str| links.lines().any(|link| link.trim() == line);
    let is_name = |line: &str| {
        let name = line.rsplit(['/', '\\']).next().unwrap_or(line);
        names.iter().any(|known| known == name)
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.any(|line| !is_link(line) && !is_name(line))
}

fn files(list: Option<FileList>) -> Vec<File> {
    let list = list.iter();
    list.flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::is_more_than_names;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cells_and_paragraphs_are_text_whatever_image_stands_beside_them() {
        for text in ["Apples\t3\r\nPears\t5\r\n", "A paragraph.", "image.png is what I mean", "0"] {
            assert!(is_more_than_names(text, "", &names(&["image.png"])), "{text:?}");
        }
    }

    #[test]
    fn a_picture_is_a_picture_when_its_text_only_says_where_it_is() {
        for (text, links) in [
            ("", ""),
            (" \r\n", ""),
            ("holiday.jpg", ""),
            ("/home/ana/holiday.jpg\r\n", ""),
            ("C:\\Users\\ana\\holiday.jpg", ""),
            ("https://kith.example/a/7", "https://kith.example/a/7\r\n"),
        ] {
            assert!(!is_more_than_names(text, links, &names(&["holiday.jpg", "image.png"])), "{text:?}");
        }
    }
}
