mod blocks;
mod causes;
mod live;
mod marks;
mod settings;
mod undone;

use protocol::{
    CommentId, PostId,
    comment::NewComment,
    notification::{Cause, NotificationView},
};

use super::list;
use crate::{Scope, badge, testing::Seed};

/// All notifications of `who`, page by page. Counted anew, those that are unread are what the icon says.
async fn all(seed: &Seed, who: &Scope) -> Vec<NotificationView> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = list(&seed.cx, who, before).await.expect("notifications").page;
        before = page.items.last().map(|last| last.id);
        all.extend(page.items);
        if !page.more {
            break;
        }
    }
    let unread = all.iter().filter(|one| one.is_unread).count();
    assert_eq!(badge::own(&seed.cx, who).await.expect("badges").notifications as usize, unread);
    all
}

/// What `who` is told: the causes with the usernames of the people behind them.
async fn told(seed: &Seed, who: &Scope) -> Vec<(Cause, Vec<String>)> {
    let names =
        |one: NotificationView| (one.cause, one.people.into_iter().map(|person| person.username).collect());
    all(seed, who).await.into_iter().map(names).collect()
}

async fn causes(seed: &Seed, who: &Scope) -> Vec<Cause> {
    all(seed, who).await.into_iter().map(|one| one.cause).collect()
}

async fn unread(seed: &Seed, who: &Scope) -> usize {
    all(seed, who).await.into_iter().filter(|one| one.is_unread).count()
}

async fn reply(seed: &Seed, who: &Scope, post: PostId, answers: CommentId, body: &str) -> CommentId {
    let new = NewComment { client_id: None, post, answers: Some(answers), body: body.to_owned() };
    seed.reply(who, new).await.id
}

async fn three(seed: &Seed) -> [Scope; 3] {
    [seed.person("ana").await, seed.person("ben").await, seed.person("cid").await]
}

fn one_by(cause: Cause, who: &Scope) -> (Cause, Vec<String>) {
    (cause, vec![who.member().expect("a person").username.clone()])
}
