//! The block rule, in one place: people with a block between them do not exist for each other.
//!
//! Whoever was blocked is not told: to them the other looks like an account that does not exist. Whoever blocks sees a
//! stub with the way back.
//!
//! What one of the two wrote or liked below something of the other's is hidden from everybody while the block stands: its
//! host could neither see nor remove it, while everybody else read it.

use protocol::{
    AccountId, Page, Problem, Timestamp, account::PersonView, block::BlockedPerson, profile::PeopleCursor,
    text::Username,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Cx, Error, Scope,
    account::store::{self as accounts, PersonRow, person_columns},
    bus::Event,
    db::{IntoValue, all, execute, one},
    follow::store as follows,
    limit::Limit,
};

mod counts;
#[cfg(test)]
pub(crate) mod matrix;
#[cfg(test)]
mod tests;

#[cfg(test)]
use matrix::{Entry, shows};

/// SQL that holds when there is no block between the people in `$person` and `$other`.
macro_rules! no_block {
    ($person:expr, $other:expr) => {
        concat!(
            "(NOT EXISTS (SELECT 1 FROM block WHERE blocker_id = ",
            $other,
            " AND blocked_id = ",
            $person,
            ") AND NOT EXISTS (SELECT 1 FROM block WHERE blocker_id = ",
            $person,
            " AND blocked_id = ",
            $other,
            "))"
        )
    };
}
pub(crate) use no_block;

/// SQL that holds when the person who asks (`$1`, by custom, or `$asker`) may see the one in `$person`: there is no block between
/// the two, and the account is not closed. Every query about people or their things has it, on every person whom it shows.
/// `$person` names its table where the column is called `account_id`: alone, it would be that of `closed_account`, and everybody would
/// be hidden once anybody has left.
macro_rules! visible {
    ("account_id" $(, to $asker:expr)?) => {
        compile_error!("name the table of `account_id`: alone, it is that of `closed_account`")
    };
    ($person:expr) => {
        $crate::block::visible!($person, to "$1")
    };
    ($person:expr, to $asker:expr) => {
        concat!(
            "(",
            $crate::block::no_block!($person, $asker),
            " AND NOT EXISTS (SELECT 1 FROM closed_account WHERE account_id = ",
            $person,
            "))"
        )
    };
}
pub(crate) use visible;

/// SQL that holds when the comment or reply in `$comment` stands across no block: none lies between its author and the
/// author of the post, of the thread, or of the reply that it answers, nor between those of the thread and the post. Whoever
/// reads comments or counts them asks for it.
macro_rules! comment_stands {
    ($comment:literal) => {
        concat!(
            "(",
            $crate::block::no_block!(
                concat!($comment, ".author_id"),
                concat!("(SELECT author_id FROM post AS host WHERE host.id = ", $comment, ".post_id)")
            ),
            " AND (",
            $comment,
            ".thread_id IS NULL OR (",
            $crate::block::no_block!(
                concat!($comment, ".author_id"),
                concat!("(SELECT author_id FROM comment AS head WHERE head.id = ", $comment, ".thread_id)")
            ),
            " AND ",
            $crate::block::no_block!(concat!($comment, ".author_id"), concat!($comment, ".answered_id")),
            " AND ",
            $crate::block::no_block!(
                concat!("(SELECT author_id FROM comment AS head WHERE head.id = ", $comment, ".thread_id)"),
                concat!("(SELECT author_id FROM post AS host WHERE host.id = ", $comment, ".post_id)")
            ),
            ")))"
        )
    };
}
pub(crate) use comment_stands;

/// SQL that holds when the like in `post_like` stands across no block: none lies between who likes and the post's author.
macro_rules! like_stands {
    () => {
        $crate::block::no_block!(
            "post_like.account_id",
            "(SELECT author_id FROM post AS host WHERE host.id = post_like.post_id)"
        )
    };
}
pub(crate) use like_stands;

/// SQL that lists everybody with a block between them and the person who asks (`$1`), in either direction, each once.
macro_rules! blocked_either_way {
    () => {
        "SELECT blocked_id AS id FROM block WHERE blocker_id = $1 UNION SELECT blocker_id AS id FROM block WHERE blocked_id = $1"
    };
}

