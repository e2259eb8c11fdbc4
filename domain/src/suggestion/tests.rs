use protocol::{
    AccountId, Problem,
    suggestion::{Suggestion, SuggestionReason},
};
use uuid::Uuid;

use super::{dismiss, list, panel};
use crate::{
    Scope, follow,
    limit::Rates,
    testing::{Seed, StepCounter, TestDb, both, id, refusal},
};

async fn suggested(seed: &Seed, who: &Scope) -> Vec<(String, SuggestionReason)> {
    let suggestions = list(&seed.cx, who).await.expect("suggestions");
    let shown = |Suggestion { person, reason, .. }| (person.username, reason);
    suggestions.into_iter().map(shown).collect()
}

async fn names(seed: &Seed, who: &Scope) -> Vec<String> {
    suggested(seed, who).await.into_iter().map(|(name, _)| name).collect()
}

fn followed_by(name: &str, others: u32) -> SuggestionReason {
    SuggestionReason::FollowedBy { name: name.to_owned(), others }
}

#[tokio::test]
async fn those_whom_ones_people_follow_come_first_then_who_likes_the_same_then_newcomers() {
    both(|seed| async move {
        let old = seed.person("old").await;
        seed.clock.advance_seconds(31 * 24 * 3_600);
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let (dora, eve, fred) =
            (seed.person("dora").await, seed.person("eve").await, seed.person("fred").await);
        let gus = seed.person("gus").await;
        for who in [&ben, &cid] {
            seed.clock.advance_seconds(1);
            seed.follow(&ana, who).await;
            seed.follow(who, &dora).await;
        }
        seed.follow(&ben, &eve).await;
        seed.follow(&ben, &ana).await;
        let liked = [seed.post(&old, "one").await.id, seed.post(&old, "two").await.id];
        for post in liked {
            seed.like(&ana, post).await;
            seed.like(&fred, post).await;
        }
        seed.like(&gus, liked[0]).await;
        let active = seed.person("active").await;
        seed.post(&active, "hello").await;
        seed.person("silent").await;
        assert_eq!(
            suggested(&seed, &ana).await,
            [
                ("dora".to_owned(), followed_by("Cid", 1)),
                ("eve".to_owned(), followed_by("Ben", 0)),
                ("fred".to_owned(), SuggestionReason::SharedLikes { posts: 2 }),
                ("gus".to_owned(), SuggestionReason::SharedLikes { posts: 1 }),
                ("active".to_owned(), SuggestionReason::Newcomer),
                ("old".to_owned(), SuggestionReason::Member),
                ("silent".to_owned(), SuggestionReason::Newcomer),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_suggested_who_is_followed_dismissed_not_verified_or_oneself() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.person("dora").await;
        crate::account::sign_up(&seed.cx, &Seed::nobody(), Seed::form("eve")).await.expect("a sign-up");
        assert_eq!(
            names(&seed, &ana).await,
            ["dora", "cid", "ben"],
            "a newcomer who follows nobody gets some"
        );
        seed.follow(&ana, &ben).await;
        assert_eq!(names(&seed, &ana).await, ["dora", "cid"]);
        for _ in 0..2 {
            dismiss(&seed.cx, &ana, id(&cid)).await.expect("dismissing twice is dismissing once");
        }
        assert_eq!(names(&seed, &ana).await, ["dora"]);
        assert_eq!(names(&seed, &cid).await, ["dora", "ben", "ana"], "a dismissal is one's own");
        follow::unfollow(&seed.cx, &ana, id(&ben)).await.expect("no follow");
        assert_eq!(names(&seed, &ana).await, ["dora", "ben"]);
    })
    .await;
}

#[tokio::test]
async fn the_panel_has_three_suggestions_and_the_newest_of_ones_own_people() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for number in 0..8 {
            let who = seed.person(&format!("person{number}")).await;
            seed.clock.advance_seconds(1);
            seed.follow(&who, &ana).await;
        }
        let ben = seed.person("ben").await;
        seed.follow(&ana, &ben).await;
        let panel = panel(&seed.cx, &ana).await.expect("a panel");
        assert_eq!((panel.follower_count, panel.following_count), (8, 1));
        assert_eq!(panel.suggestions.len(), 3);
        let followers: Vec<String> = panel.followers.into_iter().map(|person| person.username).collect();
        assert_eq!(followers, ["person7", "person6", "person5", "person4", "person3", "person2"]);
        assert_eq!(panel.following[0].username, "ben");
    })
    .await;
}

#[tokio::test]
async fn ids_of_nobody_and_of_other_things_cannot_be_dismissed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        for whom in [Uuid::nil().into(), AccountId::from(Uuid::from(post.id))] {
            assert_eq!(refusal(dismiss(&seed.cx, &ana, whom).await), Problem::NotFound);
        }
        dismiss(&seed.cx, &ana, id(&ana)).await.expect("nobody is suggested to themselves anyway");
        assert_eq!(refusal(dismiss(&seed.cx, &Seed::nobody(), id(&ana)).await), Problem::SignInNeeded);
        assert_eq!(refusal(list(&seed.cx, &Seed::nobody()).await), Problem::SignInNeeded);
        assert_eq!(refusal(panel(&seed.cx, &Seed::nobody()).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_dismissals_at_once_are_one() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let presses = (0..64).map(|_| dismiss(&seed.cx, &ana, id(&ben)));
        for pressed in futures::future::join_all(presses).await {
            pressed.expect("a dismissal");
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM suggestion_dismissal").await, 1);
    })
    .await;
}

#[tokio::test]
async fn suggestions_take_one_statement_and_the_panel_four_and_no_table_is_read_whole() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&ana, &ben).await;
        seed.follow(&ben, &cid).await;
        seed.block(&ana, &seed.person("dora").await).await;
        seed.query_log.take();
        list(&seed.cx, &ana).await.expect("suggestions");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
        seed.query_log.take();
        panel(&seed.cx, &ana).await.expect("a panel");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 4);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}

/// In a community of two thousand, two people ask who follow one person each: one whom everybody follows, and one whom nobody
/// else does.
#[tokio::test]
async fn suggestions_cost_about_the_same_however_many_people_there_are() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    seed.follow(&ana, &ben).await;
    for number in 0..60 {
        seed.person(&format!("person{number}")).await;
    }
    let counter = StepCounter::new(seed.cx.db.read()).await;
    let least = async |seed: &Seed| {
        let mut least = u64::MAX;
        // SQLite counts the steps of planning, too, and each connection plans a statement once: some rounds are without it.
        for _ in 0..10 {
            least = least.min(counter.of(list(&seed.cx, &ana)).await.1);
        }
        least
    };
    let few = least(&seed).await;
    seed.grow().await;
    let many = least(&seed).await;
    assert!(many <= few + few / 5, "{many} steps among 2,000 people, {few} among 60");
}
