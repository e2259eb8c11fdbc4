//! What was measured, in words: tables, and what the budgets of the design say to them. All times are CPU time unless the
//! table says otherwise.

use crate::{
    feed::{AtSize, Cost},
    idle::Idle,
    live_visit::LiveVisit,
    people::{self, PeopleCost},
    sql::{Asked, Questions},
    table::Table,
    upload::Upload,
};

/// Everything that was measured.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) costs: Vec<Cost>,
    pub(crate) questions: Vec<Questions>,
    pub(crate) uploads: Vec<Upload>,
    pub(crate) idle: Vec<Idle>,
    pub(crate) visit: Option<LiveVisit>,
    pub(crate) people: Vec<PeopleCost>,
}

/// Posts in the database that the budget for a page is about.
pub(crate) const BUDGETED_POSTS: u32 = 100_000;

impl Measured {
    pub(crate) fn report(&self, sizes: &[u32], machine: &str) -> String {
        let mut parts = vec![machine.to_owned(), "### Budgets".to_owned(), self.budgets().to_string()];
        let mut part = |head: &str, table: Table| parts.extend([format!("### {head}"), table.to_string()]);
        let posts = |size: &u32| format!("{} posts", thousands(*size));
        let sizes: Vec<String> = sizes.iter().map(posts).collect();
        if !self.costs.is_empty() {
            let cpu = |size: &AtSize| format!("{:.2} ms", size.median() / 1e3);
            part("Server CPU for one page of 20 posts, over HTTP", by_size(&self.costs, &sizes, cpu));
        }
        if !self.costs.is_empty() && !self.questions.is_empty() {
            part("Where it goes", self.shares());
        }
        if !self.questions.is_empty() {
            part("Statements, and steps of SQLite's machine", self.asked(&sizes));
        }
        if let Some(visit) = self.visit {
            part("Server CPU for a visit of the feed, until it is quiet", visits(visit));
        }
        if !self.people.is_empty() {
            part(
                "CPU of the domain for what concerns people, and steps of SQLite's machine",
                self.about_people(),
            );
        }
        if !self.uploads.is_empty() {
            part("Pictures", self.pictures());
        }
        if !self.idle.is_empty() {
            part("Start and memory", self.starts());
        }
        parts.join("\n\n").replace("\n\n\n", "\n\n")
    }

    fn budgets(&self) -> Table {
        let mut table = Table::new(&["what", "measured", "must", "aim", ""]);
        let mut judge = |what: String, measured: f64, (must, aim): (f64, f64), unit: &str, digits: usize| {
            let verdict = match measured {
                met if met <= aim => "aim met",
                met if met <= must => "must met",
                _ => "MISSED",
            };
            let said = |value: f64, digits| format!("{value:.digits$}{unit}");
            table.row([what, said(measured, digits), said(must, 1), said(aim, 1), verdict.to_owned()]);
        };
        for (number, cost) in self.costs.iter().enumerate() {
            let posts = thousands(BUDGETED_POSTS);
            let (cpu, limits) = (cost.at(BUDGETED_POSTS) / 1e3, (1.0, 0.3));
            judge(format!("{}: CPU of a page, {posts} posts", cost.name), cpu, limits, " ms", 2);
            if number == 0 {
                judge(format!("{}: growth exponent of CPU", cost.name), cost.exponent(), (0.15, 0.03), "", 3);
            }
            judge(
                format!("{}: CPU, most posts against fewest", cost.name),
                cost.growth(),
                (1.5, 1.2),
                "x",
                2,
            );
        }
        if let Some(visit) = self.visit {
            judge(
                "A visit of the feed: page, socket, first watch".to_owned(),
                visit.with_watch,
                (1.5, 0.6),
                " ms",
                2,
            );
        }
        for asked in &self.questions {
            let most = |of: fn(&Asked) -> usize| asked.sizes.iter().map(of).max().unwrap_or(0) as f64;
            judge(format!("{}: statements", asked.name), most(|asked| asked.statements), (4.0, 4.0), "", 0);
            judge(format!("{}: full scans", asked.name), most(|asked| asked.scans.len()), (0.0, 0.0), "", 0);
            judge(format!("{}: steps, most against fewest", asked.name), asked.growth(), (1.5, 1.2), "x", 2);
        }
        for refused in self.uploads.iter().filter(|upload| upload.status >= 400) {
            judge(format!("{}: refused in", refused.name), refused.cpu, (10.0, 10.0), " ms", 1);
            judge(format!("{}: memory", refused.name), refused.memory, (8.0, 8.0), " MB", 1);
        }
        for idle in &self.idle {
            judge(format!("Start to first page, {}", idle.name), idle.started_in, (1_000.0, 120.0), " ms", 0);
            judge(format!("Memory then, {}", idle.name), idle.memory, (100.0, 30.0), " MB", 0);
        }
        table
    }

