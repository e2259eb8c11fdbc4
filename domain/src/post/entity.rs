use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub author_id: Uuid,
    pub body: String,
    pub created_at: i64,
    pub like_count: i64,
    pub comment_count: i64,
    pub revision: i64,
    pub client_id: Option<Uuid>,
    pub version: i64,
    pub edited_at: Option<i64>,
    pub removed_at: Option<i64>,
    pub pictures: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
