//! Tables for spreadsheets, in the format of RFC 4180.

/// A line of a table.
pub(super) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell as text. Spreadsheets take what begins with one of these for a formula, which could send what else is in the table to
/// somebody (OWASP, "CSV injection"): an apostrophe says that it is none.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_looks_like_a_formula_is_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(line([text]), format!("\"'{text}\"\r\n"));
        }
    }

    #[test]
    fn quotes_commas_and_lines_stay_in_their_cell() {
        assert_eq!(line(["a \"b\", c", "two\nlines", ""]), "\"a \"\"b\"\", c\",\"two\nlines\",\"\"\r\n");
    }
}
