use super::*;
use crate::files::testing::Folder;

const ROOMS: &[(&str, &str)] = &[
    ("app/src/lib.rs", ""),
    ("domain/src/lib.rs", ""),
    ("end2end/tests/block.spec.ts", ""),
    ("protocol/src/lib.rs", ""),
    ("server/src/main.rs", ""),
];

/// The findings in a repository with these files.
fn findings(name: &str, written: &[(&str, &str)]) -> Findings {
    let folder = Folder::with(name, ROOMS);
    for (path, content) in written {
        folder.write(path, content);
    }
    let workspace = Workspace { root: folder.path().to_owned(), target: folder.path().join("target") };
    check(&workspace).unwrap_or_else(|error| vec![format!("{error:#}")])
}

fn one(name: &str, written: &[(&str, &str)], expected: &str) {
    let found = findings(name, written);
    assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
}

const PUBLISH: (&str, &str) = (
    "domain/src/post.rs",
    "pub async fn publish(cx: &Cx, scope: &Scope, new: NewPost) -> Result<(), Error> {}",
);

#[test]
fn a_repository_that_reaches_nothing_is_fine() {
    assert!(findings("nothing", &[]).is_empty());
}

#[test]
fn a_missing_folder_is_said() {
    let folder = Folder::with("missing", &ROOMS[1..]);
    let workspace = Workspace { root: folder.path().to_owned(), target: folder.path().join("target") };
    let error = check(&workspace).unwrap_err().to_string();
    assert!(error.contains("app"), "{error}");
}

#[test]
fn a_use_case_that_is_not_in_the_matrix_is_found() {
    one("use-case", &[PUBLISH], "domain/src/post.rs:1: `post::publish` is not in SURFACES or LIVE");
}

#[test]
fn what_takes_no_scope_or_is_not_public_is_no_use_case() {
    let text = "pub async fn sweep(cx: &Cx) {}\nasync fn inner(cx: &Cx, scope: &Scope) {}\npub(crate) async fn near(cx: &Cx, scope: &Scope) {}";
    assert!(
        findings("no-use-case", &[("domain/src/post.rs", text), ("domain/src/post/tests.rs", PUBLISH.1)])
            .is_empty()
    );
}

#[test]
fn an_entry_without_code_is_found() {
    let matrix = r#"pub const LIVE: &[Entry] = &[neutral("post::publish", "shows nobody else")];"#;
    one(
        "no-code",
        &[(MATRIX, matrix)],
        "matrix.rs:1: SURFACES or LIVE has `post::publish`, which is nowhere",
    );
}

#[test]
fn an_entry_with_code_and_reason_is_fine_and_twice_is_not() {
    let entry = r#"neutral("post::publish", "shows nobody else")"#;
    let once = format!("pub const LIVE: &[Entry] = &[{entry}];");
    assert!(findings("once", &[PUBLISH, (MATRIX, &once)]).is_empty());
    let twice = format!("pub const LIVE: &[Entry] = &[{entry}, {entry}];");
    one("twice", &[PUBLISH, (MATRIX, &twice)], "twice");
}

#[test]
fn a_test_must_exist_in_rust_or_end_to_end() {
    let matrix = r#"pub const LIVE: &[Entry] = &[shows("post::publish", &["a_blocked_author_is_absent", "r4_3_gone"])];"#;
    let rust = ("domain/src/post/tests.rs", "#[test] fn a_blocked_author_is_absent() {}");
    let browser = ("end2end/tests/post.spec.ts", "test('R4.3 gone', async () => {})");
    assert!(findings("proven", &[PUBLISH, (MATRIX, matrix), rust, browser]).is_empty());
    one("unproven", &[PUBLISH, (MATRIX, matrix), rust], "names the test `r4_3_gone`, which does not exist");
}

#[test]
fn a_claim_needs_tests_or_a_reason() {
    let shows = r#"pub const LIVE: &[Entry] = &[shows("post::publish", &[])];"#;
    one("no-tests", &[PUBLISH, (MATRIX, shows)], "names no test");
    let neutral = r#"pub const LIVE: &[Entry] = &[neutral("post::publish", " ")];"#;
    one("no-reason", &[PUBLISH, (MATRIX, neutral)], "without a reason");
}

#[test]
fn live_messages_are_found_and_may_not_be_renamed_away() {
    let live = "pub enum ClientMessage {}\npub enum Message {}";
    let found = findings("message", &[("protocol/src/live.rs", live)]);
    assert!(found[0].contains("has no enum ServerMessage"), "{found:?}");
    let live = "pub enum ClientMessage { Beat, Typing { to: Id } }\npub enum ServerMessage { Welcome }";
    let matrix = r#"pub const CLIENT_MESSAGES: &[Entry] = &[neutral("Beat", "says nothing")];
        pub const SERVER_MESSAGES: &[Entry] = &[neutral("Welcome", "says nothing")];"#;
    one(
        "messages",
        &[("protocol/src/live.rs", live), (MATRIX, matrix)],
        "`Typing` is not in CLIENT_MESSAGES",
    );
}

#[test]
fn messages_of_a_slice_are_found_in_its_own_enum() {
    let live =
        "pub enum ClientMessage { Heartbeat, Chat(ChatRequest) }\npub enum ServerMessage { Badges(Badges) }";
    let chat = "pub enum ChatRequest { Send { to: Id } }";
    let matrix = r#"pub const CLIENT_MESSAGES: &[Entry] = &[neutral("Heartbeat", "says nothing")];
        pub const SERVER_MESSAGES: &[Entry] = &[neutral("Badges", "says nothing")];"#;
    one(
        "slice-messages",
        &[("protocol/src/live.rs", live), ("protocol/src/chat.rs", chat), (MATRIX, matrix)],
        "`Chat::Send` is not in CLIENT_MESSAGES",
    );
}

#[test]
fn a_misspelt_list_and_an_unreadable_entry_are_found() {
    one("misspelt", &[(MATRIX, "pub const USECASES: &[Entry] = &[];")], "nothing is compared with USECASES");
    one("unreadable", &[(MATRIX, "pub const LIVE: &[Entry] = &[shows(NAME, &[])];")], "are understood here");
}

#[test]
fn an_entry_stands_in_the_file_of_its_slice() {
    let slice = |entry: &str| {
        format!(
            "{}\n#[cfg(test)]\npub(crate) const SURFACES: &[Entry] = &[neutral(\"{entry}\", \"shows nobody else\")];",
            PUBLISH.1
        )
    };
    assert!(findings("own", &[(PUBLISH.0, &slice("post::publish"))]).is_empty());
    let like = ("domain/src/like.rs", "pub async fn like(cx: &Cx, scope: &Scope) {}");
    let found = findings("stray", &[(PUBLISH.0, &slice("like::like")), like]);
    assert!(
        found.iter().any(|found| found.contains("`like::like` is no use case of this slice")),
        "{found:?}"
    );
}
