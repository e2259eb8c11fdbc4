use protocol::media::{PictureSize, ProfilePictureSize};

use super::{NOT_FOUND, across, refused};
use crate::{media, profile};

#[tokio::test]
async fn a_profile_picture_of_a_hidden_person_is_not_found() {
    across(NOT_FOUND, |scene| async move {
        let picture = scene.seed.sent_picture(&scene.ben).await.id;
        let picture =
            profile::set_picture(scene.cx(), &scene.ben, picture, None).await.expect("a profile picture");
        let small = ProfilePictureSize::Small;
        media::open_profile_picture(scene.cx(), &scene.ana, picture, small).await.expect("a picture");
        scene.relate().await;
        let opened = media::open_profile_picture(scene.cx(), &scene.ana, picture, small).await;
        assert!(media::open_profile_picture(scene.cx(), &scene.cid, picture, small).await.is_ok());
        refused(opened)
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_a_hidden_author_is_not_found() {
    across(NOT_FOUND, |scene| async move {
        let picture = scene.seed.sent_picture(&scene.ben).await;
        scene.seed.post_pictures(&scene.ben, std::slice::from_ref(&picture)).await;
        // Whoever has seen it before sees it no more.
        media::open(scene.cx(), &scene.ana, picture.id, PictureSize::Large).await.expect("a picture");
        scene.relate().await;
        let opened = media::open(scene.cx(), &scene.ana, picture.id, PictureSize::Large).await;
        assert!(media::open(scene.cx(), &scene.cid, picture.id, PictureSize::Large).await.is_ok());
        refused(opened)
    })
    .await;
}
