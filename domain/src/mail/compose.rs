//! The look of our letters: one column, one button, and a plain twin that reads well.

use super::Mail;

/// What a letter asks for.
pub(crate) struct Action {
    /// What stands on the button.
    pub(crate) label: &'static str,
    /// Where it leads.
    pub(crate) link: String,
}

/// Lays out a letter of a few paragraphs with at most one button between the first and the others.
pub(crate) fn compose(
    to: &str,
    name: &str,
    subject: &str,
    lead: &str,
    action: Option<&Action>,
    rest: &[&str],
) -> Mail {
    let mut text = format!("Hello {name},\n\n{lead}\n\n");
    if let Some(action) = action {
        text.push_str(&format!("{}:\n{}\n\n", action.label, action.link));
    }
    for paragraph in rest {
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text.push_str("-- \nkith\n");
    Mail {
        to: to.to_owned(),
        name: name.to_owned(),
        subject: subject.to_owned(),
        text,
        html: html(name, subject, lead, action, rest),
    }
}

fn html(name: &str, subject: &str, lead: &str, action: Option<&Action>, rest: &[&str]) -> String {
    let paragraph =
        |words: &str, style: &str| format!("<p style=\"margin:0 0 16px;{style}\">{}</p>", escape(words));
    let button = action.map_or_else(String::new, |action| {
        format!(
            "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;\
             background:#00645f;color:#ffffff;font-weight:600;text-decoration:none\">{}</a></p>",
            escape(&action.link),
            escape(action.label),
        )
    });
    let rest: String = rest.iter().map(|words| paragraph(words, "color:#4a4d57;font-size:14px")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\
         <body style=\"margin:0;padding:24px;background:#fbfaf7;color:#1f222b;font:16px/1.5 system-ui,sans-serif\">\
         <div style=\"max-width:480px;margin:0 auto\">\
         <p style=\"margin:0 0 24px;font-weight:650;font-size:18px\">\
         <span style=\"color:#00645f\">&#9679;&#9675;</span> kith</p>{hello}{lead}{button}{rest}</div></body></html>",
        subject = escape(subject),
        hello = paragraph(&format!("Hello {name},"), ""),
        lead = paragraph(lead, ""),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