/// SQL that lists everybody whom the person who asks (`$1`) may not see, each once.
macro_rules! hidden {
    () => {
        concat!($crate::block::blocked_either_way!(), " UNION SELECT account_id AS id FROM closed_account")
    };
}
pub(crate) use {blocked_either_way, hidden};

/// Blocks a person and ends the follows between the two.
///
/// # Errors
/// [`Problem::NotFound`] for oneself, for somebody who does not exist and for somebody who has blocked the one who asks.
pub async fn block(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let blocker = scope.account()?;
    cx.limits.spend(Limit::Interaction, blocker)?;
    let now = cx.now().micros();
    if blocker == whom {
        return Err(Problem::NotFound.into());
    }
    cx.write(move |tx| {
        Box::pin(async move {
            // Asked before the locks as well: they would take longer for somebody who is there, though hidden.
            member(&**tx, blocker, whom).await?;
            accounts::lock_both(&**tx, blocker, whom).await?;
            if member(&**tx, blocker, whom).await?.is_blocked {
                return Ok(());
            }
            counts::hide(tx, blocker, whom).await?;
            let values = [blocker.into_value(), whom.into_value(), now.into()];
            let sql = "INSERT INTO block (blocker_id, blocked_id, created_at) VALUES ($1, $2, $3)";
            execute(&**tx, sql, values).await?;
            follows::delete(&**tx, blocker, whom).await?;
            follows::delete(&**tx, whom, blocker).await?;
            tx.announce(Event::RelationsChanged { between: [blocker, whom] });
            Ok(())
        })
    })
    .await
}

/// Takes a block back. Follows do not come back with it.
///
/// # Errors
/// [`Problem::SignInNeeded`]; a block that is not there is no error.
pub async fn unblock(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let blocker = scope.account()?;
    cx.limits.spend(Limit::Interaction, blocker)?;
    cx.write(move |tx| {
        Box::pin(async move {
            // Without a block of their own nobody learns from the locks whether the other one exists.
            if !has_blocked(&**tx, blocker, whom).await? {
                return Ok(());
            }
            accounts::lock_both(&**tx, blocker, whom).await?;
            let sql = "DELETE FROM block WHERE blocker_id = $1 AND blocked_id = $2";
            if execute(&**tx, sql, [blocker.into_value(), whom.into_value()]).await? > 0 {
                if !has_blocked(&**tx, whom, blocker).await? {
                    counts::show(tx, blocker, whom).await?;
                }
                tx.announce(Event::RelationsChanged { between: [blocker, whom] });
            }
            Ok(())
        })
    })
    .await
}

/// A part of the asker's own blocklist, the latest first. Whether somebody on it has blocked the asker as well changes nothing.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn list(cx: &Cx, scope: &Scope, after: Option<PeopleCursor>) -> Result<Page<BlockedPerson>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: PersonRow,
        since: i64,
    }
    let blocker = scope.account()?;
    // Whoever has left is nobody to anybody.
    let sql = concat!(
        "SELECT ",
        person_columns!("account"),
        ", block.created_at AS since FROM block JOIN account ON account.id = blocked_id \
         WHERE blocker_id = $1 AND (block.created_at, blocked_id) < ($2, $3) \
         AND NOT EXISTS (SELECT 1 FROM closed_account WHERE account_id = blocked_id) \
         ORDER BY block.created_at DESC, blocked_id DESC LIMIT $4"
    );
    let (since, last) =
        after.map_or((i64::MAX, Uuid::max()), |after| (after.since.micros(), after.person.into()));
    let limit = i64::try_from(Page::<BlockedPerson>::SIZE + 1).unwrap_or(i64::MAX);
    let rows: Vec<Row> =
        all(cx.db.read(), sql, [blocker.into_value(), since.into(), last.into(), limit.into()]).await?;
    let people = rows
        .into_iter()
        .map(|row| BlockedPerson { person: row.person.into(), since: Timestamp::from_micros(row.since) });
    Ok(Page::from_rows(people.collect()))
}

#[derive(FromQueryResult)]
struct Other {
    id: Uuid,
}

/// Everybody with a block between them and `viewer`, in either direction. Whoever has closed their account says nothing that
/// would have to be kept from anybody.
pub(crate) async fn hidden_from(
    db: &impl ConnectionTrait,
    viewer: AccountId,
) -> Result<Vec<AccountId>, Error> {
    let others: Vec<Other> = all(db, blocked_either_way!(), [viewer.into_value()]).await?;
    Ok(others.into_iter().map(|other| other.id.into()).collect())
}

