//! What people write, wherever they write it: refused with its text kept, or shown as the text that it is.

use axum::http::StatusCode;
use domain::testing::{Seed, both, id};
use protocol::{chat::MessageBody, comment::CommentBody, post::PostBody};

use super::{Answer, Browser, Site};

const SCRIPT: &str = "</textarea><script>alert(1)</script>";

/// A place to write in.
struct Place {
    form: String,
    /// The page that it stands on, and that shows what was written.
    page: String,
    hidden: Vec<(&'static str, String)>,
    most: usize,
}

impl Place {
    async fn write(&self, browser: &Browser, text: &str) -> Answer {
        let hidden = self.hidden.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<_> = hidden.chain([("body", text)]).collect();
        browser.post(&self.form, &fields).await
    }
}

/// Everywhere where Ana can write.
async fn places(site: &Site) -> Vec<Place> {
    let ben = site.seed.person("ben").await;
    let post = site.seed.post(&ben, "about the garden").await.id;
    let comment = site.seed.comment(&ben, post, "and the bees").await.id;
    let below = |hidden, page: String| Place {
        form: format!("/p/{post}/comments"),
        page,
        hidden,
        most: CommentBody::MAX as usize,
    };
    let message = [("to", id(&ben).to_string()), ("client_id", site.seed.cx.new_id().unwrap().to_string())];
    vec![
        Place {
            form: "/posts".to_owned(),
            page: "/".to_owned(),
            hidden: vec![("back", "/".to_owned())],
            most: PostBody::MAX as usize,
        },
        below(vec![], format!("/p/{post}")),
        below(vec![("answers", comment.to_string())], format!("/p/{post}?reply={comment}")),
        Place {
            form: "/chat/ben".to_owned(),
            page: "/chat/ben".to_owned(),
            hidden: message.to_vec(),
            most: MessageBody::MAX as usize,
        },
    ]
}

#[tokio::test]
async fn a_form_that_is_sent_twice_says_it_once_and_other_words_in_it_are_said_too() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        for mut place in places(&site).await {
            place.hidden.retain(|(name, _)| *name != "client_id");
            place.hidden.push(("client_id", site.seed.cx.new_id().unwrap().to_string()));
            for text in ["a first word", "a first word", "a second word", "a first word"] {
                let answer = place.write(&ana, text).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            }
        }
        let said = |table: &str| format!("SELECT COUNT(*) AS count FROM {table} WHERE body LIKE 'a % word'");
        for (table, places) in [("post", 1), ("comment", 2), ("message", 1)] {
            assert_eq!(site.seed.number(&said(table)).await, 2 * places, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_that_cannot_be_taken_comes_again_whole() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        for place in places(&site).await {
            let long = format!("{SCRIPT}{}", "x".repeat(place.most - SCRIPT.len() + 1));
            let wide = "🌻".repeat(place.most + 1);
            let marks = format!("Z{}algo", "\u{336}\u{301}".repeat(50));
            let most = format!("Use at most {} characters.", place.most);
            for (text, sentence) in [
                ("", "Write something first."),
                ("   \n\t \n", "Write something first."),
                ("\u{200b}\u{2060}\u{feff}", "Write something first."),
                ("\u{202e}\u{2066}", "Write something first."),
                (long.as_str(), most.as_str()),
                (&format!("\n\n  {long}"), &most),
                (&wide, &most),
                (&marks, "This has too many marks stacked on one letter."),
            ] {
                let answer = place.write(&ana, text).await;
                let front: String = text.chars().take(20).collect();
                let context = format!("{front} to {}: {}", place.form, answer.text());
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{context}");
                let kept = answer.fields("body");
                assert!(kept.iter().any(|kept| kept == text), "{context}");
                assert!(answer.text().contains(sentence), "{context}");
                assert!(!answer.body.contains(SCRIPT), "{context}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_that_looks_like_markup_is_shown_as_text() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        for place in places(&site).await {
            let text = format!("{SCRIPT}<img src=x onerror=alert(1)>&lt;b&gt; \"quoted' {{{{7*7}}}}\n-->]]>");
            let answer = place.write(&ana, &text).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}: {}", place.form, answer.text());
            let page = ana.get(&place.page).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains(&text), "{}: {}", place.page, page.text());
            for markup in ["<script>alert", "<img src=x", "</textarea><script"] {
                assert!(!page.body.contains(markup), "{}: {markup}", place.page);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_turns_the_direction_of_text_is_taken_out() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for place in places(&site).await {
        let answer = place.write(&ana, "up \u{202e}down\u{202c} \u{7}and\u{2067} שלום\u{1b}[31m").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", place.form);
        let page = ana.get(&place.page).await;
        assert!(page.text().contains("up down and שלום[31m"), "{}: {}", place.page, page.text());
        assert!(!page.body.contains(['\u{202e}', '\u{2067}', '\u{7}', '\u{1b}']), "{}", place.page);
    }
}

#[tokio::test]
async fn a_name_that_looks_like_markup_is_shown_as_text() {
    let site = Site::sqlite().await;
    let password = Seed::form("eve").password;
    let form = [
        ("first_name", "<script>alert(1)</script>"),
        ("last_name", "\"'><img src=x>"),
        ("username", "eve"),
        ("email", "eve@example.org"),
        ("password", password.as_str()),
    ];
    assert_eq!(site.visitor().post("/signup", &form).await.status, StatusCode::SEE_OTHER);
    let username = protocol::text::Username::parse("eve").expect("a username");
    assert!(domain::account::verify_by_hand(&site.seed.cx, &username).await.expect("an answer"));
    let mut eve = site.visitor();
    eve.log_in("eve", &password).await;
    eve.post("/posts", &[("body", "hello")]).await;
    let ben = site.member("ben").await;
    for path in ["/", "/u/eve", "/chat/eve"] {
        let page = ben.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains("<script>alert(1)</script> \"'><img src=x>"), "{path}: {}", page.text());
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{path}");
    }
}

#[tokio::test]
async fn sending_a_message_form_again_says_nothing_twice() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let chat = places(&site).await.pop().expect("the chat");
    for _ in 0..3 {
        assert_eq!(chat.write(&ana, "only once").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, 1);
}

#[tokio::test]
async fn a_first_line_stays_indented_wherever_it_is_written_and_changed() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let typed = |what: &str| format!("\r\n    {what}:\r\n        dance()\r\n");
        let shown = |what: &str| format!(">    {what}:\n        dance()<");
        for (number, place) in places(&site).await.into_iter().enumerate() {
            let what = format!("if bees{number}");
            let answer = place.write(&ana, &typed(&what)).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}: {}", place.form, answer.text());
            let page = ana.get(&place.page).await.body.replace("<!>", "");
            assert!(page.contains(&shown(&what)), "{}: {page}", place.page);
        }
        let scope = ana.scope(&site).await;
        let post = site.seed.post(&scope, "before").await.id;
        let comment = site.seed.comment(&scope, post, "before").await.id;
        for form in [format!("/p/{post}/edit"), format!("/c/{comment}/edit")] {
            let changed = ana.post(&form, &[("version", "0"), ("body", &typed("while bees"))]).await;
            assert_eq!(changed.status, StatusCode::SEE_OTHER, "{form}: {}", changed.text());
        }
        let page = ana.get(&format!("/p/{post}")).await.body.replace("<!>", "");
        assert_eq!(page.matches(&shown("while bees")).count(), 2, "{page}");
        let editor = ana.get(&format!("/p/{post}/edit")).await;
        assert_eq!(editor.field("body"), "    while bees:\n        dance()");
    })
    .await;
}
