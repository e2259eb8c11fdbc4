//! What happens in the community, and when.

use std::collections::HashSet;

use super::{
    dialogue::{AFTERTHOUGHTS, CHATS, COMMENTS, Chat, REPLIES},
    people::{BLOCKS, PEOPLE, are_apart},
    posts::{TOPICS, Topic},
    rng::Rng,
    words::WORDS,
};

pub(super) const DAY: i64 = 24 * 3_600;
/// The community is this old.
pub(super) const SECONDS: i64 = 42 * DAY;
pub(super) const POSTS: usize = 400;
/// So many posts begin differently, one after another.
const LATELY: usize = 80;

/// Of so many posts one is edited.
const EDITED: usize = 25;

/// People by their places in [`PEOPLE`]; posts and comments by the order in which they are planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    Join { who: usize },
    Follow { who: usize, whom: usize },
    Post { post: usize, who: usize, body: String },
    Edit { post: usize, who: usize, body: String },
    Comment { comment: usize, post: usize, answers: Option<usize>, who: usize, body: String },
    Like { who: usize, post: usize },
    Say { who: usize, to: usize, body: String },
    Block { who: usize, whom: usize },
}

/// Everything in its order, each with its moment in seconds from the beginning. The same each time.
pub(super) fn plan() -> Vec<(i64, Act)> {
    let mut plan = Plan {
        rng: Rng::new(2_026),
        acts: Vec::new(),
        bodies: HashSet::new(),
        begun: Vec::new(),
        comments: Vec::new(),
    };
    plan.people();
    plan.posts();
    plan.chats();
    let Plan { mut acts, .. } = plan;
    // What follows from something was planned after it, and stays behind it.
    acts.sort_by_key(|(moment, _)| *moment);
    acts
}

/// What the author of this post adds to it later, if anything. The last post has one, for whoever wants to see it.
fn afterthought(post: usize) -> Option<&'static str> {
    let last = POSTS - 1;
    let number = (last - post) / EDITED;
    (last - post).is_multiple_of(EDITED).then(|| AFTERTHOUGHTS[number % AFTERTHOUGHTS.len()])
}

struct Plan {
    rng: Rng,
    acts: Vec<(i64, Act)>,
    bodies: HashSet<String>,
    /// What posts began with, in their order.
    begun: Vec<&'static str>,
    /// Who wrote each comment.
    comments: Vec<usize>,
}

/// A comment that can be answered.
struct Answerable {
    comment: usize,
    moment: i64,
    /// Whom one must be able to see: its author, the thread's and the post's.
    by: Vec<usize>,
}

impl Plan {
    fn at(&mut self, moment: i64, act: Act) {
        self.acts.push((moment.min(SECONDS - 60), act));
    }

    fn people(&mut self) {
        for who in 0..PEOPLE.len() {
            self.at(joins(who), Act::Join { who });
        }
        for who in 0..PEOPLE.len() {
            for whom in 0..PEOPLE.len() {
                // The talkative ones have many followers.
                let is_wanted = self.rng.once_in(2 + whom / 4);
                if who != whom && is_wanted && !are_apart(who, whom) {
                    let moment = joins(who.max(whom)) + self.delay(5 * DAY);
                    self.at(moment, Act::Follow { who, whom });
                }
            }
        }
        for (who, whom) in BLOCKS {
            let moment = 20 * DAY + self.delay(10 * DAY);
            self.at(moment, Act::Block { who, whom });
        }
    }

    fn posts(&mut self) {
        let moments = (0..POSTS).map(|_| DAY + self.rng.up_to(SECONDS - DAY - 120));
        let mut moments: Vec<i64> = moments.collect();
        moments.sort_unstable();
        for (post, moment) in moments.into_iter().enumerate() {
            let who = self.somebody(moment);
            let (topic, body) = self.new_post();
            self.at(moment, Act::Post { post, who, body: body.clone() });
            if let Some(afterthought) = afterthought(post) {
                self.at(moment + 15 * 60, Act::Edit { post, who, body: format!("{body}\n\n{afterthought}") });
            }
            self.likes(post, who, moment);
            self.comments(post, who, moment, topic);
        }
    }

