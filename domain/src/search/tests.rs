use protocol::{AccountId, Page, Problem, profile::Relation};
use uuid::Uuid;

use super::{index_all, people, posts};
use crate::{
    Scope, account,
    db::execute,
    limit::Rates,
    post,
    testing::{Seed, TestDb, both, id, refusal},
};

mod posts;

use self::posts::bodies;

/// Verified people of these names; the username is the number.
async fn named(seed: &Seed, names: &[(&str, &str)]) -> Vec<AccountId> {
    let mut people = Vec::new();
    for (number, (first, last)) in names.iter().enumerate() {
        let person = seed.person(&format!("zz{number}")).await;
        rename(seed, id(&person), first, last).await;
        people.push(id(&person));
    }
    people
}

async fn rename(seed: &Seed, who: AccountId, first: &str, last: &str) {
    let (first, last) = (first.to_owned(), last.to_owned());
    let renamed = seed.cx.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE account SET first_name = $1, last_name = $2 WHERE id = $3";
            execute(&**tx, sql, [first.into(), last.into(), Uuid::from(who).into()]).await?;
            super::index_person(&**tx, who).await
        })
    });
    renamed.await.expect("a new name");
}

async fn found(seed: &Seed, who: &Scope, typed: &str) -> Vec<String> {
    let found = people(&seed.cx, who, typed).await.expect("an answer");
    found.people.into_iter().map(|found| found.person.full_name()).collect()
}

#[tokio::test]
async fn people_are_found_by_any_part_of_their_names() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        named(
            &seed,
            &[
                ("Łukasz", "Müller"),
                ("Nguyễn", "Thị Đào"),
                ("王小明", "李"),
                ("Jo", "Ng"),
                ("Anne-Marie", "O’Neill"),
            ],
        )
        .await;
        for (typed, expected) in [
            ("lukasz", "Łukasz Müller"),
            ("ŁUKASZ", "Łukasz Müller"),
            ("MULLER", "Łukasz Müller"),
            ("ulle", "Łukasz Müller"),
            ("müller łuk", "Łukasz Müller"),
            ("zz0", "Łukasz Müller"),
            ("@zz0", "Łukasz Müller"),
            ("nguyen dao", "Nguyễn Thị Đào"),
            ("uyen", "Nguyễn Thị Đào"),
            ("小明", "王小明 李"),
            ("明", "王小明 李"),
            ("李", "王小明 李"),
            ("jo", "Jo Ng"),
            ("j", "Jo Ng"),
            ("ng jo", "Jo Ng"),
            ("marie", "Anne-Marie O’Neill"),
            ("o'neill", "Anne-Marie O’Neill"),
            ("neil", "Anne-Marie O’Neill"),
        ] {
            assert!(found(&seed, &ana, typed).await.contains(&expected.to_owned()), "{typed}");
        }
        assert_eq!(
            found(&seed, &ana, "ukas ng").await,
            Vec::<String>::new(),
            "all words have to be in the names"
        );
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_spelled_a_little_differently_is_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        named(&seed, &[("Katharina", "Schneider"), ("Boris", "Weber")]).await;
        for typed in ["katherina", "kathrina", "schnieder", "shneider"] {
            assert_eq!(found(&seed, &ana, typed).await, ["Katharina Schneider"], "{typed}");
        }
        assert_eq!(found(&seed, &ana, "quixote").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn what_is_closer_comes_first_and_then_whom_one_follows() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let people = named(
            &seed,
            &[
                ("Susanna", "Bee"),
                ("Annabel", "Cox"),
                ("Anna", "Dow"),
                ("Hannah", "Fox"),
                ("Bert", "Annan"),
                ("Anna", "Ack"),
            ],
        )
        .await;
        let expected = ["Anna Ack", "Anna Dow", "Annabel Cox", "Bert Annan", "Hannah Fox", "Susanna Bee"];
        assert_eq!(found(&seed, &ana, "anna").await, expected);
        for followed in [2, 0] {
            crate::follow::follow(&seed.cx, &ana, people[followed]).await.expect("a follow");
        }
        let expected = ["Anna Dow", "Anna Ack", "Annabel Cox", "Bert Annan", "Susanna Bee", "Hannah Fox"];
        assert_eq!(found(&seed, &ana, "anna").await, expected);
        let first = super::people(&seed.cx, &ana, "anna").await.expect("an answer").people.remove(0);
        assert_eq!(first.relation, Relation::Following);
        let expected = ["Anna Dow", "Ana Tester", "Anna Ack", "Annabel Cox", "Bert Annan"];
        assert_eq!(found(&seed, &ana, "an").await, expected, "a short word is the beginning of a name");
    })
    .await;
}

#[tokio::test]
async fn of_many_the_best_are_shown_and_that_there_are_more() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.grow().await;
        for typed in ["rown", "row", "ro", "grown", "grown19"] {
            let answer = people(&seed.cx, &ana, typed).await.expect("an answer");
            assert_eq!((answer.people.len(), answer.more), (30, true), "{typed}");
        }
        let answer = people(&seed.cx, &ana, "grown1999").await.expect("an answer");
        assert_eq!(answer.people[0].person.username, "grown1999");
    })
    .await;
}

