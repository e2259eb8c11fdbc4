//! Comments below posts, and replies below comments. Threads are one level deep: a reply to a reply stands in the same
//! thread and names whom it answers.
//!
//! Whatever changes below a post holds the post's row: an answer and the removal of what it answers cannot cross, and
//! the count changes once for each cause. A comment that is removed and has replies stays as their empty head; it counts
//! no more, cannot be answered itself, and goes with the last of them.

use protocol::{
    AccountId, CommentId, Page, PostId, Problem, Timestamp,
    account::PersonView,
    comment::{CommentBody, CommentView, EditComment, NewComment, PageRequest, ThreadPage},
    notification::Cause,
};
use sea_orm::{ActiveModelTrait, Set};

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope, Tx,
    account::store as accounts,
    limit::Limit,
    mention,
    notification::record as notification,
    post::{
        self,
        counts::{self, Change},
    },
};

mod announce;
pub(crate) mod entity;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod threads;

/// Comments on a post, or replies to a comment. What was written before under the same id of the client is answered, not
/// written again.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`; [`Problem::NotFound`] when the post or the answered comment is not there
/// for the asker; [`Problem::TooMany`].
pub async fn write(cx: &Cx, scope: &Scope, new: NewComment) -> Result<CommentView, Error> {
    let author = scope.account()?;
    // What is stored is answered whatever has become of limits, rules and the post since: whoever sends it again has not
    // heard the first answer.
    if let Some(before) = store::find_by_client_id(cx.db.read(), author, new.client_id).await? {
        return store::view_stored(cx.db.read(), author, before).await;
    }
    let body = parse(&new.body)?;
    cx.limits.spend(Limit::Write, author)?;
    let (id, written_at) = (CommentId::from(cx.new_id()?), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            // Of two that come at once, one waits here for the other; and a block waits until what it hides is counted.
            accounts::lock(&**tx, author).await?;
            if let Some(before) = store::find_by_client_id(&**tx, author, new.client_id).await? {
                return store::view_stored(&**tx, author, before).await;
            }
            let post_author = store::lock_post(&**tx, author, new.post).await?;
            let place = match new.answers {
                Some(answered) => store::find(&**tx, author, new.post, answered).await?.place_below(),
                None => store::Place::default(),
            };
            let row = entity::ActiveModel {
                id: Set(id.into()),
                client_id: Set(new.client_id),
                post_id: Set(new.post.into()),
                thread_id: Set(place.thread.map(Into::into)),
                answered_id: Set(place.answered.map(Into::into)),
                author_id: Set(author.into()),
                body: Set(body.as_str().to_owned()),
                created_at: Set(written_at.micros()),
                version: Set(0),
                edited_at: Set(None),
                removed_at: Set(None),
            };
            row.insert(&**tx).await?;
            let mentioned =
                mention::record(&**tx, mention::Source::Comment(id), author, body.as_str()).await?;
            counts::change(tx, new.post, Change { likes: 0, comments: 1 }).await?;
            let by: Vec<_> =
                [Some(author), Some(post_author), place.thread_author].into_iter().flatten().collect();
            let told = place.told(new.post, id, post_author).chain(mentions(new.post, id, &mentioned));
            notification::insert(tx, author, &by, told).await?;
            let comment = store::view(&**tx, author, id).await?;
            tx.announce(announce::stored(author, &comment));
            tx.announce(announce::changed(&comment, by, &mentioned));
            Ok(comment)
        })
    })
    .await
}

/// Changes the text of an own comment or reply.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`; [`Problem::NotFound`] when it is not one's own, or not there;
/// [`Problem::Changed`] when it was edited since the author read it; [`Problem::TooMany`].
pub async fn edit(cx: &Cx, scope: &Scope, edit: EditComment) -> Result<CommentView, Error> {
    let author = scope.account()?;
    let body = parse(&edit.body)?;
    // Saved already, and the answer was lost: that takes nothing from the limit.
    // One statement refuses what is not there, hidden or of somebody else.
    let before = store::view_stored(cx.db.read(), author, edit.comment).await?;
    if before.author.is_some() && before.body == body.as_str() {
        return Ok(before);
    }
    cx.limits.spend(Limit::Write, author)?;
    let (comment, version, now) = (edit.comment, i64::from(edit.version), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let (post, post_author) = store::lock_post_of(&**tx, author, comment).await?;
            let before = store::find(&**tx, author, post, comment).await?;
            if before.author() != author {
                return Err(Problem::NotFound.into());
            }
            if before.body == body.as_str() {
                return store::view(&**tx, author, comment).await;
            }
            if before.version != version {
                return Err(Problem::Changed.into());
            }
            store::rewrite(&**tx, comment, body.as_str(), now).await?;
            let mentioned =
                mention::record(&**tx, mention::Source::Comment(comment), author, body.as_str()).await?;
            notification::recount_comment(tx, comment).await?;
            let by = before.shown_with(post_author);
            notification::insert(tx, author, &by, mentions(post, comment, &mentioned)).await?;
            let view = store::view(&**tx, author, comment).await?;
            tx.announce(announce::changed(&view, by, &mentioned));
            Ok(view)
        })
    })
    .await
}

