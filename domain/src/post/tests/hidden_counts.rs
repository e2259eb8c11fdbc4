//! What the counts of a post leave out for whoever has blocks: told in two ways, by how much there is to look through.

use std::collections::HashSet;

use protocol::{AccountId, CommentId, PostId, comment::NewComment, feed::FeedQuery, post::Counts};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Scope, comment,
    db::{IntoValue, all},
    feed,
    testing::{Seed, both, id},
};

/// Counted from the rows, one by one.
async fn recount(seed: &Seed, post: PostId, hidden: &HashSet<AccountId>) -> (u32, u32) {
    #[derive(FromQueryResult)]
    struct Like {
        account_id: Uuid,
    }
    #[derive(FromQueryResult)]
    struct Comment {
        author_id: Uuid,
        /// Who wrote the comment that this one answers.
        asked_id: Option<Uuid>,
    }
    let is_shown = |person: Uuid| !hidden.contains(&person.into());
    let likes = "SELECT account_id FROM post_like WHERE post_id = $1";
    let likes: Vec<Like> = all(seed.cx.db.read(), likes, [post.into_value()]).await.expect("likes");
    let comments = "SELECT author_id, (SELECT author_id FROM comment AS thread WHERE thread.id = comment.thread_id) AS asked_id \
                    FROM comment WHERE post_id = $1 AND removed_at IS NULL";
    let comments: Vec<Comment> =
        all(seed.cx.db.read(), comments, [post.into_value()]).await.expect("comments");
    let likes = likes.iter().filter(|like| is_shown(like.account_id)).count();
    let comments =
        comments.iter().filter(|one| is_shown(one.author_id) && one.asked_id.is_none_or(is_shown)).count();
    (u32::try_from(likes).unwrap(), u32::try_from(comments).unwrap())
}

/// Posts that get more and more likes, comments and replies, of which some comments with replies are removed again.
async fn discussed(seed: &Seed, author: &Scope, people: &[Scope]) -> Vec<PostId> {
    let mut posts = Vec::new();
    for size in 0..people.len() {
        let post = seed.post(author, &format!("{size}")).await.id;
        let (mut threads, mut all): (Vec<CommentId>, Vec<(&Scope, CommentId)>) = Default::default();
        for (turn, who) in people.iter().cycle().skip(size).take(2 * size).enumerate() {
            seed.like(who, post).await;
            let answers = if turn % 3 == 0 { None } else { threads.get(turn / 4).copied() };
            let body = format!("{turn}");
            let said = seed.reply(who, NewComment { client_id: None, post, answers, body }).await;
            if said.thread.is_none() {
                threads.push(said.id);
            }
            all.push((who, said.id));
        }
        for (who, comment) in all.into_iter().step_by(5) {
            comment::remove(&seed.cx, who, comment).await.expect("a removal");
        }
        posts.push(post);
    }
    posts
}

#[tokio::test]
async fn counts_leave_out_hidden_people_however_many_they_and_the_others_are() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut people = Vec::new();
        for number in 0..8 {
            people.push(seed.person(&format!("person{number}")).await);
        }
        let posts = discussed(&seed, &ben, &people).await;
        let mut hidden = HashSet::new();
        for (number, person) in people.iter().enumerate() {
            let page = feed::page(&seed.cx, &ana, FeedQuery::default()).await.expect("a page");
            for post in posts.iter().copied() {
                let shown = page.items.iter().find(|one| one.id == post).expect("the post").counts;
                let Counts { likes, comments, .. } = shown;
                assert_eq!((likes, comments), recount(&seed, post, &hidden).await, "{number} are hidden");
            }
            // Whichever of the two blocked.
            if number % 2 == 0 {
                seed.block(&ana, person).await
            } else {
                seed.block(person, &ana).await
            }
            hidden.insert(id(person));
        }
        seed.assert_counters_are_right().await;
    })
    .await;
}
