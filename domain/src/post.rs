//! Posts: publishing, editing and removing one. Lists of them are in [`crate::feed`].

use protocol::{
    AccountId, PostId, Problem,
    account::PersonView,
    feed::{FeedMessage, Published},
    live::Topic,
    notification::Cause,
    post::{Counts, EditPost, NewPost, PostMessage, PostView, UNDO_SECONDS, VersionView},
};
use sea_orm::{ActiveModelTrait, Set};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{
    Cx, Error, Scope, Tx,
    account::store as accounts,
    bus::{Announcement, Audience},
    job::Task,
    limit::Limit,
    media, mention,
    notification::record as notification,
    search,
};

pub(crate) mod counts;
mod draft;
pub(crate) mod entity;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use draft::Draft;

/// Publishes a post. What was published before under the same id of the client is answered, not published again.
///
/// # Errors
/// [`Problem::Invalid`] for the fields `body`, `pictures` and `alt`; [`Problem::TooMany`].
pub async fn publish(cx: &Cx, scope: &Scope, new: NewPost) -> Result<PostView, Error> {
    let author = scope.member()?.clone();
    if let Some(before) = published(cx, scope, new.client_id).await? {
        return Ok(before);
    }
    let draft = Draft::parse(&new.body, new.pictures)?;
    cx.limits.spend(Limit::Write, author.id)?;
    let (id, published_at, revision) = (PostId::from(cx.new_id()?), cx.now(), cx.next_revision());
    cx.write(move |tx| {
        Box::pin(async move {
            // Of two that come at once, one waits here for the other.
            accounts::lock(&**tx, author.id).await?;
            if let Some(client_id) = new.client_id
                && let Some(before) = store::find_by_client_id(&**tx, author.id, client_id).await?
            {
                return store::visible_in(&**tx, revision, author.id, before).await;
            }
            let row = entity::ActiveModel {
                id: Set(id.into()),
                author_id: Set(author.id.into()),
                body: Set(draft.body.clone()),
                created_at: Set(published_at.micros()),
                like_count: Set(0),
                comment_count: Set(0),
                revision: Set(0),
                client_id: Set(new.client_id),
                version: Set(0),
                edited_at: Set(None),
                removed_at: Set(None),
                pictures: Set("[]".to_owned()),
            };
            row.insert(&**tx).await?;
            search::index_post(&**tx, id, &draft.body).await?;
            count(tx, author.id, 1).await?;
            let pictures = media::store::attach(tx, author.id, id, &draft.pictures).await?;
            if !pictures.is_empty() {
                store::set_pictures(&**tx, id, &pictures).await?;
            }
            let mentioned = mention::record(&**tx, mention::Source::Post(id), author.id, &draft.body).await?;
            notification::insert(tx, author.id, &[author.id], mentions(id, &mentioned)).await?;
            let published = Published { post: id, author: author.id };
            for (audience, message) in [
                (Audience::Everyone, FeedMessage::Published(published)),
                (Audience::Followers(author.id), FeedMessage::Followed(published)),
            ] {
                tx.announce(Announcement::new(audience, [author.id], message));
            }
            Ok(PostView {
                id,
                author,
                body: draft.body,
                mentions: mention::names(&mentioned),
                pictures,
                published_at,
                edited_at: None,
                version: 0,
                counts: Counts::default(),
                liked: false,
            })
        })
    })
    .await
}

/// The post that the asker has published under this id of their client, if any. What is stored is answered whatever has
/// become of limits, rules and pictures since: whoever sends it again has not heard the first answer.
///
/// # Errors
/// [`Problem::NotFound`] when the asker has removed it since.
pub async fn published(cx: &Cx, scope: &Scope, client_id: Option<Uuid>) -> Result<Option<PostView>, Error> {
    let author = scope.account()?;
    let Some(client_id) = client_id else { return Ok(None) };
    match store::find_by_client_id(cx.db.read(), author, client_id).await? {
        Some(before) => store::visible(cx, author, before).await.map(Some),
        None => Ok(None),
    }
}

/// One post.
///
/// # Errors
/// [`Problem::NotFound`] when there is none that the asker may see.
pub async fn view(cx: &Cx, scope: &Scope, post: PostId) -> Result<PostView, Error> {
    store::visible(cx, scope.account()?, post).await
}

/// Changes an own post: its text and its pictures. What it said before is kept for everybody who may see it; pictures
/// that are taken off are deleted.
///
/// # Errors
/// [`Problem::Invalid`] as for [`publish`]; [`Problem::NotFound`] when it is not one's own; [`Problem::Changed`] when it
/// was edited since the author read it; [`Problem::TooMany`].
pub async fn edit(cx: &Cx, scope: &Scope, edit: EditPost) -> Result<PostView, Error> {
    let author = scope.account()?;
    let draft = Draft::parse(&edit.body, edit.pictures)?;
    // Saved already, and the answer was lost: that takes nothing from the limit.
    let before = store::own(cx.db.read(), author, edit.post).await?;
    if draft.equals(&before.body, &before.pictures()?) {
        return view(cx, scope, edit.post).await;
    }
    cx.limits.spend(Limit::Write, author)?;
    let (post, version, now) = (edit.post, i64::from(edit.version), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let before = store::lock_own(&**tx, author, post).await?;
            let pictures = before.pictures()?;
            if draft.equals(&before.body, &pictures) {
                return Ok(());
            }
            if before.version != version {
                return Err(Problem::Changed.into());
            }
            store::save_version(&**tx, post, &before, pictures.len()).await?;
            let pictures = media::store::attach(tx, author, post, &draft.pictures).await?;
            store::rewrite(&**tx, post, &draft.body, &pictures, now).await?;
            search::index_post(&**tx, post, &draft.body).await?;
            let mentioned = mention::record(&**tx, mention::Source::Post(post), author, &draft.body).await?;
            notification::recount_post(tx, post).await?;
            notification::insert(tx, author, &[author], mentions(post, &mentioned)).await?;
            tx.announce(watched(author, PostMessage::Edited { post }));
            Ok(())
        })
    })
    .await?;
    view(cx, scope, post).await
}

