//! What somebody deleted is in no file of the database any more. On PostgreSQL, whose files are its own affair, the operator's
//! `VACUUM` does that.

use std::fs;

use domain::{account, chat, comment, db::execute, deletion, post, testing::Seed};
use memchr::memmem;
use protocol::{
    chat::EditMessage,
    comment::EditComment,
    post::{EditPost, UNDO_SECONDS},
};

use super::Site;
use crate::worker::clean_up;

/// The files of the database that have these words in them.
fn files_with(seed: &Seed, words: &str) -> Vec<String> {
    let files = fs::read_dir(seed.folder()).expect("a folder").flatten().map(|file| file.path());
    files
        .filter(|path| path.is_file())
        .filter(|path| memmem::find(&fs::read(path).expect("a file"), words.as_bytes()).is_some())
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect()
}

#[tokio::test]
async fn deleted_words_are_in_no_file_of_the_database() {
    let site = Site::sqlite().await;
    let (seed, cx) = (&site.seed, &site.state.cx);
    let (anas, bens) = (site.member("ana").await, site.member("ben").await);
    let (ana, ben) = (anas.scope(&site).await, bens.scope(&site).await);
    // Short ones share a page of the file with others, long ones have pages of their own.
    let long = |words: &str| format!("{words} ").repeat(110);
    let gone = ["zebrafinch one", "zebrafinch two", "zebrafinch three", "zebrafinch four", "zebrafinch five"];
    let kept = seed.post(&ana, "zebrafinch that stays").await.id;
    let short = seed.post(&ana, gone[0]).await.id;
    let edited = seed.post(&ana, &long(gone[1])).await.id;
    let edit = EditPost { post: edited, version: 0, body: gone[2].to_owned(), pictures: Vec::new() };
    post::edit(cx, &ana, edit).await.expect("an edited post");
    let comment = seed.comment(&ben, kept, &long(gone[3])).await.id;
    let edit = EditComment { comment, version: 0, body: gone[4].to_owned() };
    comment::edit(cx, &ben, edit).await.expect("an edited comment");
    let said = ["zebrafinch six", "zebrafinch seven"];
    let message = seed.say(&ana, &ben, &long(said[0])).await;
    let (conversation, seq) = (message.conversation, message.seq);
    let edit = EditMessage { conversation, seq, body: said[1].to_owned() };
    chat::message::edit(cx, &ana, edit).await.expect("an edited message");
    let gone: Vec<&str> = gone.into_iter().chain(said).collect();
    for words in gone.iter().copied().filter(|words| *words != said[0]) {
        assert_ne!(files_with(seed, words), Vec::<String>::new(), "{words}: it was there");
    }
    for removed in [short, edited] {
        post::remove(cx, &ana, removed).await.expect("a removed post");
    }
    comment::remove(cx, &ben, comment).await.expect("a removed comment");
    chat::message::remove(cx, &ana, conversation, seq).await.expect("a deleted message");
    seed.clock.advance_seconds(i64::from(UNDO_SECONDS) + 1);
    seed.run_jobs().await;
    clean_up(cx).await.expect("a tidy database");
    for words in gone {
        assert_eq!(files_with(seed, words), Vec::<String>::new(), "{words}");
    }
    assert_eq!(files_with(seed, "zebrafinch that stays"), ["kith.db"]);
}

#[tokio::test]
async fn a_deleted_account_is_in_no_file_of_the_database() {
    let site = Site::sqlite().await;
    let (seed, cx) = (&site.seed, &site.state.cx);
    let (anas, bens) = (site.member("ana").await, site.member("ben").await);
    let (ana, ben) = (anas.scope(&site).await, bens.scope(&site).await);
    let sql = "UPDATE account SET first_name = 'Zebrafinch Anna', last_name = 'Zebrafinch Lee', email = 'zebrafinch@example.org', \
               email_key = 'zebrafinch@example.org' WHERE username = 'ana'";
    cx.write(move |tx| Box::pin(execute(&**tx, sql, []))).await.expect("a renamed account");
    let post = seed.post(&ana, "zebrafinch in a post").await.id;
    let edit = EditPost {
        post,
        version: 0,
        body: "zebrafinch in its next version".to_owned(),
        pictures: Vec::new(),
    };
    post::edit(cx, &ana, edit).await.expect("an edited post");
    let bens_post = seed.post(&ben, "a post that stays").await.id;
    seed.comment(&ana, bens_post, "zebrafinch in a comment").await;
    account::forgot(cx, &Seed::nobody(), "zebrafinch@example.org").await.expect("a letter");
    assert_ne!(files_with(seed, "ebrafinch"), Vec::<String>::new(), "it was there");
    deletion::close_account(cx, &ana, Seed::form("ana").password).await.expect("a closed account");
    seed.clock.advance_seconds(i64::from(cx.deletion_days) * 24 * 3_600);
    seed.run_jobs().await;
    clean_up(cx).await.expect("a tidy database");
    assert_eq!(files_with(seed, "ebrafinch"), Vec::<String>::new());
    assert_eq!(files_with(seed, "a post that stays"), ["kith.db"]);
}
