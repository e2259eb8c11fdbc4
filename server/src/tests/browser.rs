use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header, response::Parts},
};
use bytes::Bytes;
use domain::{Scope, session, testing::Seed};
use http_body_util::BodyExt;
use protocol::account::{ACCOUNT_FIELD, ACCOUNT_HEADER};
use serde_json::Value;
use tower::ServiceExt;

use super::Site;

/// A browser without scripts: it keeps a cookie and sends forms.
#[derive(Clone)]
pub(super) struct Browser {
    router: Router,
    peer: SocketAddr,
    /// The whole value of the header.
    pub(super) cookie: Option<String>,
    /// For which account its page was made, as forms and scripts of ours say; empty for nobody.
    pub(super) account: String,
    /// Sent along with every request.
    pub(super) headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Browser {
    pub(super) fn new(router: Router, peer: SocketAddr) -> Self {
        let headers = vec![("accept", "text/html,*/*;q=0.8".to_owned())];
        Self { router, peer, cookie: None, account: String::new(), headers }
    }

    /// The same browser with one more header.
    pub(super) fn saying(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| *known != name);
        other.headers.push((name, value.to_owned()));
        other
    }

    /// The same browser, in a tab whose page was made for this account.
    pub(super) fn on_page_of(&self, account: &str) -> Self {
        Self { account: account.to_owned(), ..self.clone() }
    }

    pub(super) async fn log_in(&mut self, login: &str, password: &str) {
        let answer = self.post("/login", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        self.cookie = Some(cookie);
        let page = self.get("/").await;
        self.account = attribute(page.body.split("<html").nth(1).expect("a page"), "data-account");
    }

    /// The person in front of it.
    pub(super) async fn scope(&self, site: &Site) -> Scope {
        let token = self.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("kith="));
        let session = session::resolve(&site.seed.cx, token.expect("a token")).await.expect("an answer");
        Scope::signed_in(session.expect("a session"), Seed::nobody().address())
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Sends a form.
    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let account = [(ACCOUNT_FIELD, self.account.as_str())];
        let body = serde_urlencoded::to_string([&account, fields].concat()).expect("a form");
        self.ask(Method::POST, path, "application/x-www-form-urlencoded", None, body.into()).await.into()
    }

    /// Calls a server function.
    pub(super) async fn call(&self, function: &str, arguments: &Value) -> Answer {
        let path = format!("/api/app/{function}");
        self.send(Method::POST, &path, "application/json", arguments.to_string()).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let account = (!method.is_safe()).then_some(self.account.as_str());
        self.ask(method, path, kind, account, body.into()).await.into()
    }

    /// Sends a form or calls a function of a page that does not say whom it was made for.
    pub(super) async fn send_unclaimed(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        self.ask(Method::POST, path, kind, None, body.into()).await.into()
    }

    /// Gets a file. The answer's body stands beside it.
    pub(super) async fn fetch(&self, path: &str) -> (Answer, Bytes) {
        let (parts, body) = self.ask(Method::GET, path, "", None, Body::empty()).await;
        (Answer { status: parts.status, headers: parts.headers, body: String::new() }, body)
    }

    /// Sends a request; what comes back need not be a text.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        kind: &str,
        account: Option<&str>,
        body: Body,
    ) -> (Parts, Bytes) {
        let mut request = Request::builder().method(method).uri(path);
        if !self.headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "localhost:3000");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(account) = account {
            request = request.header(ACCOUNT_HEADER, account);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let Ok(answer) = self.router.clone().oneshot(request).await;
        let (parts, body) = answer.into_parts();
        (parts, body.collect().await.expect("a whole body").to_bytes())
    }
}

impl From<(Parts, Bytes)> for Answer {
    fn from((parts, body): (Parts, Bytes)) -> Self {
        let body = String::from_utf8(body.to_vec()).expect("a body in UTF-8");
        Self { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    /// The value of a header; nothing is an empty text.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a value in ASCII"))
    }

    /// The answer of a server function, or whatever else it is.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// What stands in the first field of this name.
    #[track_caller]
    pub(super) fn field(&self, name: &str) -> String {
        let mut fields = self.fields(name);
        assert!(!fields.is_empty(), "no field {name}: {}", self.text());
        fields.remove(0)
    }

    /// What stands in all fields of this name.
    pub(super) fn fields(&self, name: &str) -> Vec<String> {
        self.tags(name).into_iter().map(|(tag, after)| value(tag, after)).collect()
    }

    /// The sentence that stands at a field.
    #[track_caller]
    pub(super) fn error_at(&self, name: &str) -> String {
        let tags = self.tags(name);
        let (tag, _) = tags.first().unwrap_or_else(|| panic!("no field {name}: {}", self.text()));
        assert_eq!(attribute(tag, "aria-invalid"), "true", "nothing is wrong with {name}");
        let described = attribute(tag, "aria-describedby");
        let id = described.split(' ').find(|id| id.ends_with("-error")).expect("a sentence");
        let marked = format!("id=\"{id}\"");
        let after = self.body.split(&marked).nth(1).expect("the sentence's element");
        text_of(&format!("<p{}", after.split("</p>").next().unwrap_or_default()))
    }

    /// All that can be read on the page, without marks.
    pub(super) fn text(&self) -> String {
        let body = self.body.split("<body").nth(1).unwrap_or(&self.body);
        text_of(&format!("<body{body}"))
    }

    /// The tags of all fields of this name, each with what follows it.
    fn tags(&self, name: &str) -> Vec<(&str, &str)> {
        let named = format!(" name=\"{name}\"");
        let fields = self.body.match_indices(&named).filter_map(|(at, _)| {
            let start = self.body[..at].rfind('<')?;
            let end = at + self.body[at..].find('>')? + 1;
            Some((&self.body[start..end], &self.body[end..]))
        });
        fields.collect()
    }
}

fn value(tag: &str, after: &str) -> String {
    if !tag.starts_with("<textarea") {
        return attribute(tag, "value");
    }
    let text = unescaped(after.split("</textarea>").next().unwrap_or_default());
    // The parser drops one line break at the beginning.
    text.strip_prefix('\n').map(str::to_owned).unwrap_or(text)
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    unescaped(value.unwrap_or_default())
}

/// The text between the tags, without scripts.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        let (tag, inside) = piece.split_once('>').unwrap_or(("", piece));
        if at > 0 && !tag.starts_with("script") && !tag.starts_with("!--") {
            text.push_str(inside);
        }
    }
    unescaped(&text)
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}
