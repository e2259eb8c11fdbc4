//! The names in messages that lead to somebody. Nothing is stored of them: they are looked for whenever messages are read.

use std::collections::BTreeSet;

use protocol::{AccountId, chat::MessageView, rich, text::Username};
use sea_orm::ConnectionTrait;

use crate::{Error, mention};

/// Fills in which names in these messages lead somewhere for `reader`, in one statement; in none, when no name is in them. Says
/// whom they lead to.
pub(super) async fn resolve(
    db: &impl ConnectionTrait,
    reader: AccountId,
    messages: &mut [MessageView],
) -> Result<Vec<AccountId>, Error> {
    let named: Vec<Vec<Username>> = messages.iter().map(|message| rich::mentioned(&message.body)).collect();
    let names: BTreeSet<&str> = named.iter().flatten().map(Username::as_str).collect();
    let found = mention::find(db, reader, &names).await?;
    for (message, named) in messages.iter_mut().zip(&named) {
        let known = named.iter().map(Username::as_str).filter(|name| found.contains_key(*name));
        message.mentions = known.map(str::to_owned).collect();
    }
    Ok(found.into_values().collect())
}
