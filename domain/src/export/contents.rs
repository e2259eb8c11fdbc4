//! What is in a copy, file by file.

use protocol::{AccountId, PictureId, media::PictureSize};
use sea_orm::FromQueryResult;
use serde_json::json;
use uuid::Uuid;

use super::{
    archive::Archive,
    pages,
    progress::Progress,
    record::{
        self, Blocked, Comment, Follower, Following, Like, Message, Notification, Post, Record, Version,
        moment,
    },
    table,
};
use crate::{
    Cx, Error,
    account::entity,
    db::{Count, IntoValue, all, one},
    media, profile,
};
use futures::TryStreamExt;
use sea_orm::EntityTrait;

/// Does something for each kind of thing.
macro_rules! for_each_kind {
    ($kind:ident => $work:expr) => {{
        {
            type $kind = Post;
            $work
        }
        {
            type $kind = Version;
            $work
        }
        {
            type $kind = Comment;
            $work
        }
        {
            type $kind = Like;
            $work
        }
        {
            type $kind = Message;
            $work
        }
        {
            type $kind = Notification;
            $work
        }
        {
            type $kind = Following;
            $work
        }
        {
            type $kind = Follower;
            $work
        }
        {
            type $kind = Blocked;
            $work
        }
    }};
}

/// How many things will be in it. Each is counted once, though it stands in several files.
pub(super) async fn count(cx: &Cx, account: AccountId) -> Result<i64, Error> {
    let mut total = pictures(cx, account).await?;
    for_each_kind!(Kind => total += record::count::<Kind>(cx, account).await?);
    Ok(total)
}

async fn pictures(cx: &Cx, account: AccountId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM picture WHERE owner_id = $1";
    let found: Option<Count> = one(cx.db.read(), sql, [account.into_value()]).await?;
    Ok(found.map_or(0, |found| found.count))
}

/// Writes all of it.
pub(super) async fn write(
    cx: &Cx,
    account: AccountId,
    zip: &Archive,
    progress: &mut Progress,
) -> Result<(), Error> {
    write_profile(cx, account, zip).await?;
    write_profile_picture(cx, account, zip).await?;
    for_each_kind!(Kind => {
        write_json::<Kind>(cx, account, zip).await?;
        write_page::<Kind>(cx, account, zip, progress).await?;
    });
    write_post_table(cx, account, zip).await?;
    write_pictures(cx, account, zip, progress).await
}

/// Who it is, and what else there is to read.
async fn write_profile(cx: &Cx, account: AccountId, zip: &Archive) -> Result<(), Error> {
    let Some(row) = entity::Entity::find_by_id(Uuid::from(account)).one(cx.db.read()).await? else {
        return Ok(());
    };
    let told = profile::store::own(cx.db.read(), account).await?.into_form();
    let profile = json!({
        "username": row.username,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "bio": told.bio,
        "about": told.about,
        "address": told.address,
        "country": told.country,
        "links": told.links,
        "visible_to": told.visibility,
        "email": row.email,
        "joined_at": moment(row.created_at),
    });
    zip.begin("profile.json").await?;
    zip.write(serde_json::to_vec_pretty(&profile).map_err(Error::internal)?).await?;
    zip.begin("index.html").await?;
    let name = format!("{} {}", row.first_name, row.last_name);
    zip.write(pages::head(name.trim())).await?;
    let lines = [told.bio, told.about, told.address, told.country, told.links.join("\n"), row.email];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let about = format!("{}\nJoined {}", lines.join("\n"), moment(row.created_at));
    zip.write(pages::paragraph((format!("@{}", row.username), about))).await?;
    for_each_kind!(Kind => zip.write(pages::link(Kind::NAME, Kind::TITLE)).await?);
    Ok(())
}

async fn write_profile_picture(cx: &Cx, account: AccountId, zip: &Archive) -> Result<(), Error> {
    let Some(mut content) = media::profile_picture::read_own(cx, account).await? else { return Ok(()) };
    zip.begin_stored("profile_picture.webp".to_owned()).await?;
    while let Some(piece) = content.pieces.try_next().await? {
        zip.write(piece).await?;
    }
    Ok(())
}

/// Where reading begins.
const START: (Uuid, i64) = (Uuid::nil(), i64::MIN);

async fn write_json<R: Record>(cx: &Cx, account: AccountId, zip: &Archive) -> Result<(), Error> {
    zip.begin(format!("{}.json", R::NAME)).await?;
    let (mut cursor, mut separator) = (START, "[\n");
    loop {
        let records = record::page::<R>(cx, account, cursor).await?;
        let Some(last) = records.last() else { break };
        cursor = last.cursor();
        let mut lines = String::new();
        for record in &records {
            lines.push_str(separator);
            lines.push_str(&record.json().to_string());
            separator = ",\n";
        }
        zip.write(lines).await?;
    }
    zip.write(if cursor == START { "[]\n" } else { "\n]\n" }).await
}

async fn write_page<R: Record>(
    cx: &Cx,
    account: AccountId,
    zip: &Archive,
    progress: &mut Progress,
) -> Result<(), Error> {
    zip.begin(format!("{}.html", R::NAME)).await?;
    zip.write(pages::head(R::TITLE)).await?;
    let mut cursor = START;
    loop {
        let records = record::page::<R>(cx, account, cursor).await?;
        let Some(last) = records.last() else { return Ok(()) };
        cursor = last.cursor();
        let paragraphs = records.iter().map(|record| pages::paragraph(record.paragraph()));
        zip.write(paragraphs.collect::<String>()).await?;
        progress.advance(cx, records.len()).await?;
    }
}

async fn write_post_table(cx: &Cx, account: AccountId, zip: &Archive) -> Result<(), Error> {
    zip.begin("posts.csv").await?;
    zip.write(table::line(["id", "published", "edited", "likes", "comments", "text"])).await?;
    let mut cursor = START;
    loop {
        let posts = record::page::<Post>(cx, account, cursor).await?;
        let Some(last) = posts.last() else { return Ok(()) };
        cursor = last.cursor();
        let lines = posts.iter().map(|post| {
            let edited = post.edited_at.map(moment).unwrap_or_default();
            let (likes, comments) = (post.like_count.to_string(), post.comment_count.to_string());
            let cells =
                [&post.id.to_string(), &moment(post.created_at), &edited, &likes, &comments, &post.body];
            table::line(cells.map(String::as_str))
        });
        zip.write(lines.collect::<String>()).await?;
    }
}

async fn write_pictures(
    cx: &Cx,
    account: AccountId,
    zip: &Archive,
    progress: &mut Progress,
) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Picture {
        id: Uuid,
    }
    let sql = "SELECT id FROM picture WHERE owner_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    let mut after = Uuid::nil();
    loop {
        let values = [account.into_value(), after.into(), record::AT_ONCE.into()];
        let found: Vec<Picture> = all(cx.db.read(), sql, values).await?;
        let Some(last) = found.last() else { return Ok(()) };
        after = last.id;
        for picture in found {
            write_picture(cx, picture.id.into(), zip).await?;
            progress.advance(cx, 1).await?;
        }
    }
}

/// A picture that was deleted meanwhile is left out.
async fn write_picture(cx: &Cx, picture: PictureId, zip: &Archive) -> Result<(), Error> {
    let Ok(mut content) = media::read(cx, picture, PictureSize::Large).await else { return Ok(()) };
    zip.begin_stored(format!("pictures/{picture}.webp")).await?;
    while let Some(piece) = content.pieces.try_next().await? {
        zip.write(piece).await?;
    }
    Ok(())
}