/// What a post said before each of its edits, the latest first.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such post that the asker may see.
pub async fn versions(cx: &Cx, scope: &Scope, post: PostId) -> Result<Vec<VersionView>, Error> {
    store::author(cx.db.read(), scope.account()?, post).await?;
    store::versions(cx.db.read(), post).await
}

/// Removes an own post. Nobody sees it from now on; after [`UNDO_SECONDS`] it is deleted with all that belongs to it.
/// Removing twice is removing once.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own; [`Problem::TooMany`].
pub async fn remove(cx: &Cx, scope: &Scope, post: PostId) -> Result<(), Error> {
    let author = scope.account()?;
    if store::is_removed(cx.db.read(), author, post).await? {
        return Ok(());
    }
    cx.limits.spend(Limit::Interaction, author)?;
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, author).await?;
            store::lock_own(&**tx, author, post).await?;
            store::mark_removed(&**tx, post, now).await?;
            search::remove_post(&**tx, post).await?;
            count(tx, author, -1).await?;
            notification::recount_post(tx, post).await?;
            tx.enqueue_at(&Task::DeletePost { post }, now.plus_seconds(i64::from(UNDO_SECONDS))).await?;
            tx.announce(watched(author, PostMessage::Removed { post }));
            Ok(())
        })
    })
    .await
}

/// Posts whose watchers hear at once that their author has closed the account: the latest, which most likely are on a screen.
const ANNOUNCED: i64 = 200;

/// Who is told of a post because it mentions them.
fn mentions(post: PostId, mentioned: &[PersonView]) -> impl Iterator<Item = (AccountId, Cause)> {
    mentioned.iter().map(move |person| (person.id, Cause::Mention(post, None)))
}

/// Tells whoever watches a post of `author` that it is gone, because the account closes.
pub(crate) async fn announce_closing(tx: &Tx, author: AccountId) -> Result<(), Error> {
    for post in store::latest_of(&**tx, author, ANNOUNCED).await? {
        tx.announce(watched(author, PostMessage::Removed { post }));
    }
    Ok(())
}

/// Takes a post out of its author's count, because the account goes, and locks it; false when it is gone.
pub(crate) async fn uncount(tx: &Tx, author: AccountId, post: PostId) -> Result<bool, Error> {
    match store::lock_any(&**tx, author, post).await? {
        Some(store::Standing::Shown) => count(tx, author, -1).await.map(|()| true),
        Some(store::Standing::Removed) => Ok(true),
        None => Ok(false),
    }
}

/// Tells whoever watches a post of `author`.
fn watched(author: AccountId, message: PostMessage) -> Announcement {
    Announcement::new(Audience::Watchers(Topic::Post(message.post())), [author], message)
}

/// Brings back an own post that was just removed.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own or gone for good; [`Problem::TooMany`].
pub async fn restore(cx: &Cx, scope: &Scope, post: PostId) -> Result<PostView, Error> {
    let author = scope.account()?;
    cx.limits.spend(Limit::Interaction, author)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, author).await?;
            if store::unmark_removed(&**tx, author, post).await? {
                let restored = store::own(&**tx, author, post).await?;
                search::index_post(&**tx, post, &restored.body).await?;
                notification::recount_post(tx, post).await?;
                count(tx, author, 1).await
            } else {
                // One that was not removed is as its author wants it, too.
                store::own(&**tx, author, post).await.map(drop)
            }
        })
    })
    .await?;
    view(cx, scope, post).await
}

/// Changes how many posts there are on the profile of their author, whose account the caller has locked.
async fn count(tx: &Tx, author: AccountId, by: i64) -> Result<(), Error> {
    let change = accounts::CountChange { posts: by, ..accounts::CountChange::default() };
    accounts::change_counts(&**tx, author, change).await
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("post::publish", "answers with the own post; who hears of it stands at Published"),
    neutral("post::published", "answers with the own post"),
    shows(
        "post::view",
        &[
            "a_post_of_a_hidden_author_is_not_found",
            "a_hidden_person_is_neither_counted_nor_listed_among_likes",
            "comments_and_threads_of_hidden_people_are_neither_listed_nor_counted",
        ],
    ),
    neutral("post::edit", "acts on an own post; whom it mentions is asked through `mention`, like publish"),
    shows("post::versions", &["versions_of_a_hidden_authors_post_are_not_found"]),
    neutral("post::remove", "acts on an own post"),
    neutral("post::restore", "acts on an own post"),
];