    fn about_people(&self) -> Table {
        let mut table = Table::new(&["what"]);
        table.extend_head(people::SIZES.iter().map(|size| format!("{} people", thousands(*size))));
        table.extend_head(["exponent".to_owned()]);
        for cost in &self.people {
            let cell =
                |size: &people::AtSize| format!("{:.2} ms, {}", size.cpu.all / 1e3, thousands(size.steps));
            let cells = std::iter::once(cost.name.to_owned()).chain(cost.sizes.iter().map(cell));
            table.row(cells.chain([format!("{:.3}", cost.exponent())]));
        }
        table
    }

    /// At the size of the budget.
    fn shares(&self) -> Table {
        let mut table =
            Table::new(&["page", "all", "in SQLite", "rest of the domain", "markup and HTTP", "page weighs"]);
        for (cost, asked) in self.costs.iter().zip(&self.questions) {
            let found = cost.sizes.iter().zip(&asked.sizes).find(|(size, _)| size.posts == BUDGETED_POSTS);
            let Some((size, asked)) = found else { continue };
            // SQLite and the domain as they are in this process, where nothing else runs in between.
            let (all, inside, sqlite) = (size.median(), asked.cpu.all, asked.cpu.sqlite);
            let part = |micros: f64| format!("{:.2} ms, {:.0} %", micros / 1e3, micros / all * 100.0);
            table.row([
                cost.name.to_owned(),
                format!("{:.2} ms", all / 1e3),
                part(sqlite),
                part(inside - sqlite),
                part(all - inside),
                format!("{} kB", size.bytes / 1_000),
            ]);
        }
        table
    }

    fn asked(&self, sizes: &[String]) -> Table {
        let mut table = Table::new(&["page"]);
        table.extend_head(sizes.iter().cloned().chain(["growth".to_owned(), "exponent".to_owned()]));
        for asked in &self.questions {
            let each = asked.sizes.iter().map(|asked| {
                let scans = if asked.scans.is_empty() {
                    String::new()
                } else {
                    format!(", {}", asked.scans.join(", "))
                };
                format!("{}: {} steps{scans}", asked.statements, thousands(asked.steps))
            });
            let growth = [format!("{:.2}x", asked.growth()), format!("{:.3}", asked.exponent())];
            table.row(std::iter::once(asked.name.to_owned()).chain(each).chain(growth));
        }
        table
    }

    fn pictures(&self) -> Table {
        let mut table =
            Table::new(&["upload", "file", "answer", "CPU", "took", "memory beyond idle, at most"]);
        for upload in &self.uploads {
            table.row([
                upload.name.to_owned(),
                format!("{:.1} MB", upload.megabytes),
                upload.status.to_string(),
                format!("{:.0} ms", upload.cpu),
                format!("{:.0} ms", upload.took),
                format!("{:.0} MB", upload.memory),
            ]);
        }
        table
    }

    fn starts(&self) -> Table {
        let mut table =
            Table::new(&["database", "start to first page (clock)", "CPU", "memory then", "after 500 pages"]);
        for idle in &self.idle {
            let after = idle.memory_after_use.map(|memory| format!("{memory:.0} MB")).unwrap_or_default();
            table.row([
                idle.name.clone(),
                format!("{:.0} ms", idle.started_in),
                format!("{:.0} ms", idle.cpu),
                format!("{:.0} MB", idle.memory),
                after,
            ]);
        }
        table
    }
}

/// A line for each page with what it costs at each size, and how that grows.
fn by_size(costs: &[Cost], sizes: &[String], cell: impl Fn(&AtSize) -> String) -> Table {
    let mut table = Table::new(&["page"]);
    table.extend_head(sizes.iter().cloned().chain(["growth".to_owned(), "exponent".to_owned()]));
    for cost in costs {
        let growth = [format!("{:.2}x", cost.growth()), format!("{:.3}", cost.exponent())];
        table.row(std::iter::once(cost.name.to_owned()).chain(cost.sizes.iter().map(&cell)).chain(growth));
    }
    table
}

fn visits(visit: LiveVisit) -> Table {
    let mut table = Table::new(&["visit", "CPU", "against its page"]);
    for (name, millis) in [
        ("the page alone", visit.page),
        ("with its socket", visit.with_socket),
        ("with the socket and what it watches first", visit.with_watch),
    ] {
        table.row([name.to_owned(), format!("{millis:.2} ms"), format!("{:.2}x", millis / visit.page)]);
    }
    table
}

/// A number as people write it: 1,000,000.
fn thousands(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Measured, thousands};
    use crate::idle::Idle;

    #[test]
    fn numbers_are_written_in_thousands() {
        assert_eq!([7, 999, 1_000, 1_234_567].map(thousands), ["7", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_budget_is_met_or_missed() {
        let idle = |memory, started_in| Idle {
            name: "empty".to_owned(),
            started_in,
            cpu: 1.0,
            memory,
            memory_after_use: None,
        };
        let table =
            Measured { idle: vec![idle(29.0, 130.0), idle(101.0, 120.0)], ..Measured::default() }.budgets();
        let verdicts: Vec<String> = table
            .to_string()
            .lines()
            .skip(2)
            .map(|line| line.split('|').rev().nth(1).unwrap().trim().to_owned())
            .collect();
        assert_eq!(verdicts, ["must met", "aim met", "aim met", "MISSED"]);
    }
}
