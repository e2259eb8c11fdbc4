use protocol::{
    AccountId, Problem,
    country::Country,
    profile::{AboutView, CheckedProfile, EditProfile, FieldVisibility, Visibility},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error,
    db::{IntoValue, execute, one, to_u32},
};

/// SQL for the columns of a [`DetailsRow`], from `profile`, which may be joined outwards.
macro_rules! details_columns {
    () => {
        "profile.bio, profile.about, profile.address, profile.country, profile.links, profile.visibility, profile.version"
    };
}
pub(super) use details_columns;

/// What is stored of what somebody tells of themselves; nothing as long as they have not told anything.
#[derive(Debug, FromQueryResult)]
pub(super) struct DetailsRow {
    bio: Option<String>,
    about: Option<String>,
    address: Option<String>,
    country: Option<String>,
    links: Option<String>,
    visibility: Option<String>,
    version: Option<i64>,
}

impl DetailsRow {
    /// As far as somebody may know it who passes `reader`: the narrowest visibility that shows them something.
    pub(super) fn into_view_for(self, reader: Visibility) -> Result<AboutView, Error> {
        let details = Details::try_from(self)?;
        let may_see = |visibility: Visibility| visibility <= reader;
        let FieldVisibility { bio, about, address, country, links } = details.visibility;
        let shown = |text: String, visibility| if may_see(visibility) { text } else { String::new() };
        let known = Country::parse(&shown(details.country, country)).ok();
        Ok(AboutView {
            bio: shown(details.bio, bio),
            about: shown(details.about, about),
            address: shown(details.address, address),
            country: known.map(|known| known.name.to_owned()).unwrap_or_default(),
            links: if may_see(links) { details.links } else { Vec::new() },
        })
    }
}

/// What somebody tells of themselves, with the names that stand in their account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    first_name: String,
    last_name: String,
    details: Details,
    pub(super) version: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Details {
    bio: String,
    about: String,
    address: String,
    country: String,
    links: Vec<String>,
    visibility: FieldVisibility,
}

impl TryFrom<DetailsRow> for Details {
    type Error = Error;

    fn try_from(row: DetailsRow) -> Result<Self, Error> {
        let DetailsRow { bio, about, address, country, links, visibility, version: _ } = row;
        Ok(Self {
            bio: bio.unwrap_or_default(),
            about: about.unwrap_or_default(),
            address: address.unwrap_or_default(),
            country: country.unwrap_or_default(),
            links: parse(links)?,
            visibility: parse(visibility)?,
        })
    }
}

fn parse<T: Default + serde::de::DeserializeOwned>(json: Option<String>) -> Result<T, Error> {
    json.map_or_else(|| Ok(T::default()), |json| serde_json::from_str(&json).map_err(Error::internal))
}

impl Own {
    /// Whether it says that already.
    pub(super) fn says(&self, checked: &CheckedProfile) -> bool {
        (&self.first_name, &self.last_name, &self.details)
            == (&text(&checked.first_name), &text(&checked.last_name), &Details::from(checked))
    }

    /// As the form has it.
    pub(crate) fn into_form(self) -> EditProfile {
        let Self { first_name, last_name, details, version } = self;
        let Details { bio, about, address, country, links, visibility } = details;
        let version = to_u32(version);
        EditProfile { version, first_name, last_name, bio, about, address, country, links, visibility }
    }
}

impl From<&CheckedProfile> for Details {
    fn from(checked: &CheckedProfile) -> Self {
        Self {
            bio: text(&checked.bio),
            about: text(&checked.about),
            address: text(&checked.address),
            country: checked.country.map(|country| country.code.to_owned()).unwrap_or_default(),
            links: checked.links.iter().cloned().map(Into::into).collect(),
            visibility: checked.visibility,
        }
    }
}

fn text<T: Clone + Into<String>>(value: &Option<T>) -> String {
    value.clone().map(Into::into).unwrap_or_default()
}

/// What somebody tells of themselves, all of it.
pub(crate) async fn own(db: &impl ConnectionTrait, account: AccountId) -> Result<Own, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        first_name: String,
        last_name: String,
        #[sea_orm(nested)]
        details: DetailsRow,
    }
    let sql = concat!(
        "SELECT first_name, last_name, ",
        details_columns!(),
        " FROM account LEFT JOIN profile ON profile.account_id = account.id WHERE account.id = $1"
    );
    let row: Option<Row> = one(db, sql, [account.into_value()]).await?;
    let Row { first_name, last_name, details } = row.ok_or(Problem::SignInNeeded)?;
    let version = details.version.unwrap_or(0);
    Ok(Own { first_name, last_name, details: Details::try_from(details)?, version })
}

/// Stores what somebody tells of themselves as their next version. The caller has locked the account.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    account: AccountId,
    checked: &CheckedProfile,
) -> Result<(), Error> {
    let names = "UPDATE account SET first_name = $1, last_name = $2 WHERE id = $3";
    let values = [text(&checked.first_name).into(), text(&checked.last_name).into(), account.into_value()];
    execute(db, names, values).await?;
    let Details { bio, about, address, country, links, visibility } = Details::from(checked);
    let sql = "INSERT INTO profile (account_id, bio, about, address, country, links, visibility, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (account_id) DO UPDATE SET \
               bio = excluded.bio, about = excluded.about, address = excluded.address, country = excluded.country, \
               links = excluded.links, visibility = excluded.visibility, version = profile.version + 1";
    let values = [
        account.into_value(),
        bio.into(),
        about.into(),
        address.into(),
        country.into(),
        serde_json::to_string(&links).map_err(Error::internal)?.into(),
        serde_json::to_string(&visibility).map_err(Error::internal)?.into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// Deletes what an account that goes itself told.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM profile WHERE account_id = $1", [account.into_value()]).await.map(drop)
}
