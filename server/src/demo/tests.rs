use std::collections::HashSet;

use super::{
    people::PEOPLE,
    plan::{Act, POSTS, SECONDS, plan},
};

#[test]
fn the_same_happens_each_time_and_in_order() {
    let acts = plan();
    assert_eq!(acts, plan());
    assert!(acts.is_sorted_by_key(|(moment, _)| *moment));
    assert!(acts.iter().all(|(moment, _)| (0..SECONDS).contains(moment)));
}

#[test]
fn nobody_writes_a_post_twice_or_leaves_a_gap_in_it() {
    let mut bodies = HashSet::new();
    for (_, act) in plan() {
        if let Act::Post { body, .. } | Act::Comment { body, .. } = &act {
            assert!(!body.contains(['{', '}']), "{body}");
        }
        if let Act::Post { body, .. } = act {
            assert!(bodies.insert(body.clone()), "{body}");
        }
    }
    assert_eq!(bodies.len(), POSTS);
    assert!(bodies.iter().any(|body| body.len() < 40) && bodies.iter().any(|body| body.len() > 250));
}

#[test]
fn a_few_posts_are_liked_by_many_and_everybody_takes_part() {
    let mut likes = [0; POSTS];
    let mut active = HashSet::new();
    for (_, act) in plan() {
        match act {
            Act::Like { post, .. } => likes[post] += 1,
            Act::Post { who, .. } | Act::Comment { who, .. } => _ = active.insert(who),
            _ => {}
        }
    }
    likes.sort_unstable();
    let (median, most) = (likes[POSTS / 2], likes[POSTS - 1]);
    assert!(median <= 6 && most >= 18 && likes[0] == 0, "{median} {most}");
    assert_eq!(active.len(), PEOPLE.len());
}

#[test]
fn some_posts_are_edited_and_the_last_one_is_among_them() {
    let edited: Vec<_> = plan()
        .into_iter()
        .filter_map(|(_, act)| match act {
            Act::Edit { post, .. } => Some(post),
            _ => None,
        })
        .collect();
    assert!(edited.len() >= 10 && edited.contains(&(POSTS - 1)), "{edited:?}");
}
