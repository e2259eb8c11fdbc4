use std::sync::Arc;

use protocol::account::NewAccount;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::{Action, Mail, Mailer, Outbox, compose, smtp};
use crate::{
    account::{forgot, resend, sign_up},
    clock::Clock,
    testing::{ManualClock, Seed, both, token_in},
};

const NAME: &str = r#"<b>"Ana" & 'Co'"#;

/// A message as it goes over the wire.
fn wire(mail: &Mail) -> String {
    let from = "Kith <kith@example.org>".parse().expect("a sender");
    String::from_utf8(smtp::message(&from, mail).expect("a message").formatted()).expect("text")
}

fn headers(wire: &str) -> Vec<&str> {
    wire.split("\r\n\r\n").next().expect("headers").split("\r\n").collect()
}

fn written(name: &str, subject: &str) -> Mail {
    let action = Action { label: "Act".to_owned(), link: "https://kith.example/act?a=1&b=2".to_owned() };
    compose("Kith", "ana@example.org", Some(name), subject, "The <lead>.", &[action], &["The \"rest\"."])
}

/// The letter for sure: whom it greets, its subject, and what its link leads to.
#[track_caller]
fn assert_letter(mails: &[Mail], hello: Option<&str>, subject: &str, label: &str, link: &str) {
    let [mail] = mails else { panic!("{} mails", mails.len()) };
    assert_eq!(mail.subject, subject);
    let link = link.replace("TOKEN", &token_in(mail).unwrap_or_default());
    assert!(mail.text.contains(&format!("{label}:\n{link}\n")), "{}", mail.text);
    assert!(mail.html.contains(&format!("<a href=\"{link}\"")), "{}", mail.html);
    let escaped = hello.map(|name| name.replace(NAME, "&lt;b&gt;&quot;Ana&quot; &amp; &#39;Co&#39;"));
    for (part, name) in [(&mail.text, hello), (&mail.html, escaped.as_deref())] {
        let hello = name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
        assert!(part.contains(&hello), "{part}");
    }
    assert_eq!(mail.name, hello.unwrap_or_default());
    assert!(!mail.html.contains("<b>"));
    assert!(mail.text.ends_with("-- \nKith\n"));
}

