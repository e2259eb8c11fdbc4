use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub username: String,
    #[sea_orm(column_name = "likeness")]
    pub skeleton: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub email_key: String,
    pub password_hash: String,
    pub created_at: i64,
    pub verified_at: Option<i64>,
    pub sign_up_hash: Option<Vec<u8>>,
}

impl Model {
    /// What a letter calls its reader: the first name, without it the last, without both the username.
    pub(super) fn short_name(&self) -> &str {
        let names = [&self.first_name, &self.last_name];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(&self.username)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
