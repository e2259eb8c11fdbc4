//! Whom the reader follows, as this page knows it: one state for each person, whoever shows it. Following in one list shows in
//! all, and on the way back.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{AccountId, profile::Relation};

use super::api;
use crate::{browser, error::AppError, platform::ON_HOST, ui::Toaster};

/// People in the cache at most; the least recently shown one is evicted.
const CAPACITY: usize = 500;
/// The server answers within this time, or not at all: what comes later than this after a press was read after it.
const DEADLINE: Duration = Duration::from_secs(30);

/// Whether the reader follows a person. Outlives what shows it.
#[derive(Debug, Clone)]
pub struct FollowState {
    person: AccountId,
    following: ArcRwSignal<bool>,
    /// Whether the server is being told of a press.
    in_flight: ArcStoredValue<bool>,
    /// When the server last answered a press, in microseconds.
    answered_at: ArcStoredValue<Option<i64>>,
}

/// The states of all people who were shown, the least recently shown first. It belongs to the whole page.
#[derive(Debug, Clone, Copy)]
struct FollowCache(StoredValue<Vec<FollowState>>);

/// Provides the cache; once, at the root.
pub fn provide() {
    if !ON_HOST {
        provide_context(FollowCache(StoredValue::new(Vec::new())));
    }
}

/// Whether the reader follows `person`: as it was pressed, or as `relation` says, which was just loaded.
pub fn follow_state(person: AccountId, relation: Relation) -> FollowState {
    let Some(FollowCache(states)) = use_context() else {
        return FollowState::new(person, relation.follows());
    };
    let found = states.try_update_value(|states| {
        let at = states.iter().position(|state| state.person == person);
        let state = at.map_or_else(|| FollowState::new(person, relation.follows()), |at| states.remove(at));
        if states.len() == CAPACITY {
            states.remove(0);
        }
        states.push(state.clone());
        state
    });
    let state = found.unwrap_or_else(|| FollowState::new(person, relation.follows()));
    state.refresh(relation.follows());
    state
}

/// Notes that the follows between the reader and a person have ended.
pub(crate) fn forget_follow(person: AccountId) -> impl Fn() + Copy {
    let cache = use_context::<FollowCache>();
    move || {
        let find = |states: &Vec<FollowState>| states.iter().find(|state| state.person == person).cloned();
        let found = cache.and_then(|FollowCache(states)| states.try_with_value(find)).flatten();
        if let Some(state) = found {
            state.answered_at.set_value(Some(now()));
            state.following.set(false);
        }
    }
}

impl FollowState {
    fn new(person: AccountId, following: bool) -> Self {
        Self {
            person,
            following: ArcRwSignal::new(following),
            in_flight: ArcStoredValue::new(false),
            answered_at: ArcStoredValue::new(None),
        }
    }

    /// Whether the reader follows this person.
    pub fn get(&self) -> bool {
        self.following.get()
    }

    /// Takes what was just loaded, unless it may have been read before a press.
    fn refresh(&self, loaded: bool) {
        let is_recent = |at: i64| now() - at < i64::try_from(DEADLINE.as_micros()).unwrap_or(i64::MAX);
        let is_pressed = self.in_flight.get_value() || self.answered_at.get_value().is_some_and(is_recent);
        if !is_pressed && self.following.get_untracked() != loaded {
            self.following.set(loaded);
        }
    }

    /// Shows the other state at once, and tells the server. While it is being told, a press only changes what is wanted.
    pub(super) fn submit(&self, toast: Toaster) {
        self.following.update(|following| *following = !*following);
        if !self.in_flight.try_update_value(|in_flight| std::mem::replace(in_flight, true)).unwrap_or(true) {
            let state = self.clone();
            leptos::task::spawn_local(async move {
                if let Err(error) = state.send().await {
                    toast.report(&error);
                }
                state.answered_at.set_value(Some(now()));
                state.in_flight.set_value(false);
            });
        }
    }

    /// Sends what is wanted until the server has the latest state. After a failure, the state before is shown again.
    async fn send(&self) -> Result<(), AppError> {
        loop {
            let follows = self.following.get_untracked();
            let answer =
                if follows { api::follow(self.person).await } else { api::unfollow(self.person).await };
            let is_unchanged = self.following.get_untracked() == follows;
            if answer.is_err() && is_unchanged {
                self.following.set(!follows);
            }
            if answer.is_err() || is_unchanged {
                return answer;
            }
        }
    }
}

fn now() -> i64 {
    browser::now().micros()
}