#[tokio::test]
async fn each_letter_says_its_own_in_text_and_html_and_names_are_text() {
    both(|seed| async move {
        let nobody = Seed::nobody();
        let form = NewAccount { first_name: NAME.into(), ..Seed::form("ana") };
        sign_up(&seed.cx, &nobody, form).await.unwrap();
        seed.run_jobs().await;
        let welcome = seed.mailbox.take("ana@example.org");
        let verify = "http://localhost:3000/verify/TOKEN";
        assert_letter(&welcome, None, "Verify your address", "Verify my address", verify);

        let link = token_in(&welcome[0]).expect("a link");
        crate::account::verify(&seed.cx, &nobody, &link).await.unwrap();
        let stranger = NewAccount { email: "ana@example.org".into(), ..Seed::form("stranger") };
        sign_up(&seed.cx, &nobody, stranger).await.unwrap();
        seed.run_jobs().await;
        let taken = seed.mailbox.take("ana@example.org");
        assert_letter(
            &taken,
            Some(NAME),
            "You already have an account",
            "Log in",
            "http://localhost:3000/login",
        );
        assert!(taken[0].text.contains("http://localhost:3000/forgot"));

        resend(&seed.cx, &nobody, "ana@example.org", None).await.unwrap();
        seed.run_jobs().await;
        let verified = seed.mailbox.take("ana@example.org");
        assert_letter(
            &verified,
            Some(NAME),
            "Your address is verified",
            "Log in",
            "http://localhost:3000/login",
        );

        forgot(&seed.cx, &nobody, "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let reset = "http://localhost:3000/reset/TOKEN";
        assert_letter(
            &seed.mailbox.take("ana@example.org"),
            Some(NAME),
            "Choose a new password",
            "Choose a new password",
            reset,
        );
        assert!(seed.mailbox.is_empty());
    })
    .await;
}

#[test]
fn whatever_is_put_into_a_letter_is_text_in_its_html() {
    let mail = written("</p><script>", "<title> & \"more\"");
    for escaped in [
        "&lt;/p&gt;&lt;script&gt;",
        "&lt;title&gt; &amp; &quot;more&quot;",
        "The &lt;lead&gt;.",
        "The &quot;rest&quot;.",
    ] {
        assert!(mail.html.contains(escaped), "{escaped}");
    }
    assert!(mail.html.contains("href=\"https://kith.example/act?a=1&amp;b=2\""));
    assert!(
        mail.text.contains("https://kith.example/act?a=1&b=2\n"),
        "the link of the plain twin can be copied"
    );
}

#[test]
fn a_message_has_both_parts_and_the_headers_that_mail_servers_want() {
    let wire = wire(&written("Ana Brandt", "Hello"));
    let headers = headers(&wire);
    for wanted in [
        "From: Kith <kith@example.org>",
        "To: \"Ana Brandt\" <ana@example.org>",
        "Subject: Hello",
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(headers.contains(&wanted), "{wanted}: {headers:#?}");
    }
    for wanted in ["Date: ", "Message-ID: <", "Content-Type: multipart/alternative;"] {
        assert!(headers.iter().any(|header| header.starts_with(wanted)), "{wanted}: {headers:#?}");
    }
    assert!(wire.contains("Content-Type: text/plain; charset=utf-8"));
    assert!(wire.contains("Content-Type: text/html; charset=utf-8"));
}

#[test]
fn nothing_that_was_typed_becomes_a_header() {
    for typed in
        ["Ana\r\nBcc: eve@example.org", "Ana\nBcc: eve@example.org", "Ana\r\n\r\nBcc: eve", "Ana\0\u{202e}"]
    {
        let wire = wire(&written(typed, &format!("About {typed}")));
        let headers = headers(&wire);
        assert!(!headers.iter().any(|header| header.starts_with("Bcc")), "{headers:#?}");
        assert_eq!(headers.iter().filter(|header| header.starts_with("To: ")).count(), 1);
        assert_eq!(headers.iter().filter(|header| header.starts_with("Subject: ")).count(), 1);
    }
}

#[test]
fn names_of_other_scripts_and_signs_reach_the_header_whole() {
    for name in [
        "Łukasz Żółć",
        "张伟",
        NAME,
        "Ana, Ben <eve@example.org>",
        "",
        " ",
        "\"",
        "\\",
        "\u{2028}",
        &"é".repeat(101),
    ] {
        let wire = wire(&written(name, name));
        let headers = headers(&wire).join("\n");
        assert!(headers.is_ascii(), "{headers}");
        assert!(headers.contains("ana@example.org"), "{headers}");
        assert!(headers.lines().all(|line| line.len() <= 998), "{headers}");
    }
}

#[test]
fn an_address_that_is_none_is_refused_not_sent() {
    let from = "kith@example.org".parse().expect("a sender");
    for to in ["", "ana", "ana@example.org\r\nRCPT TO:<eve@example.org>", "ana@example.org, eve@example.org"]
    {
        let mail = Mail { to: to.to_owned(), ..written("Ana", "Hello") };
        assert!(smtp::message(&from, &mail).is_err(), "{to}");
    }
}

#[tokio::test]
async fn the_outbox_keeps_every_mail_in_a_file_of_its_own() {
    let folder = std::env::temp_dir().join(format!("kith-outbox-{}", std::process::id()));
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let outbox = Outbox::new(folder.clone(), "Kith <kith@example.org>", clock).expect("an outbox");
    let endless = format!("{}@{}.org", "a".repeat(64), ["b".repeat(60).as_str(); 3].join("."));
    for to in ["ana@example.org", "etc/ana@example.org", &endless, "ana@example.org"] {
        outbox.send(&Mail { to: to.to_owned(), ..written("Ana", "Hello") }).await.expect("a stored mail");
    }
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a mail");
        assert!(
            text.contains("Subject: Hello\r\n") && file.extension().is_some_and(|ending| ending == "eml")
        );
    }
    std::fs::remove_dir_all(folder).expect("a folder");
}

#[tokio::test]
async fn a_sender_that_is_none_is_said_at_start() {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    assert!(Outbox::new("outbox".into(), "nobody", clock).is_err());
    assert!(super::Smtp::new("smtp://localhost:25", "nobody").is_err());
    assert!(super::Smtp::new("http://localhost", "kith@example.org").is_err());
}

/// A mail server on a loopback port that answers the recipient with this line; says its address.
async fn server(answer: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (reader, mut writer) = stream.into_split();
            let mut lines = BufReader::new(reader).lines();
            _ = writer.write_all(b"220 mail.example ESMTP\r\n").await;
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.split(' ').next().unwrap_or_default() {
                    "RCPT" => answer,
                    "QUIT" => break,
                    _ => "250 fine",
                };
                _ = writer.write_all(format!("{answer}\r\n").as_bytes()).await;
            }
        }
    });
    format!("smtp://{address}")
}

#[tokio::test]
async fn only_what_a_mail_server_refuses_for_good_is_not_sent_again() {
    for (answer, is_permanent) in [
        ("550 5.1.1 no such mailbox", true),
        ("552 5.2.2 mailbox full", true),
        ("450 4.2.0 greylisted, come again", false),
        ("421 4.3.2 shutting down", false),
        ("530 5.7.0 authenticate first", false),
    ] {
        let smtp = super::Smtp::new(&server(answer).await, "Kith <kith@example.org>").expect("a transport");
        let error = smtp.send(&written("Ana", "Hello")).await.expect_err("a refusal");
        assert_eq!(error.is_permanent(), is_permanent, "{answer}: {error:?}");
    }
    // Nobody listens there any more.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let smtp = super::Smtp::new(&format!("smtp://{address}"), "kith@example.org").expect("a transport");
    assert!(!smtp.send(&written("Ana", "Hello")).await.expect_err("no server").is_permanent());
    let mail = Mail { to: "no address".to_owned(), ..written("Ana", "Hello") };
    assert!(smtp.send(&mail).await.expect_err("no address").is_permanent());
}
