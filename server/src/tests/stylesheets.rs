//! Which stylesheets a page names in its head.

use std::path::Path;

use app::pages::part_names;

use super::{Browser, Site};

async fn named(browser: &Browser, path: &str) -> Vec<String> {
    let page = browser.get(path).await.body;
    let links = page.split("<link rel=\"stylesheet\" href=\"").skip(1);
    links.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_page_names_the_sheet_of_its_part_and_those_of_no_other() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    assert_eq!(named(&ana, "/").await, ["/pkg/styles/main.css"]);
    assert_eq!(named(&ana, "/chat").await, ["/pkg/styles/main.css", "/pkg/styles/chat.css"]);
}

#[tokio::test]
async fn a_visitor_gets_the_sheet_of_the_welcome_page_once_whatever_page_they_open() {
    let site = Site::sqlite().await;
    let visitor = site.visitor();
    for path in ["/", "/login", "/nowhere"] {
        assert_eq!(
            named(&visitor, path).await,
            ["/pkg/styles/main.css", "/pkg/styles/account.css"],
            "{path}"
        );
    }
}

#[test]
fn every_part_has_a_sheet() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/part");
    for part in part_names() {
        assert!(folder.join(format!("{part}.css")).is_file(), "style/part/{part}.css");
    }
}
