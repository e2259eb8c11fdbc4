//! What a deletion leaves: in each column that refers to an account, and in each byte of the files.

use protocol::profile::EditProfile;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Scope, delete};
use crate::{
    db::{Count, all, one},
    post, profile,
    testing::{Seed, TestDb, id},
};

/// A column that refers to accounts.
#[derive(Debug, FromQueryResult)]
struct Reference {
    place: String,
    column: String,
}

/// What refers to an account after it was deleted, by design: the chat that the other person keeps, and the empty head of a thread
/// in which others have written.
const KEPT: &[(&str, &str)] = &[
    ("chat_member", "other_id"),
    ("conversation", "first_id"),
    ("conversation", "second_id"),
    ("message", "sender_id"),
    ("comment", "author_id"),
];

async fn references(seed: &Seed) -> Vec<Reference> {
    let sql = "SELECT list.name AS place, fk.\"from\" AS \"column\" FROM sqlite_master AS list \
               JOIN pragma_foreign_key_list(list.name) AS fk WHERE list.type = 'table' AND fk.\"table\" = 'account'";
    all(seed.cx.db.read(), sql, []).await.expect("a list")
}

async fn rows(seed: &Seed, reference: &Reference, account: Uuid) -> i64 {
    let Reference { place, column } = reference;
    let sql = format!("SELECT COUNT(*) AS count FROM {place} WHERE {column} = $1");
    let found: Option<Count> = one(seed.cx.db.read(), &sql, [account.into()]).await.expect("a count");
    found.expect("a row").count
}

/// Ana has something in each table that refers to accounts. A table that is added needs a line here, or the test fails.
async fn fill(seed: &Seed, ana: &Scope) {
    let (ben, cid) = (seed.person("ben").await, seed.person("cid").await);
    seed.follow(ana, &ben).await;
    seed.follow(&ben, ana).await;
    seed.block(ana, &cid).await;
    let dan = seed.person("dan").await;
    seed.block(&dan, ana).await;
    crate::suggestion::dismiss(&seed.cx, ana, id(&ben)).await.expect("a dismissal");
    crate::suggestion::dismiss(&seed.cx, &ben, id(ana)).await.expect("a dismissal");
    let anas = seed.post(ana, "quetzalword in a post").await.id;
    let removed = seed.post(ana, "quetzalword in a removed post").await.id;
    post::remove(&seed.cx, ana, removed).await.expect("a removed post");
    let bens = seed.post(&ben, "for @ana to read").await.id;
    seed.like(ana, bens).await;
    seed.like(&ben, anas).await;
    let head = seed.comment(ana, bens, "quetzalword in a comment").await.id;
    let reply = |answers, body: &str| protocol::comment::NewComment {
        client_id: None,
        post: bens,
        answers: Some(answers),
        body: body.to_owned(),
    };
    seed.reply(&ben, reply(head, "for @ana")).await;
    let anas_reply = seed.reply(ana, reply(head, "quetzalword in a reply")).await.id;
    seed.reply(&ben, reply(anas_reply, "an answer")).await;
    let wanted = protocol::notification::NotificationSettings::default();
    crate::notification::settings::save(&seed.cx, ana, wanted).await.expect("settings");
    seed.picture(ana).await;
    let face = seed.sent_picture(ana).await.id;
    profile::set_picture(&seed.cx, ana, face, None).await.expect("a profile picture");
    let told = EditProfile { bio: "quetzalword in a bio".into(), ..EditProfile::default() };
    profile::edit(&seed.cx, ana, told).await.expect("a profile");
    for username in ["quetzalword", "ana"] {
        profile::change_username(&seed.cx, ana, username).await.expect("another username");
    }
    seed.say(ana, &ben, "hello").await;
    seed.say(&ben, ana, "hello").await;
    seed.cookie(ana).await;
    crate::export::request(&seed.cx, ana).await.expect("an export");
    let codes = seed.turn_on_two_factor(ana).await;
    assert!(!codes.is_empty());
    seed.passkey(ana).await;
    crate::passkey::begin(&seed.cx, ana, "plum tiger stairs 9".to_owned()).await.expect("another passkey");
    let log_in = |password: &str| protocol::account::Credentials {
        login: "ana".to_owned(),
        password: password.to_owned(),
    };
    for password in ["quetzalword wrong", "plum tiger stairs 9"] {
        // The first fails, the second waits for its code.
        _ = crate::session::log_in(&seed.cx, &Seed::nobody(), log_in(password), "quetzalword").await;
    }
    seed.settle().await;
    let password = "plum tiger stairs 9".to_owned();
    crate::account::email_change::request(&seed.cx, ana, "quetzalword@example.org", password)
        .await
        .expect("a letter");
    crate::account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.expect("a letter");
    seed.run_jobs().await;
}

#[tokio::test]
async fn no_row_refers_to_a_deleted_account_but_for_what_others_keep() {
    let seed = Seed::new(TestDb::sqlite(crate::limit::Rates::default().times(1_000)).await);
    // The ids of a conversation are in order.
    let earlier = seed.person("eve").await;
    let ana = seed.person("ana").await;
    seed.say(&earlier, &ana, "hello").await;
    let account = Uuid::from(id(&ana));
    fill(&seed, &ana).await;
    let references = references(&seed).await;
    for reference in &references {
        // Closing makes the one row that there is of it.
        if reference.place != "closed_account" {
            assert!(rows(&seed, reference, account).await > 0, "{reference:?}: nothing to delete");
        }
    }
    delete(&seed, &ana).await;
    for reference in &references {
        let is_kept = KEPT.contains(&(reference.place.as_str(), reference.column.as_str()));
        let left = rows(&seed, reference, account).await;
        assert!(left == 0 || is_kept, "{reference:?}: {left}");
    }
    let emptied = "SELECT COUNT(*) AS count FROM comment JOIN account ON account.id = author_id \
                   WHERE deleted_at IS NOT NULL AND (body <> '' OR removed_at IS NULL)";
    assert_eq!(seed.number(emptied).await, 0, "of comments only empty heads are left");
    seed.clock.advance_seconds(2 * 3_600);
    seed.run_jobs().await;
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM account WHERE picture_id IS NOT NULL").await, 0);
    assert_eq!(
        seed.files(),
        Vec::<std::path::PathBuf>::new(),
        "neither its pictures nor its profile picture"
    );
    let kept = "SELECT COUNT(*) AS count FROM reserved_username WHERE likeness = 'quetzalword'";
    assert_eq!(seed.number(kept).await, 1, "names from before stay reserved, too");
}
