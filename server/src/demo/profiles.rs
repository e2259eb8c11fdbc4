//! What the people tell of themselves. Some tell much, some nothing, as people do.

use domain::{Cx, Error, Scope, profile};
use protocol::profile::{EditProfile, FieldVisibility, Visibility};

use super::{people::PEOPLE, pictures};

/// Bio, country, town, links.
type Told = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// By the places in [`PEOPLE`].
const TOLD: [Told; PEOPLE.len()] = [
    (
        "Teacher, gardener, second soprano. I look after this place a little.",
        "DE",
        "Bremen",
        &[
            "https://github.com/ana-brandt",
            "https://mastodon.social/@anabrandt",
            "https://ana-brandt.example",
        ],
    ),
    ("Bicycles by day, bass by night.", "DE", "Bremen", &["https://www.youtube.com/@benokaforbass"]),
    (
        "Cooks too much and needs people to eat it.",
        "IT",
        "Bologna",
        &["https://www.instagram.com/chiara.cucina"],
    ),
    ("Carpenter. If it creaks, ask me.", "DE", "", &[]),
    ("Runs early, reads late.", "IN", "Chennai", &["https://www.linkedin.com/in/priya-raman-example"]),
    ("From Cork. Still explaining hurling.", "IE", "", &[]),
    ("Translator between four languages and one cat.", "CZ", "Brno", &["https://hana.example"]),
    ("Bees, and what bees need.", "KE", "", &[]),
    ("Retired from the railway, not from trains.", "SE", "Göteborg", &[]),
    ("Draws maps of places that are there.", "TW", "", &["https://github.com/meiling-maps"]),
    ("Choir, always.", "ES", "Granada", &[]),
    (
        "Bakes bread at five so that you don’t have to.",
        "TR",
        "",
        &["https://www.instagram.com/yusufs.bakery"],
    ),
    ("Physics by training, pottery by choice.", "PT", "Coimbra", &[]),
    ("Reads everything twice.", "MA", "", &[]),
    ("Repairs radios.", "PL", "Łódź", &["https://mastodon.social/@oskar_nowak"]),
    ("", "NL", "", &[]),
    ("Sauna on Thursdays.", "FI", "", &[]),
    ("Photographs birds, badly but often.", "JP", "Kanazawa", &[]),
    ("", "", "", &[]),
    ("Sings, swims, sometimes both.", "GR", "", &[]),
    ("Keeps the minutes.", "GB", "", &[]),
    ("", "", "", &[]),
    ("New here, and glad of it.", "HU", "", &[]),
    ("", "FR", "", &[]),
    ("Grows leeks of a competitive size.", "DK", "", &[]),
    ("", "", "", &[]),
    ("Learning the accordion. Sorry.", "BR", "", &[]),
    ("", "", "", &[]),
    ("", "", "", &[]),
    ("", "", "", &[]),
];

const ANA: &str = "I came here for a year, fourteen years ago.\n\nI teach maths and, when somebody lets me, music. \
                   On Saturdays I am in the community garden from nine on; whoever comes by gets coffee and a rake. \
                   If something about this place doesn’t work, write to me.";

/// How many of the first people have a picture.
const PICTURES: usize = 12;

/// Fills in the profile of somebody who has just come.
pub(super) async fn fill(cx: &Cx, scope: &Scope, who: usize) -> Result<(), Error> {
    let (Some((_, first_name, last_name)), Some((bio, country, address, links))) =
        (PEOPLE.get(who), TOLD.get(who))
    else {
        return Ok(());
    };
    let edit = EditProfile {
        version: 0,
        first_name: (*first_name).to_owned(),
        last_name: (*last_name).to_owned(),
        bio: (*bio).to_owned(),
        about: if who == 0 { ANA.to_owned() } else { String::new() },
        address: (*address).to_owned(),
        country: (*country).to_owned(),
        links: links.iter().map(|link| (*link).to_owned()).collect(),
        visibility: FieldVisibility { address: Visibility::Everyone, ..FieldVisibility::default() },
    };
    profile::edit(cx, scope, edit).await?;
    // Every third keeps the initials.
    if who < PICTURES && who % 3 != 2 {
        let picture = pictures::upload_one(cx, scope, 1_000 + who).await?;
        profile::set_picture(cx, scope, picture.id, None).await?;
    }
    Ok(())
}
