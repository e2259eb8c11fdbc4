use protocol::{Problem, media::PictureSize};

use super::{NOT_FOUND, nothing, stored};
use crate::{
    media::open,
    post,
    testing::{Seed, both, refusal},
};

#[tokio::test]
async fn a_picture_is_its_owners_until_a_post_shows_it_to_all() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let picture = seed.sent_picture(&ana).await.id;
        let look = async |who| stored(&seed.cx, who, picture, PictureSize::Small).await.map(drop);
        look(&ana).await.expect("the owner sees it");
        assert_eq!(refusal(look(&ben).await), NOT_FOUND);

        let view = open(&seed.cx, &ana, picture, PictureSize::Small).await.expect("a picture");
        assert_eq!(view.etag, format!("\"{picture}-small\""));
        let pictures = [protocol::media::AttachedPicture { id: picture, alt: String::new() }];
        let new = protocol::post::NewPost {
            body: "look".to_owned(),
            pictures: pictures.into(),
            ..protocol::post::NewPost::default()
        };
        let post = post::publish(&seed.cx, &ana, new).await.expect("a post").id;
        look(&ana).await.expect("the author sees it");
        look(&ben).await.expect("everybody sees it");

        post::remove(&seed.cx, &ana, post).await.expect("a removed post");
        assert_eq!(refusal(look(&ben).await), NOT_FOUND);
        assert_eq!(refusal(look(&ana).await), NOT_FOUND);
        post::restore(&seed.cx, &ana, post).await.expect("a post");
        look(&ben).await.expect("everybody sees it again");
    })
    .await;
}

#[tokio::test]
async fn pictures_are_for_people_who_are_signed_in() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let picture = seed.sent_picture(&ana).await;
        seed.post_pictures(&ana, std::slice::from_ref(&picture)).await;
        let open_as = async |who, id| refusal(open(&seed.cx, who, id, PictureSize::Large).await);
        let nobody = Seed::nobody();
        assert_eq!(open_as(&nobody, picture.id).await, Problem::SignInNeeded);
        assert_eq!(open_as(&ana, nothing(&seed)).await, NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn opening_a_picture_takes_one_statement() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let picture = seed.sent_picture(&ana).await;
        seed.query_log.take();
        open(&seed.cx, &ana, picture.id, PictureSize::Large).await.expect("a picture");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}