#[tokio::test]
async fn a_new_name_takes_the_place_of_the_old_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let ben = seed.person("ben").await;
        rename(&seed, id(&ben), "Zacharias", "Quick").await;
        assert_eq!(found(&seed, &ana, "zacha").await, ["Zacharias Quick"]);
        assert_eq!(found(&seed, &ana, "ben").await, ["Zacharias Quick"], "the username is still that");
        assert!(!found(&seed, &ana, "tester").await.contains(&"Zacharias Quick".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn who_is_not_verified_is_found_by_nobody() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        account::sign_up(&seed.cx, &Seed::nobody(), Seed::form("newcomer")).await.expect("a sign-up");
        assert_eq!(found(&seed, &ana, "newcomer").await, Vec::<String>::new());
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("newcomer@example.org");
        account::verify(&seed.cx, &Seed::nobody(), &link).await.expect("a member");
        assert_eq!(found(&seed, &ana, "newcomer").await, ["Newcomer Tester"]);
    })
    .await;
}

/// What a stranger may type.
fn nasty() -> Vec<String> {
    let mut typed: Vec<String> = [
        "\"",
        "'",
        "\"\"",
        "a\"b",
        "a OR b",
        "a AND",
        "NOT a",
        "NEAR(a b)",
        "a*",
        "*",
        "^a",
        "-a",
        "a -b",
        "names:a",
        "{a b}:c",
        "(",
        ")",
        "a)",
        "a & b | !c",
        "a:*",
        "<->",
        "\\",
        "%",
        "_",
        "a%b",
        "';DROP TABLE account;--",
        "\u{0}",
        "a\u{0}b",
        "\u{1}\u{7}\u{1b}[31m",
        "\u{202e}ana",
        "\u{200b}",
        "\u{feff}",
        " ",
        "\t\r\n ",
        "",
        "🌻",
        "👩‍👩‍👧",
        "Z̷̧̢a̷l̷g̷o̷",
        "\u{10ffff}",
        "ﷺ",
        "$1",
        "?1",
        ":a",
        "@",
        "@@ana",
    ]
    .map(str::to_owned)
    .to_vec();
    typed.extend([
        "a".repeat(2_000),
        "a ".repeat(1_000),
        "\"".repeat(2_000),
        "é".repeat(2_000),
        "字".repeat(2_000),
        "ab\"* ".repeat(400),
    ]);
    typed
}

#[tokio::test]
async fn no_text_breaks_a_search() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.post(&ana, "a \"b\" AND c' % _ 🌻 字").await;
        for typed in nasty() {
            let front: String = typed.chars().take(20).collect();
            people(&seed.cx, &ana, &typed).await.unwrap_or_else(|error| panic!("{front}: {error:?}"));
            posts(&seed.cx, &ana, &typed, None).await.unwrap_or_else(|error| panic!("{front}: {error:?}"));
        }
        for nothing in ["", "  ", "\"'*", "\u{0}", "🌻"] {
            assert_eq!(people(&seed.cx, &ana, nothing).await.expect("an answer").people, []);
            assert_eq!(posts(&seed.cx, &ana, nothing, None).await.expect("an answer"), Page::empty());
        }
    })
    .await;
}

#[tokio::test]
async fn searches_have_a_limit_and_need_somebody_who_is_signed_in() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        assert_eq!(refusal(people(&seed.cx, &Seed::nobody(), "ana").await), Problem::SignInNeeded);
        assert_eq!(refusal(posts(&seed.cx, &Seed::nobody(), "ana", None).await), Problem::SignInNeeded);
        while seed.cx.limits.spend(crate::limit::Limit::Search, id(&ana)).is_ok() {}
        assert!(matches!(refusal(people(&seed.cx, &ana, "ana").await), Problem::TooMany { .. }));
        assert!(matches!(refusal(posts(&seed.cx, &ana, "ana", None).await), Problem::TooMany { .. }));
    })
    .await;
}

#[tokio::test]
async fn what_an_earlier_version_stored_is_made_findable() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let removed = seed.post(&ana, "a walrus").await.id;
        seed.post(&ana, "another walrus").await;
        post::remove(&seed.cx, &ana, removed).await.expect("a removal");
        for table in ["search_name", "search_person", "search_post"] {
            let sql = format!("DELETE FROM {table}");
            execute(seed.cx.db.writer(), &sql, []).await.expect("an empty table");
        }
        assert_eq!(found(&seed, &ana, "ana").await, Vec::<String>::new());
        for _ in 0..2 {
            index_all(&seed.cx).await.expect("an index");
        }
        assert_eq!(found(&seed, &ana, "ana").await, ["Ana Tester"]);
        assert_eq!(bodies(&seed, &ana, "walrus").await, ["another walrus"]);
    })
    .await;
}

#[tokio::test]
async fn a_search_takes_one_statement_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ana, &ben).await;
        seed.post(&ana, "walrus").await;
        for typed in ["a", "tester", "te tester", "tezter"] {
            seed.query_log.take();
            people(&seed.cx, &ana, typed).await.expect("an answer");
            let statements = seed.query_log.take();
            assert_eq!(statements.len(), 1);
            assert_eq!(seed.full_scans(statements).await, Vec::<String>::new(), "{typed}");
        }
        seed.query_log.take();
        posts(&seed.cx, &ana, "walrus", None).await.expect("a page");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}

/// The index of words overwrites what it forgets, and so does the database below it.
#[tokio::test]
async fn words_that_are_gone_are_in_no_index() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let ana = seed.person("ana").await;
    let post = seed.post(&ana, "xylophone").await.id;
    seed.post(&ana, "something else").await;
    let term =
        "SELECT COUNT(*) AS count FROM post_index_data WHERE instr(block, CAST('xylophone' AS blob)) > 0";
    assert!(seed.number(term).await > 0, "it was there");
    post::remove(&seed.cx, &ana, post).await.expect("a removal");
    assert_eq!(seed.number(term).await, 0);
}