/// Whether `blocker` has blocked `blocked`.
pub(crate) async fn has_blocked(
    db: &impl ConnectionTrait,
    blocker: AccountId,
    blocked: AccountId,
) -> Result<bool, Error> {
    let sql = "SELECT blocker_id AS id FROM block WHERE blocker_id = $1 AND blocked_id = $2";
    let found: Option<Other> = one(db, sql, [blocker.into_value(), blocked.into_value()]).await?;
    Ok(found.is_some())
}

/// Deletes all blocks of and against an account that goes. Nothing of it is left that could stand across one.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    let sql = "DELETE FROM block WHERE blocker_id = $1 OR blocked_id = $1";
    execute(db, sql, [account.into_value()]).await.map(drop)
}

/// Somebody whom the asker may see: a member who has not blocked them.
pub(crate) struct Member {
    pub(crate) person: PersonView,
    /// Whether the asker has blocked them.
    pub(crate) is_blocked: bool,
}

impl Member {
    /// The person.
    ///
    /// # Errors
    /// [`Problem::YouBlocked`] when the asker has blocked them.
    pub(crate) fn unblocked(self) -> Result<PersonView, Error> {
        if self.is_blocked { Err(Problem::YouBlocked.into()) } else { Ok(self.person) }
    }
}

/// SQL for the account of which this holds, as `$1` may see it. One statement answers for somebody who does not exist
/// and for somebody who has blocked the asker: there is no second step whose time would tell them apart.
macro_rules! select_member {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            person_columns!("account"),
            ", (SELECT COUNT(*) FROM block WHERE blocker_id = $1 AND blocked_id = account.id) AS blocks \
             FROM account WHERE ",
            $condition,
            " AND verified_at IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM block WHERE blocker_id = account.id AND blocked_id = $1) \
             AND NOT EXISTS (SELECT 1 FROM closed_account WHERE account_id = account.id)"
        )
    };
}

/// The member with this id.
///
/// # Errors
/// [`Problem::NotFound`] when there is none whom the asker may see.
pub(crate) async fn member(
    db: &impl ConnectionTrait,
    asker: AccountId,
    whom: AccountId,
) -> Result<Member, Error> {
    found(one(db, select_member!("id = $2"), [asker.into_value(), whom.into_value()]).await?)
}

/// The member called `username`, or called so until lately.
///
/// # Errors
/// [`Problem::NotFound`] when there is none whom the asker may see.
pub(crate) async fn member_called(
    db: &impl ConnectionTrait,
    asker: AccountId,
    username: &Username,
) -> Result<Member, Error> {
    let values = || [asker.into_value(), username.as_str().into()];
    let row = match one(db, select_member!("username = $2"), values()).await? {
        // Asked for whoever is hidden and whoever is not there alike.
        None => {
            one(
                db,
                select_member!(
                    "id = (SELECT account_id FROM former_username WHERE username = $2 \
                                        ORDER BY given_up_at DESC LIMIT 1)"
                ),
                values(),
            )
            .await?
        }
        row => row,
    };
    found(row)
}

#[derive(FromQueryResult)]
struct MemberRow {
    #[sea_orm(nested)]
    person: PersonRow,
    blocks: i64,
}

fn found(row: Option<MemberRow>) -> Result<Member, Error> {
    let row = row.ok_or(Problem::NotFound)?;
    let (mut person, is_blocked) = (PersonView::from(row.person), row.blocks > 0);
    // On a stub nobody looks out of a picture.
    person.picture = person.picture.filter(|_| !is_blocked);
    Ok(Member { person, is_blocked })
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "block::block",
        &[
            "who_is_blocked_cannot_block_back_somebody_who_does_not_exist_for_them",
            "a_block_ends_the_follows_in_both_directions",
            "a_block_changes_the_counts_that_others_have_on_the_screen",
        ],
    ),
    shows("block::list", &["only_whom_one_has_blocked_oneself_is_on_the_blocklist"]),
    shows(
        "block::unblock",
        &[
            "unblocking_shows_again_only_whom_one_has_blocked_oneself",
            "what_stood_across_a_block_is_back_when_the_block_is_lifted",
        ],
    ),
];
