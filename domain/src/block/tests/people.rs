use protocol::{
    Problem,
    profile::{EditProfile, ProfileContent, ProfileTab, ProfileView, Relation},
};

use super::{DONE, Each, NOT_FOUND, REMINDED, across, refused};
use crate::{block, follow, profile, testing::id};

#[tokio::test]
async fn a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked() {
    let open = |relation| Ok(format!("{relation:?}"));
    let expected = Each {
        stranger: open(Relation::NotFollowing),
        follower: open(Relation::Following),
        blocked: Err(Problem::NotFound),
        blocker: Ok("blocked".to_owned()),
    };
    across(expected, |scene| async move {
        scene.relate().await;
        match profile::view(scene.cx(), &scene.ana, scene.bens_name(), None).await {
            Ok(ProfileView::Open(profile)) => Ok(format!("{:?}", profile.relation)),
            Ok(ProfileView::YouBlocked { person }) if person.id == id(&scene.ben) => Ok("blocked".to_owned()),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.into_problem()),
        }
    })
    .await;
}

#[tokio::test]
async fn a_former_username_of_a_hidden_person_is_not_found() {
    let expected = Each { blocker: Some(Problem::YouBlocked), ..NOT_FOUND };
    across(expected, |scene| async move {
        let name = format!("{}_new", scene.bens_name());
        profile::change_username(scene.cx(), &scene.ben, &name).await.expect("another username");
        scene.relate().await;
        match profile::view(scene.cx(), &scene.ana, scene.bens_name(), None).await {
            Ok(ProfileView::Open(profile)) => {
                assert_eq!(profile.person.username, name);
                None
            }
            Ok(ProfileView::YouBlocked { .. }) => Some(Problem::YouBlocked),
            Err(error) => Some(error.into_problem()),
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_hidden_person_tells_and_their_pictures_are_not_found() {
    across(Each { stranger: 4, follower: 4, blocked: 0, blocker: 0 }, |scene| async move {
        let told = EditProfile { bio: "canary".into(), country: "DE".into(), ..EditProfile::default() };
        profile::edit(scene.cx(), &scene.ben, told).await.expect("a saved profile");
        let [posted, shown] =
            [scene.seed.sent_picture(&scene.ben).await, scene.seed.sent_picture(&scene.ben).await];
        scene.seed.post_pictures(&scene.ben, &[posted]).await;
        profile::set_picture(scene.cx(), &scene.ben, shown.id, None).await.expect("a profile picture");
        scene.relate().await;
        let tab = Some(ProfileTab::Pictures(None));
        match profile::view(scene.cx(), &scene.ana, scene.bens_name(), tab).await {
            Ok(ProfileView::Open(profile)) => {
                let ProfileContent::Pictures(pictures) = profile.content else { panic!("another tab") };
                pictures.items.len()
                    + usize::from(profile.about.bio == "canary")
                    + usize::from(profile.about.country == "Germany")
                    + usize::from(profile.person.picture.is_some())
            }
            Ok(ProfileView::YouBlocked { person }) => usize::from(person.picture.is_some()),
            Err(_) => 0,
        }
    })
    .await;
}

#[tokio::test]
async fn hidden_people_are_not_counted_on_a_profile() {
    across(
        Each { stranger: (1, 1), follower: (1, 1), blocked: (0, 0), blocker: (0, 0) },
        |scene| async move {
            scene.seed.follow(&scene.ben, &scene.cid).await;
            scene.seed.follow(&scene.cid, &scene.ben).await;
            scene.relate().await;
            let cid = &scene.cid.member().expect("a person").username;
            match profile::view(scene.cx(), &scene.ana, cid, None).await.expect("a profile") {
                ProfileView::Open(profile) => (profile.followers, profile.following),
                stub @ ProfileView::YouBlocked { .. } => panic!("{stub:?}"),
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_hidden_person_cannot_be_followed() {
    across(REMINDED, |scene| async move {
        scene.relate().await;
        refused(follow::follow(scene.cx(), &scene.ana, id(&scene.ben)).await)
    })
    .await;
}

#[tokio::test]
async fn a_block_ends_the_follows_in_both_directions() {
    across(Each { stranger: 2, follower: 2, blocked: 0, blocker: 0 }, |scene| async move {
        scene.seed.follow(&scene.ana, &scene.ben).await;
        scene.seed.follow(&scene.ben, &scene.ana).await;
        scene.relate().await;
        let (db, mut follows) = (scene.cx().db.read(), 0);
        for (who, whom) in [(&scene.ana, &scene.ben), (&scene.ben, &scene.ana)] {
            let followed = follow::followed_by(db, id(who)).await.expect("people");
            follows += followed.iter().filter(|person| **person == id(whom)).count();
        }
        follows
    })
    .await;
}

#[tokio::test]
async fn unfollowing_a_hidden_person_tells_nothing() {
    across(DONE, |scene| async move {
        scene.relate().await;
        refused(follow::unfollow(scene.cx(), &scene.ana, id(&scene.ben)).await)
    })
    .await;
}

#[tokio::test]
async fn who_is_blocked_cannot_block_back_somebody_who_does_not_exist_for_them() {
    let expected = Each { blocked: Some(Problem::NotFound), ..DONE };
    across(expected, |scene| async move {
        scene.relate().await;
        refused(block::block(scene.cx(), &scene.ana, id(&scene.ben)).await)
    })
    .await;
}

#[tokio::test]
async fn unblocking_shows_again_only_whom_one_has_blocked_oneself() {
    across(Each { stranger: true, follower: true, blocked: false, blocker: true }, |scene| async move {
        scene.relate().await;
        block::unblock(scene.cx(), &scene.ana, id(&scene.ben)).await.expect("no block of Ana's");
        profile::view(scene.cx(), &scene.ana, scene.bens_name(), None).await.is_ok()
    })
    .await;
}
