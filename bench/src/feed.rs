//! CPU time of the server for one page of the feed, from the request to the last byte: the real binary, over HTTP.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    browser::Browser,
    figures::{exponent, median, ratio},
    process::Micros,
    seed::{Dataset, PASSWORD},
    server::Server,
    visit::{VISITS, Visit, path},
};

/// Each round goes through all sizes, in turns from the smallest and from the largest, so that what else the machine does
/// falls on all of them.
const ROUNDS: usize = 12;
/// Requests for one value at most, and how long they may take.
const REQUESTS: u32 = 40;
const PATIENCE: Duration = Duration::from_millis(400);

/// What one page costs at each size.
#[derive(Debug)]
pub(crate) struct Cost {
    pub(crate) name: &'static str,
    /// By size, the smallest first.
    pub(crate) sizes: Vec<AtSize>,
}

#[derive(Debug)]
pub(crate) struct AtSize {
    pub(crate) posts: u32,
    rounds: Vec<Micros>,
    pub(crate) bytes: usize,
}

/// A signed-in browser before a server with so many posts.
struct Place {
    server: Server,
    browser: Browser,
    path: String,
    /// Where each request asks for an address of its own: how many there were.
    asked: Option<u32>,
}

pub(crate) async fn measure(kith: &Path, sets: &[Dataset]) -> Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for visit in &VISITS {
        println!("looking at the feed: {}", visit.name);
        costs.push(look(kith, sets, visit).await?);
    }
    Ok(costs)
}

async fn look(kith: &Path, sets: &[Dataset], visit: &Visit) -> Result<Cost> {
    let mut places = Vec::new();
    let mut sizes = Vec::new();
    for set in sets {
        let server = Server::start(kith, &set.folder).await?;
        let mut browser = Browser::signed_in(server.address, visit.who, PASSWORD).await?;
        let path = path(visit.query(set).await?);
        let page = browser.get(&path).await?;
        let posts = page.text().matches("<article").count();
        ensure!(page.status == 200 && posts >= 20, "{}: {} with {posts} posts", visit.name, page.status);
        sizes.push(AtSize { posts: set.posts, rounds: Vec::new(), bytes: page.body.len() });
        places.push(Place { server, browser, path, asked: visit.is_new.then_some(0) });
    }
    // The first round warms up.
    for round in 0..=ROUNDS {
        let mut order: Vec<_> = places.iter_mut().zip(&mut sizes).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for (place, size) in order {
            let micros = place.read().await?;
            if round > 0 {
                size.rounds.push(micros);
            }
        }
    }
    Ok(Cost { name: visit.name, sizes })
}

impl Place {
    fn next_path(&mut self) -> String {
        let Some(asked) = &mut self.asked else { return self.path.clone() };
        *asked += 1;
        let sign = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{sign}asked={asked}", self.path)
    }

    async fn read(&mut self) -> Result<Micros> {
        let (begin, before) = (Instant::now(), self.server.cpu()?);
        let mut requests = 0;
        while requests < REQUESTS && begin.elapsed() < PATIENCE {
            let path = self.next_path();
            let page = self.browser.get(&path).await?;
            ensure!(page.status == 200, "{path}: {}", page.status);
            requests += 1;
        }
        let taken = self.server.cpu()?.since(&before);
        let each = |micros: f64| micros / f64::from(requests);
        Ok(Micros { all: each(taken.all), sqlite: each(taken.sqlite) })
    }
}

impl Cost {
    /// At the largest size against the smallest.
    pub(crate) fn growth(&self) -> f64 {
        let rounds = |size: Option<&AtSize>| size.map(AtSize::all).unwrap_or_default();
        ratio(&rounds(self.sizes.last()), &rounds(self.sizes.first()))
    }

    pub(crate) fn exponent(&self) -> f64 {
        let points = self.sizes.iter().map(|size| (f64::from(size.posts), size.median()));
        exponent(&points.collect::<Vec<_>>())
    }

    /// The median at so many posts.
    pub(crate) fn at(&self, posts: u32) -> f64 {
        self.sizes.iter().find(|size| size.posts == posts).map_or(f64::NAN, AtSize::median)
    }
}

impl AtSize {
    fn all(&self) -> Vec<f64> {
        self.rounds.iter().map(|micros| micros.all).collect()
    }

    /// Microseconds.
    pub(crate) fn median(&self) -> f64 {
        median(&self.all())
    }
}
