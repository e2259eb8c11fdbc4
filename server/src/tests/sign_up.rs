use axum::http::StatusCode;
use domain::testing::{Seed, both};
use protocol::account::NewAccount;

use super::{Answer, Site};

/// The fields of a form that is filled in well, but for those in `with`.
fn fields<'a>(with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let well = [
        ("first_name", "Ana"),
        ("last_name", "Brandt"),
        ("username", "ana_b"),
        ("email", "ana@example.org"),
        ("password", "plum tiger stairs 9"),
    ];
    let other = |name: &str| with.iter().find(|(other, _)| *other == name).copied();
    well.into_iter().map(|field| other(field.0).unwrap_or(field)).collect()
}

/// The form came again with the sentence at its field, all that was typed, and no password.
#[track_caller]
fn assert_came_again(answer: &Answer, typed: &[(&str, &str)], field: &str, sentence: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", answer.text());
    assert_eq!(answer.error_at(field), sentence);
    for (name, value) in typed {
        if *name == "password" {
            assert!(value.is_empty() || !answer.body.contains(value), "the password {value} came back");
            assert_eq!(answer.field(name), "");
        } else {
            assert_eq!(answer.field(name), *value);
        }
    }
}

#[tokio::test]
async fn a_form_that_is_filled_in_well_leads_on() {
    both(|seed| async move {
        let site = Site::new(seed);
        let answer = site.visitor().post("/signup", &fields(&[])).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/signup?sent"));
        assert!(site.visitor().get("/signup?sent").await.text().contains("Check your email"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field_and_nothing_typed_is_lost() {
    let letters = "Use letters from a to z, digits and _, beginning with a letter.";
    let address = "This doesn't look like an email address.";
    let long = "x".repeat(255);
    let endless = "correct horse battery ".repeat(455);
    let marks = format!("A{}na", "\u{301}".repeat(40));
    let cases = [
        ("username", "", "Choose a username."),
        ("username", "  ", "Choose a username."),
        ("username", "ab", "Use at least 3 characters."),
        ("username", &long, "Use at most 30 characters."),
        ("username", "ana b", letters),
        ("username", "9ana", letters),
        ("username", "ana\u{202e}b", letters),
        ("username", "аna", letters),
        ("username", "<script>alert(1)</script>", letters),
        ("username", "../../etc/passwd", letters),
        ("email", "", "Enter your email address."),
        ("email", "ana", address),
        ("email", "ana@", address),
        ("email", "@example.org", address),
        ("email", "ana@example", address),
        ("email", "ana@@example.org", address),
        ("email", "ana@exa mple.org", address),
        ("email", "ana@example.org\r\nBcc: everybody@example.org", address),
        ("email", "\"<script>\"@example.org", address),
        ("email", &long, "Use at most 254 characters."),
        ("password", "", "Use at least 10 characters."),
        ("password", "knoxly7", "Use at least 10 characters."),
        ("password", "passwordpassword", "This is easy to guess. Try a few unusual words."),
        ("password", "Ana_Brandt_2026", "This is easy to guess. Try a few unusual words."),
        ("password", &endless[..10_000], "Use at most 1000 characters."),
        ("first_name", "", "Enter your first name."),
        ("first_name", "evil.example", "A name can't be a web or email address."),
        ("last_name", "http://evil", "A name can't be a web or email address."),
        ("last_name", "ana@example.org", "A name can't be a web or email address."),
        ("username", "adm1n", "This username is taken, or looks too much like one that is."),
        ("first_name", &marks, "This has too many marks stacked on one letter."),
        ("last_name", "\u{202e}tdnarB", "This has invisible characters. Type it again."),
        ("last_name", "\u{200b}", "This has invisible characters. Type it again."),
    ];
    let site = Site::sqlite().await;
    for (field, typed, sentence) in cases {
        let form = fields(&[(field, typed)]);
        let answer = site.visitor().post("/signup", &form).await;
        assert_came_again(&answer, &form, field, sentence);
    }
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM account").await, 0);
}

#[tokio::test]
async fn a_taken_or_look_alike_username_is_said_at_the_field() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("anabel").await;
        for typed in ["anabel", "ANABEL", "@anabel", "ana_bel", "anabe1"] {
            let form = fields(&[("username", typed)]);
            let answer = site.visitor().post("/signup", &form).await;
            let sentence = "This username is taken, or looks too much like one that is.";
            assert_came_again(&answer, &form, "username", sentence);
        }
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let site = Site::sqlite().await;
    let answer = site.visitor().post("/signup", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in NewAccount::FIELDS {
        assert!(!answer.error_at(field).is_empty(), "{field}");
    }
}

#[tokio::test]
async fn an_address_with_an_account_gets_the_same_answer_as_one_without() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("owner").await;
        let known = site.visitor().post("/signup", &fields(&[("email", "owner@example.org")])).await;
        let new = site.visitor().post("/signup", &fields(&[("username", "someone_else")])).await;
        let [known, new] = [known, new].map(|mut answer| {
            let cookie = answer.headers.remove("set-cookie").expect("a cookie");
            let cookie = cookie.to_str().expect("a cookie").to_owned();
            let (token, rest) = cookie.split_once(';').expect("attributes");
            assert_eq!(token.strip_prefix("kith-signup=").map(str::len), Some(64));
            assert_eq!(rest, " Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
            answer
        });
        assert_eq!((known.status, known.headers, known.body), (new.status, new.headers, new.body));
        for path in ["/resend", "/forgot"] {
            let known = site.visitor().post(path, &[("email", &Seed::form("owner").email)]).await;
            let new = site.visitor().post(path, &[("email", "nobody@example.org")]).await;
            assert_eq!((known.status, known.headers, known.body), (new.status, new.headers, new.body));
        }
    })
    .await;
}

#[tokio::test]
async fn a_malformed_address_comes_again_where_mail_is_asked_for() {
    let site = Site::sqlite().await;
    for path in ["/resend", "/forgot"] {
        let answer = site.visitor().post(path, &[("email", "ana@\"><script>")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(answer.error_at("email"), "This doesn't look like an email address.", "{path}");
        assert_eq!(answer.field("email"), "ana@\"><script>", "{path}");
    }
}
