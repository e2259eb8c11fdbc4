//! The blocklist, and presses that make no sense. What a block hides on the way stands in the matrix.

use protocol::{AccountId, Problem, block::BlockedPerson};
use uuid::Uuid;

use crate::{
    Scope, block,
    testing::{Seed, both, id, refusal},
};

async fn read_through(seed: &Seed, who: &Scope) -> Vec<AccountId> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = block::list(&seed.cx, who, after).await.expect("a page");
        seen.extend(page.items.iter().map(|blocked| blocked.person.id));
        after = page.items.last().map(BlockedPerson::cursor);
        if !page.more {
            return seen;
        }
    }
}

#[tokio::test]
async fn the_blocklist_has_whom_one_blocked_last_first_and_each_once() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let mut blocked = Vec::new();
        for number in 0..43 {
            let who = seed.person(&format!("person{number}")).await;
            seed.block(&ana, &who).await;
            blocked.push((seed.cx.now(), id(&who)));
            if number % 5 == 0 {
                seed.clock.advance_seconds(1);
            }
        }
        blocked.sort_unstable_by(|one, other| other.cmp(one));
        let expected: Vec<AccountId> = blocked.into_iter().map(|(_, person)| person).collect();
        assert_eq!(read_through(&seed, &ana).await, expected);
        block::unblock(&seed.cx, &ana, expected[0]).await.expect("no block");
        assert_eq!(read_through(&seed, &ana).await, expected[1..]);
    })
    .await;
}

/// Whether somebody has blocked her as well, Ana does not learn from her own list.
#[tokio::test]
async fn an_entry_stays_when_the_other_blocks_as_well() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ana, &ben).await;
        let before = block::list(&seed.cx, &ana, None).await.expect("a list");
        seed.block(&ben, &seed.person("cid").await).await;
        assert_eq!(refusal(block::block(&seed.cx, &ben, id(&ana)).await), Problem::NotFound);
        assert_eq!(block::list(&seed.cx, &ana, None).await.expect("a list"), before);
    })
    .await;
}

#[tokio::test]
async fn the_blocklist_takes_one_statement_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ana, &ben).await;
        seed.query_log.take();
        block::list(&seed.cx, &ana, None).await.expect("a list");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn nobody_blocks_themselves_or_somebody_who_is_not_there() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        seed.events.take();
        for whom in [id(&ana), Uuid::nil().into(), AccountId::from(Uuid::from(post.id))] {
            assert_eq!(refusal(block::block(&seed.cx, &ana, whom).await), Problem::NotFound);
            block::unblock(&seed.cx, &ana, whom).await.expect("nothing to do");
        }
        assert_eq!(refusal(block::block(&seed.cx, &Seed::nobody(), id(&ana)).await), Problem::SignInNeeded);
        assert_eq!(refusal(block::list(&seed.cx, &Seed::nobody(), None).await), Problem::SignInNeeded);
        assert!(seed.events.take().is_empty());
        assert_eq!(read_through(&seed, &ana).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_blocks_at_once_are_one() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ana, &ben).await;
        seed.follow(&ben, &ana).await;
        let presses = (0..64).map(|_| block::block(&seed.cx, &ana, id(&ben)));
        for pressed in futures::future::join_all(presses).await {
            pressed.expect("blocking twice is no error");
        }
        assert_eq!(read_through(&seed, &ana).await, [id(&ben)]);
        seed.assert_counters_are_right().await;
        let presses = (0..64).map(|_| block::unblock(&seed.cx, &ana, id(&ben)));
        for pressed in futures::future::join_all(presses).await {
            pressed.expect("unblocking twice is no error");
        }
        assert_eq!(read_through(&seed, &ana).await, []);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM follow").await, 0, "follows do not come back");
    })
    .await;
}
