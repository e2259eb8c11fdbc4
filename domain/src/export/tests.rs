use std::io::{Cursor, Read};

use futures::TryStreamExt;
use protocol::{ExportId, Problem, export::ExportState};
use serde_json::Value;
use zip::ZipArchive;

use super::{latest, open, request};
use crate::{
    Scope, chat,
    testing::{Seed, both, id, refusal},
};

type Zip = ZipArchive<Cursor<Vec<u8>>>;

/// Asks for a copy and has it made.
async fn export(seed: &Seed, who: &Scope) -> ExportId {
    request(&seed.cx, who).await.expect("an export under way");
    seed.run_jobs().await;
    latest(&seed.cx, who).await.expect("an answer").expect("an export").id
}

async fn fetch(seed: &Seed, who: &Scope, export: ExportId) -> Zip {
    let content = open(&seed.cx, who, export).await.expect("a file");
    let bytes: Vec<u8> = content
        .pieces
        .try_fold(Vec::new(), |all, piece| async move { Ok([all, piece.to_vec()].concat()) })
        .await
        .expect("bytes");
    assert_eq!(bytes.len() as u64, content.length);
    ZipArchive::new(Cursor::new(bytes)).expect("a ZIP")
}

fn text(zip: &mut Zip, name: &str) -> String {
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

fn json(zip: &mut Zip, name: &str) -> Value {
    serde_json::from_str(&text(zip, name)).expect(name)
}

fn everything(zip: &mut Zip) -> String {
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.iter().map(|name| text(zip, name)).collect()
}

#[tokio::test]
async fn an_export_has_everything_that_its_owner_wrote_to_read_and_for_programs() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "<b>first</b> post").await.id;
        seed.comment(&ana, post, "a comment").await;
        let bens = seed.post(&ben, "by ben").await.id;
        seed.like(&ana, bens).await;
        seed.follow(&ana, &ben).await;
        seed.follow(&ben, &ana).await;
        seed.say(&ana, &ben, "said by ana").await;
        seed.say(&ben, &ana, "said by ben").await;
        let export = export(&seed, &ana).await;
        let mut zip = fetch(&seed, &ana, export).await;
        assert_eq!(json(&mut zip, "profile.json")["email"], "ana@example.org");
        assert_eq!(json(&mut zip, "posts.json")[0]["text"], "<b>first</b> post");
        assert_eq!(json(&mut zip, "comments.json")[0]["text"], "a comment");
        assert_eq!(json(&mut zip, "likes.json")[0]["by"], "ben");
        assert_eq!(json(&mut zip, "following.json")[0]["username"], "ben");
        assert_eq!(json(&mut zip, "followers.json")[0]["username"], "ben");
        let messages = json(&mut zip, "messages.json");
        assert_eq!((&messages[0]["text"], &messages[0]["from_you"]), (&"said by ana".into(), &true.into()));
        assert_eq!((&messages[1]["text"], &messages[1]["with"]), (&"said by ben".into(), &"ben".into()));
        assert_eq!(json(&mut zip, "blocked.json"), Value::Array(Vec::new()));
        let page = text(&mut zip, "posts.html");
        assert!(page.contains("&lt;b&gt;first&lt;/b&gt; post") && !page.contains("<b>first"), "{page}");
        assert!(text(&mut zip, "posts.csv").contains("\"<b>first</b> post\""));
        assert!(text(&mut zip, "index.html").contains("posts.html"));
    })
    .await;
}

