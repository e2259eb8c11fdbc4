//! Names of people are text, in the title of a page as everywhere else, whichever thread renders it.

use axum::http::StatusCode;
use domain::{db::execute, testing::both};
use futures::future::join_all;

use super::Site;

const LOADS: usize = 200;
/// As many at once as there are threads, and some that wait.
const AT_ONCE: usize = 8;

/// First and last names, and how both stand in a title.
const NAMES: [(&str, &str, &str); 2] = [
    (
        "</title><meta http-equiv=refresh content=\"0;",
        "URL=http://127.0.0.1:9/x\">",
        "&lt;/title>&lt;meta http-equiv=refresh content=\"0; URL=http://127.0.0.1:9/x\">",
    ),
    ("<b>Bo</b>", "&lt;i&gt;<!--", "&lt;b>Bo&lt;/b> &amp;lt;i&amp;gt;&lt;!--"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_name_is_no_markup_in_any_of_many_loads() {
    both(|seed| async move {
        let site = Site::new(seed);
        let reader = site.member("reader").await;
        let ana = site.seed.person("ana").await;
        let post = site.seed.post(&ana, "hello").await.id;
        for (first, last, escaped) in NAMES {
            let sql = "UPDATE account SET first_name = $1, last_name = $2 WHERE username = 'ana'";
            let values = [first.into(), last.into()];
            let renamed = site.seed.cx.write(move |tx| Box::pin(execute(&**tx, sql, values)));
            assert_eq!(renamed.await.expect("an answer"), 1);
            for path in ["/u/ana".to_owned(), "/chat/ana".to_owned(), format!("/p/{post}")] {
                for _ in 0..LOADS / AT_ONCE {
                    for page in join_all((0..AT_ONCE).map(|_| spawned(reader.clone(), path.clone()))).await {
                        assert_eq!(page.status, StatusCode::OK, "{path}");
                        let titles: Vec<&str> = page.body.split("<title>").skip(1).collect();
                        assert_eq!(titles.len(), 1, "{path}");
                        let title = titles[0].split("</title>").next().expect("a title");
                        assert!(title.contains(escaped), "{path}: {title}");
                        assert!(!page.body.contains("<meta http-equiv=refresh"), "{path}");
                        assert!(!page.body.contains("<b>Bo</b>"), "{path}");
                    }
                }
            }
        }
    })
    .await;
}

/// Asked in a task of its own, so that every thread renders.
async fn spawned(browser: super::Browser, path: String) -> super::Answer {
    tokio::spawn(async move { browser.get(&path).await }).await.expect("an answer")
}
