//! Text of people with its links and mentions.

use std::borrow::Cow;

use leptos::prelude::*;
use protocol::rich::{Segment, address, segments};

/// A text: links open elsewhere, mentions of `mentions` lead to their people, all the rest stands as it was typed. Its
/// place keeps the line breaks (`white-space: pre-wrap`).
#[component]
pub fn RichText(
    text: String,
    /// The usernames that lead somewhere for the reader.
    mentions: Vec<String>,
) -> impl IntoView {
    segments(&text).into_iter().map(|segment| render_segment(segment, &mentions)).collect_view()
}

fn render_segment(segment: Segment<'_>, mentions: &[String]) -> AnyView {
    let text = segment.text().to_owned();
    match segment {
        Segment::Text(_) => text.into_any(),
        // An address says by itself that it leads elsewhere. It reads from the left in any text, so that nobody can
        // dress it up as another one.
        Segment::Link(link) => {
            let shown = address(link).map_or(text, Cow::into_owned);
            let href = shown.clone();
            view! { <a class="link" dir="ltr" href=href target="_blank" rel="noopener nofollow ugc">{shown}</a> }
                .into_any()
        }
        Segment::Mention(_) => {
            let username = text.trim_start_matches('@').to_ascii_lowercase();
            if mentions.contains(&username) {
                view! { <a class="link" href=format!("/u/{username}")>{text}</a> }.into_any()
            } else {
                text.into_any()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str, mentions: &[&str]) -> String {
        let mentions = mentions.iter().map(ToString::to_string).collect();
        let html = Owner::new().with(|| view! { <RichText text=text.to_owned() mentions /> }.to_html());
        // What leptos marks places with.
        html.replace("<!>", "")
    }

    #[test]
    fn a_link_opens_elsewhere_and_tells_nothing_of_this_page() {
        let html = html("see HTTPS://kith.example/a?b&c.", &[]);
        assert!(html.contains(r#"href="HTTPS://kith.example/a?b&amp;c""#), "{html}");
        assert!(
            html.contains(r#"target="_blank""#) && html.contains(r#"rel="noopener nofollow ugc""#),
            "{html}"
        );
        assert!(html.contains(">HTTPS://kith.example/a?b&amp;c</a>"), "{html}");
    }

    #[test]
    fn only_who_is_known_is_led_to() {
        let html = html("@Ana and @nobody", &["ana"]);
        assert!(html.contains(r#"href="/u/ana""#) && html.contains(">@Ana</a>"), "{html}");
        assert!(!html.contains("/u/nobody") && html.contains("@nobody"), "{html}");
    }

    #[test]
    fn markup_is_text() {
        let html = html(r#"<script>alert(1)</script> https://a.example/"onclick="x <b>@ana</b>"#, &["ana"]);
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.contains(r#"href="https://a.example/""#), "{html}");
    }
}
