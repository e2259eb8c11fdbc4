//! The pages of a copy that people read, without any script.

use crate::mail::escape;

/// How a page begins.
pub(super) fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>body{{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}}\
         h2{{font-size:1rem;margin:2rem 0 0}}p{{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}}</style>\n\
         <h1>{title}</h1>\n",
        title = escape(title)
    )
}

/// A heading with a text below it.
pub(super) fn paragraph((heading, text): (String, String)) -> String {
    format!("<h2>{}</h2>\n<p dir=\"auto\">{}</p>\n", escape(&heading), escape(&text))
}

/// A link to another page of the copy.
pub(super) fn link(name: &str, title: &str) -> String {
    format!("<h2><a href=\"{name}.html\">{}</a></h2>\n", escape(title))
}