/// Removes a comment or reply: an own one, or any below an own post.
///
/// # Errors
/// [`Problem::NotFound`] when it is neither, or not there; [`Problem::TooMany`].
pub async fn remove(cx: &Cx, scope: &Scope, comment: CommentId) -> Result<(), Error> {
    let by = scope.account()?;
    cx.limits.spend(Limit::Interaction, by)?;
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            let (post, post_author) = store::lock_post_of(&**tx, by, comment).await?;
            let found = store::find(&**tx, by, post, comment).await?;
            if by != found.author() && by != post_author {
                return Err(Problem::NotFound.into());
            }
            counts::change(tx, post, Change { likes: 0, comments: -1 }).await?;
            if store::has_replies(&**tx, comment).await? {
                notification::delete_comment(tx, comment).await?;
                store::empty(&**tx, comment, now).await?;
                let head = store::view(&**tx, by, comment).await?;
                tx.announce(announce::changed(&head, found.shown_with(post_author), &[]));
                return Ok(());
            }
            delete(tx, post, &found, found.shown_with(post_author)).await
        })
    })
    .await
}

/// Removes a comment because its author's account goes.
pub(crate) async fn delete_by_account(tx: &Tx, comment: CommentId, now: Timestamp) -> Result<(), Error> {
    let Some(standing) = store::lock_standing(&**tx, comment).await? else { return Ok(()) };
    let (post, found) = (standing.post(), standing.found);
    if standing.stands > 0 {
        counts::change(tx, post, Change { likes: 0, comments: -1 }).await?;
    }
    if store::has_replies(&**tx, comment).await? {
        notification::delete_comment(tx, comment).await?;
        return store::empty(&**tx, comment, now).await;
    }
    delete(tx, post, &found, vec![found.author()]).await
}

async fn delete(tx: &Tx, post: PostId, found: &store::Found, by: Vec<AccountId>) -> Result<(), Error> {
    notification::delete_comment(tx, found.id()).await?;
    store::delete(&**tx, found.id()).await?;
    tx.announce(announce::removed(post, found.id(), by.clone()));
    if let Some(head) = found.empty_head()
        && !store::has_replies(&**tx, head).await?
    {
        store::delete(&**tx, head).await?;
        tx.announce(announce::removed(post, head, by));
    }
    Ok(())
}

/// A page of the comments on a post, each with its first replies. Where the page begins at a comment that is not there
/// for the asker, it is the first one.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such post that the asker may see.
pub async fn page(cx: &Cx, scope: &Scope, post: PostId, request: PageRequest) -> Result<ThreadPage, Error> {
    let viewer = scope.account()?;
    post::store::author(cx.db.read(), viewer, post).await?;
    threads::page(cx.db.read(), viewer, post, request).await
}

/// A page of the replies below a comment, oldest first, after the reply `after`.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such comment that the asker may see.
pub async fn replies(
    cx: &Cx,
    scope: &Scope,
    thread: CommentId,
    after: CommentId,
) -> Result<Page<CommentView>, Error> {
    let viewer = scope.account()?;
    store::check_visible(cx.db.read(), viewer, thread).await?;
    threads::replies(cx.db.read(), viewer, thread, after).await
}

/// Who is told of a comment because it mentions them.
fn mentions(
    post: PostId,
    comment: CommentId,
    mentioned: &[PersonView],
) -> impl Iterator<Item = (AccountId, Cause)> {
    mentioned.iter().map(move |person| (person.id, Cause::Mention(post, Some(comment))))
}

fn parse(body: &str) -> Result<CommentBody, Problem> {
    CommentBody::parse(body).map_err(|reason| Problem::field("body", reason))
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "comment::write",
        &[
            "a_hidden_authors_post_cannot_be_commented",
            "a_hidden_persons_comment_cannot_be_answered",
            "a_reply_in_a_hidden_persons_thread_cannot_be_answered",
            "other_peoples_posts_stay_open_for_comments",
        ],
    ),
    shows(
        "comment::page",
        &[
            "comments_on_a_hidden_authors_post_are_not_found",
            "comments_and_threads_of_hidden_people_are_neither_listed_nor_counted",
            "a_reply_does_not_name_a_hidden_person",
            "the_first_replies_are_those_of_people_who_are_not_hidden",
            "a_removed_comment_of_a_hidden_person_hides_its_thread_as_before",
            "the_place_of_a_hidden_comment_is_none",
            "threads_of_hidden_people_are_on_neither_side_of_a_page",
            "a_comment_across_a_block_and_its_thread_are_neither_read_nor_counted_by_anybody",
            "a_reply_across_a_block_is_neither_read_nor_counted_by_anybody",
        ],
    ),
    shows(
        "comment::replies",
        &[
            "replies_on_a_hidden_authors_post_are_not_found",
            "replies_in_a_hidden_persons_thread_are_not_found",
            "further_replies_leave_hidden_people_out",
            "a_reply_across_a_block_is_neither_read_nor_counted_by_anybody",
        ],
    ),
    shows(
        "comment::edit",
        &[
            "a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed",
            "a_reply_in_a_hidden_persons_thread_is_neither_edited_nor_removed",
        ],
    ),
    shows(
        "comment::remove",
        &[
            "a_comment_on_a_hidden_authors_post_is_neither_edited_nor_removed",
            "a_reply_in_a_hidden_persons_thread_is_neither_edited_nor_removed",
            "a_hidden_persons_comment_below_an_own_post_cannot_be_removed",
        ],
    ),
];
