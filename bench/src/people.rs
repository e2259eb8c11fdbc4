//! What people cost: suggestions, searches and lists of followers, among a thousand people and a hundred thousand.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use domain::{Cx, Scope, Session, db::Db, follow, limit::Rates, search, suggestion};
use futures::future::BoxFuture;
use protocol::{
    SessionId,
    account::PersonView,
    follow::{FollowList, FollowQuery},
};
use uuid::Uuid;

use crate::{
    figures::exponent,
    inside,
    process::{Cpu, Micros},
    seed::{self, Dataset},
    sql,
};

/// People in each database.
pub(crate) const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
/// Times that each thing is asked for one value.
const ROUNDS: u32 = 50;

/// Something that is asked about people.
struct Question {
    name: &'static str,
    /// The number of who asks.
    by: u32,
    ask: for<'c> fn(&'c Cx, &'c Scope) -> BoxFuture<'c, Result<()>>,
}

macro_rules! questions {
    ($($name:literal, by $by:literal => |$cx:ident, $scope:ident| $ask:expr,)*) => {
        [$(Question { name: $name, by: $by, ask: |$cx, $scope| Box::pin(async move { $ask.await?; Ok(()) }) },)*]
    };
}

fn questions() -> [Question; 12] {
    questions! {
        "Suggestions for who follows 70 people", by 1 => |cx, scope| suggestion::list(cx, scope),
        "Suggestions for who follows nobody", by 2 => |cx, scope| suggestion::list(cx, scope),
        "The column beside the feed", by 1 => |cx, scope| suggestion::panel(cx, scope),
        "People: one letter", by 1 => |cx, scope| search::people(cx, scope, "m"),
        "People: a part of many names", by 1 => |cx, scope| search::people(cx, scope, "ann"),
        "People: a whole username", by 1 => |cx, scope| search::people(cx, scope, "person777"),
        "People: a name with a slip", by 1 => |cx, scope| search::people(cx, scope, "marolinka"),
        "People: nobody", by 1 => |cx, scope| search::people(cx, scope, "xqzzywvk"),
        "Followers of whom all follow", by 1 => |cx, scope| follow::list(cx, scope, followers(0, "")),
        "Followers of whom thirty follow", by 1 => |cx, scope| follow::list(cx, scope, followers(900, "")),
        "Followers of whom all follow, searched", by 1 => |cx, scope| follow::list(cx, scope, followers(0, "ann")),
        "Followers of whom all follow, nobody found", by 1 => |cx, scope| follow::list(cx, scope, followers(0, "xqzzywvk")),
    }
}

fn followers(of: u32, name: &str) -> FollowQuery {
    FollowQuery {
        username: format!("person{of}"),
        list: FollowList::Followers,
        name: name.to_owned(),
        after: None,
    }
}

/// What one thing costs at each size.
#[derive(Debug)]
pub(crate) struct PeopleCost {
    pub(crate) name: &'static str,
    /// By size, the smallest first.
    pub(crate) sizes: Vec<AtSize>,
}

#[derive(Debug)]
pub(crate) struct AtSize {
    pub(crate) people: u32,
    pub(crate) cpu: Micros,
    pub(crate) steps: u64,
}

impl PeopleCost {
    /// How CPU time grows with people.
    pub(crate) fn exponent(&self) -> f64 {
        let points = self.sizes.iter().map(|size| (f64::from(size.people), size.cpu.all));
        exponent(&points.collect::<Vec<_>>())
    }
}

pub(crate) async fn measure(kept: &Path) -> Result<Vec<PeopleCost>> {
    let mut costs: Vec<PeopleCost> =
        questions().map(|question| PeopleCost { name: question.name, sizes: Vec::new() }).into();
    for people in SIZES {
        let set = seed::people(kept, people).await?;
        println!("asking about {people} people");
        for (question, cost) in questions().iter().zip(&mut costs) {
            cost.sizes.push(ask(&set, people, question).await?);
        }
    }
    Ok(costs)
}

async fn ask(set: &Dataset, people: u32, question: &Question) -> Result<AtSize> {
    let db = Db::open_sqlite(&set.database()).await?;
    let reader = db.read().clone();
    // What is measured is asked more often than anybody may.
    let cx = inside::context_with(db, &set.folder, Rates::default().times(1_000_000))?;
    let scope = scope(question.by);
    (question.ask)(&cx, &scope).await.with_context(|| question.name)?;
    let steps = sql::count_steps(&reader).await?;
    (question.ask)(&cx, &scope).await?;
    let steps = steps.load(std::sync::atomic::Ordering::SeqCst);
    ensure!(steps > 0, "the steps were not counted");
    cx.db.close().await?;
    Ok(AtSize { people, cpu: cpu(set, question, &scope).await?, steps })
}

/// CPU time without anything that counts.
async fn cpu(set: &Dataset, question: &Question, scope: &Scope) -> Result<Micros> {
    let cx = inside::context_with(
        Db::open_sqlite(&set.database()).await?,
        &set.folder,
        Rates::default().times(1_000_000),
    )?;
    let me = std::process::id();
    let mut before = Cpu::of(me)?;
    // The first half warms up.
    for round in 0..2 * ROUNDS {
        if round == ROUNDS {
            before = Cpu::of(me)?;
        }
        (question.ask)(&cx, scope).await?;
    }
    let taken = Cpu::of(me)?.since(&before);
    cx.db.close().await?;
    let each = |micros: f64| micros / f64::from(ROUNDS);
    Ok(Micros { all: each(taken.all), sqlite: each(taken.sqlite) })
}

/// The person with this number, signed in.
fn scope(number: u32) -> Scope {
    let person = PersonView {
        id: seed::person_id(number).into(),
        username: format!("person{number}"),
        first_name: String::new(),
        last_name: String::new(),
        picture: None,
    };
    let session = Session { id: SessionId::from(Uuid::nil()), person, revision: 0 };
    Scope::signed_in(session, inside::nobody().address())
}
