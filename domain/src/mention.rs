//! Who is mentioned in a text. A name leads somewhere only when it is that of a member whom the reader may see.

use std::collections::{BTreeSet, HashMap};

use protocol::{AccountId, CommentId, PostId, account::PersonView, rich};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    block::visible,
    db::{IntoValue, all, execute, placeholders},
};

#[cfg(test)]
mod tests;

/// The text in which somebody is mentioned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// That of a post.
    Post(PostId),
    /// That of a comment or reply.
    Comment(CommentId),
}

impl Source {
    fn table(self) -> (&'static str, &'static str, Uuid) {
        match self {
            Self::Post(id) => ("post_mention", "post_id", id.into()),
            Self::Comment(id) => ("comment_mention", "comment_id", id.into()),
        }
    }
}

/// SQL for the names, with a space between them, that lead somewhere for `$1`, those that people had before among them, in
/// the text that `$of` has as its
/// `$column` in `$table`.
macro_rules! mentions_in {
    ($table:literal, $column:literal, $of:literal) => {
        concat!(
            "(SELECT string_agg(mentioned.username || COALESCE((SELECT string_agg(' ' || former_username.username, '') \
             FROM former_username WHERE former_username.account_id = mentioned.id), ''), ' ') FROM ",
            $table,
            " JOIN account AS mentioned ON mentioned.id = ",
            $table,
            ".account_id WHERE ",
            $table,
            ".",
            $column,
            " = ",
            $of,
            " AND ",
            $crate::block::visible!("mentioned.id"),
            ") AS mentions"
        )
    };
}
pub(crate) use mentions_in;

/// What such a query found.
pub(crate) fn parse_names(names: Option<String>) -> Vec<String> {
    names.map(|names| names.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

/// The names of these people.
pub(crate) fn names(people: &[PersonView]) -> Vec<String> {
    people.iter().map(|person| person.username.clone()).collect()
}

/// Stores whom a new or changed text of `author` mentions, as far as the author may see them.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    source: Source,
    author: AccountId,
    text: &str,
) -> Result<Vec<PersonView>, Error> {
    let (table, column, id) = source.table();
    delete(db, source).await?;
    let mentioned = rich::mentioned(text);
    if mentioned.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM account WHERE verified_at IS NOT NULL AND {} AND username IN ({}) ORDER BY username",
        person_columns!("account"),
        visible!("id"),
        placeholders(2, mentioned.len())
    );
    let names = mentioned.iter().map(|name| name.as_str().into());
    let values: Vec<Value> = std::iter::once(author.into_value()).chain(names).collect();
    let people: Vec<PersonRow> = all(db, &sql, values).await?;
    let people: Vec<PersonView> = people.into_iter().map(Into::into).collect();
    let sql = format!("INSERT INTO {table} ({column}, account_id) VALUES ($1, $2)");
    for person in &people {
        execute(db, &sql, [id.into(), person.id.into_value()]).await?;
    }
    Ok(people)
}

/// To whom each of these names leads for `reader`, those that people had before among them. What leads nowhere is left out.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    reader: AccountId,
    names: &BTreeSet<&str>,
) -> Result<HashMap<String, AccountId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
        id: Uuid,
    }
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let places = placeholders(2, names.len());
    let sql = format!(
        "SELECT username AS name, id FROM account WHERE verified_at IS NOT NULL AND {} AND username IN ({places}) \
         UNION SELECT username AS name, account_id AS id FROM former_username WHERE {} AND username IN ({places})",
        visible!("id"),
        visible!("former_username.account_id"),
    );
    let named = names.iter().map(|name| (*name).into());
    let values: Vec<Value> = std::iter::once(reader.into_value()).chain(named).collect();
    let rows: Vec<Row> = all(db, &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id.into())).collect())
}

/// Deletes what is stored of the mentions in a text.
pub(crate) async fn delete(db: &impl ConnectionTrait, source: Source) -> Result<(), Error> {
    let (table, column, id) = source.table();
    execute(db, &format!("DELETE FROM {table} WHERE {column} = $1"), [id.into()]).await.map(drop)
}

/// Deletes what is stored of the mentions of an account that goes. The texts keep its name, which leads nowhere.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM post_mention WHERE account_id = $1",
        "DELETE FROM comment_mention WHERE account_id = $1",
    ] {
        execute(db, sql, [account.into_value()]).await?;
    }
    Ok(())
}