#[tokio::test]
async fn an_export_of_many_things_has_each_of_them_once() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let posts = usize::try_from(super::record::AT_ONCE).expect("a number") + 3;
        for number in 0..posts {
            seed.post(&ana, &format!("post {number}")).await;
        }
        let export = export(&seed, &ana).await;
        let mut zip = fetch(&seed, &ana, export).await;
        let listed = json(&mut zip, "posts.json");
        let listed: Vec<&str> =
            listed.as_array().expect("a list").iter().filter_map(|post| post["text"].as_str()).collect();
        assert_eq!(listed, (0..posts).map(|number| format!("post {number}")).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_somebody_hidden_is_in_an_export() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("quetzal").await);
        let bens = seed.post(&ben, "a quetzal post").await.id;
        seed.like(&ana, bens).await;
        seed.comment(&ana, bens, "nice").await;
        seed.follow(&ana, &ben).await;
        seed.say(&ben, &ana, "a quetzal message").await;
        seed.block(&ben, &ana).await;
        let export = export(&seed, &ana).await;
        let mut zip = fetch(&seed, &ana, export).await;
        let everything = everything(&mut zip);
        assert!(!everything.contains("quetzal"), "{everything}");
        assert!(everything.contains("nice"), "what one wrote oneself is there");
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_export_is_not_found_nor_is_one_that_is_not_ready_or_over() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        request(&seed.cx, &ana).await.expect("an export under way");
        let waiting = latest(&seed.cx, &ana).await.expect("an answer").expect("an export");
        assert_eq!(waiting.state, ExportState::Making { done: 0, total: 0 });
        assert_eq!(refusal(open(&seed.cx, &ana, waiting.id).await.map(drop)), Problem::NotFound);
        seed.run_jobs().await;
        assert_eq!(refusal(open(&seed.cx, &ben, waiting.id).await.map(drop)), Problem::NotFound);
        assert_eq!(
            refusal(open(&seed.cx, &Seed::nobody(), waiting.id).await.map(drop)),
            Problem::SignInNeeded
        );
        assert_eq!(latest(&seed.cx, &ben).await.expect("an answer"), None);
        seed.clock.advance_seconds(protocol::export::EXPORT_DAYS * 24 * 3_600);
        assert_eq!(refusal(open(&seed.cx, &ana, waiting.id).await.map(drop)), Problem::NotFound);
        assert_eq!(latest(&seed.cx, &ana).await.expect("an answer"), None);
    })
    .await;
}

#[tokio::test]
async fn an_export_goes_with_its_file_when_its_days_are_over() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        export(&seed, &ana).await;
        assert_eq!(seed.files().len(), 1);
        seed.clock.advance_seconds(protocol::export::EXPORT_DAYS * 24 * 3_600);
        super::sweep(&seed.cx).await.expect("a tidy store");
        seed.run_jobs().await;
        assert_eq!(seed.files(), Vec::<std::path::PathBuf>::new());
    })
    .await;
}

#[tokio::test]
async fn asking_again_makes_one_export_while_it_is_under_way_and_a_new_one_afterwards() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        request(&seed.cx, &ana).await.expect("an export under way");
        request(&seed.cx, &ana).await.expect("the same");
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM export").await, 1);
        let first = export(&seed, &ana).await;
        let second = export(&seed, &ana).await;
        assert_ne!(first, second);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM export").await, 1);
        seed.run_jobs().await;
        assert_eq!(seed.files().len(), 1, "the first one's file is gone");
    })
    .await;
}

#[tokio::test]
async fn an_export_that_another_process_makes_is_left_to_it_until_that_falls_silent() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        request(&seed.cx, &ana).await.expect("an export under way");
        let export = latest(&seed.cx, &ana).await.expect("an answer").expect("an export").id;
        let (now, until) = (seed.cx.now(), seed.cx.now().plus_seconds(60));
        super::store::claim(seed.cx.db.writer(), export, now, until).await.expect("a claim");
        assert_eq!(refusal(super::make(&seed.cx, export).await), Problem::Unavailable);
        seed.clock.advance_seconds(60);
        super::make(&seed.cx, export).await.expect("an export");
        assert!(open(&seed.cx, &ana, export).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_deleted_takes_its_exports_along() {
    both(|seed| async move {
        let seed = seed.configured(|parts| parts.deletion_days = 0);
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ben, &ana, "hello").await;
        let export = export(&seed, &ana).await;
        crate::deletion::close_account(&seed.cx, &ana, Seed::form("ana").password)
            .await
            .expect("a closed account");
        seed.run_jobs().await;
        assert_eq!(seed.files(), Vec::<std::path::PathBuf>::new());
        assert_eq!(refusal(open(&seed.cx, &ana, export).await.map(drop)), Problem::NotFound);
        assert_eq!(
            chat::conversations(&seed.cx, &ben).await.expect("conversations").len(),
            1,
            "{}",
            id(&ben)
        );
    })
    .await;
}