    /// Something that nobody has written, at least not lately.
    fn new_post(&mut self) -> (&'static Topic, String) {
        loop {
            let topic = *self.rng.pick(TOPICS);
            let is_story = self.rng.once_in(6);
            let parts = *self.rng.pick(if is_story { topic.once } else { topic.parts });
            let lately = if is_story { POSTS } else { LATELY };
            if self.begun.iter().rev().take(lately).any(|begun| *begun == parts) {
                continue;
            }
            let (first, rest) = parts.split_once('|').unwrap_or((parts, ""));
            let mut body = self.text(first, "");
            for then in rest.split('|').filter(|then| !then.is_empty()) {
                if !self.rng.once_in(3) {
                    body = format!("{body} {}", self.text(then, ""));
                }
            }
            if self.bodies.insert(body.clone()) {
                self.begun.push(parts);
                return (topic, body);
            }
        }
    }

    /// Most posts get a few likes, some get nearly everybody’s.
    fn likes(&mut self, post: usize, author: usize, published: i64) {
        let many = self.rng.small(PEOPLE.len(), 4);
        let everybody: Vec<usize> = (0..PEOPLE.len()).collect();
        for who in self.rng.shuffled(everybody).into_iter().take(many) {
            let moment = published.max(joins(who)) + self.delay(DAY);
            if who != author && !are_apart(who, author) {
                self.at(moment, Act::Like { who, post });
            }
        }
    }

    fn comments(&mut self, post: usize, author: usize, published: i64, topic: &Topic) {
        let (mut known, mut said) = (Vec::<Answerable>::new(), HashSet::new());
        for _ in 0..self.rng.small(12, 3) {
            let answered =
                if known.is_empty() || self.rng.once_in(2) { None } else { Some(self.rng.pick(&known)) };
            let after = answered.map_or(published, |answered| answered.moment);
            let answers = answered.map(|answered| answered.comment);
            let mut by = answered.map_or_else(|| vec![author], |answered| answered.by.clone());
            let moment = after + 60 + self.delay(DAY / 2);
            // Authors like to answer.
            let who = if answers.is_some() && self.rng.once_in(2) { author } else { self.somebody(after) };
            if by.iter().any(|other| are_apart(who, *other)) {
                continue;
            }
            let (templates, name) = match answers {
                Some(answered) => (REPLIES, PEOPLE[self.comments[answered]].1),
                None if self.rng.once_in(3) => (COMMENTS, ""),
                None => (topic.comments, ""),
            };
            let template = *self.rng.pick(templates);
            let body = self.text(template, name);
            // Nobody says twice in one place what was said there.
            if !said.insert(body.clone()) {
                continue;
            }
            let comment = self.comments.len();
            self.comments.push(who);
            by.push(who);
            self.at(moment, Act::Comment { comment, post, answers, who, body });
            known.push(Answerable { comment, moment, by });
        }
    }

    fn chats(&mut self) {
        for &Chat { between: (one, other), lines } in CHATS {
            let begins = joins(one.max(other)) + DAY;
            let mut moment = begins + self.rng.up_to(SECONDS - begins - DAY);
            for (number, line) in lines.iter().enumerate() {
                let (who, to) = if number % 2 == 0 { (one, other) } else { (other, one) };
                self.at(moment, Act::Say { who, to, body: (*line).to_owned() });
                moment += 20 + self.delay(600);
            }
        }
    }

    /// Somebody who has been there for a while, the talkative ones more often.
    fn somebody(&mut self, moment: i64) -> usize {
        let there = (0..PEOPLE.len()).filter(|who| joins(*who) < moment).count();
        if self.rng.once_in(4) { self.rng.below(there) } else { self.rng.small(there, 2) }
    }

    /// Seconds up to `most`, short times more often.
    fn delay(&mut self, most: i64) -> i64 {
        (0..3).map(|_| self.rng.up_to(most)).min().unwrap_or(0)
    }

    /// A template with its words chosen.
    fn text(&mut self, template: &str, name: &str) -> String {
        let mut text = String::new();
        for piece in template.split_inclusive('}') {
            let Some((before, word)) = piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) else {
                text.push_str(piece);
                continue;
            };
            text.push_str(before);
            let words = WORDS.iter().find(|(kind, _)| *kind == word);
            let chosen = words.map_or(name, |(_, words)| *self.rng.pick::<&str>(words));
            let begins = text.is_empty() || [". ", "? ", "! ", "\n"].iter().any(|end| text.ends_with(end));
            text.push_str(&if begins { capitalised(chosen) } else { chosen.to_owned() });
        }
        text
    }
}

/// The first ten days, one after another.
fn joins(who: usize) -> i64 {
    i64::try_from(who).unwrap_or(0) * DAY / 3
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
