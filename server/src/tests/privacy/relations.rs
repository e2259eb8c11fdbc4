//! Every server function, route and page that is registered is called in every relation, and looked through for what only people
//! without a block between them may see.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use domain::testing::both;

use super::{
    scene::{CANARY, NAME, Relation, Scene},
    surfaces::{
        self, Request, Surface, pages, registered_pages, registered_routes, registered_server_functions,
        routes, server_functions,
    },
};
use crate::page::encoded;

/// Where whoever has blocked somebody reads whom, beside the way back.
const STUBS: [&str; 7] = [
    "profile/api/view",
    "/u/{username}",
    "/u/{username}/following",
    "/u/{username}/block",
    "/chat/{username}",
    "block/api/list",
    "/settings/blocked",
];

/// What of Quetzal was in an answer.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Seen {
    name: bool,
    words: bool,
}

impl Scene {
    async fn send(&self, request: &Request) -> (Seen, String) {
        let Some(answer) = self.answer(&self.browser, request).await else {
            let Request::File(path) = request else { return (Seen::default(), String::new()) };
            let (answer, file) = self.browser.fetch(path).await;
            let words = answer.status.is_success() && !file.is_empty();
            return (Seen { name: false, words }, answer.status.to_string());
        };
        assert!(!answer.status.is_server_error(), "{}: {}", answer.status, answer.body);
        let text = format!("{:?} {}", answer.headers, answer.body).to_lowercase();
        // What Ana has asked for herself tells her nothing; nor does the page that it leads back to.
        let text = match request {
            Request::Page(path) | Request::Form(path, _) if path.len() > 1 => {
                let page = ["/read", "/edit", "/delete"].into_iter().find_map(|verb| path.strip_suffix(verb));
                text.replace(page.unwrap_or(path), "").replace(&encoded(path).to_lowercase(), "")
            }
            _ => text,
        };
        (Seen { name: text.contains(NAME), words: text.contains(CANARY) }, text)
    }

    /// Calls a surface, and says what is wrong with what came.
    async fn check(&self, Surface { name, requests, shows, is_last }: &Surface) -> Vec<String> {
        let (mut wrong, mut seen) = (Vec::new(), Seen::default());
        for request in requests {
            let (found, answer) = self.send(request).await;
            let may_read_name = self.relation == Relation::Blocker && STUBS.contains(name);
            let leaks = found.words || (found.name && !may_read_name);
            if !self.relation.sees() && leaks && !is_last {
                wrong.push(format!("{:?}: {name} shows {found:?}: {answer}", self.relation));
            }
            seen = Seen { name: seen.name || found.name, words: seen.words || found.words };
        }
        if self.relation.sees() && *shows != (seen.name || seen.words) && !is_last {
            wrong.push(format!("{:?}: {name} shows {seen:?}, expected was {shows}", self.relation));
        }
        wrong
    }
}

/// What is registered and not called, and the other way round.
fn differences(registered: Vec<String>, called: &[Surface]) -> Vec<String> {
    let registered: BTreeSet<String> = registered.into_iter().collect();
    let called: BTreeSet<String> = called.iter().map(|surface| surface.name.to_owned()).collect();
    assert!(!registered.is_empty(), "a server without anything proves nothing");
    let missing =
        registered.difference(&called).map(|name| format!("{name} is registered and not called here"));
    let gone = called.difference(&registered).map(|name| format!("{name} is called here and not registered"));
    missing.chain(gone).collect()
}

#[tokio::test]
async fn whatever_is_registered_is_called_in_every_relation_and_shows_nothing_across_a_block() {
    for relation in Relation::ALL {
        let wrong = Arc::new(Mutex::new(Vec::new()));
        both(|seed| {
            let wrong = Arc::clone(&wrong);
            async move {
                let scene = Scene::new(seed, relation).await;
                let all = [pages(&scene), server_functions(&scene), routes(&scene)];
                let registered =
                    [registered_pages(), registered_server_functions(), registered_routes(&scene)];
                let mut found = Vec::new();
                for (registered, called) in registered.into_iter().zip(&all) {
                    found.extend(differences(registered, called));
                }
                for surface in &surfaces::all(&scene) {
                    found.extend(scene.check(surface).await);
                }
                wrong.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            }
        })
        .await;
        let wrong = wrong.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
