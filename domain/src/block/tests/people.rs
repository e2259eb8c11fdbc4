use protocol::{
    Problem,
    follow::{FollowList, FollowQuery},
    profile::{EditProfile, ProfileContent, ProfileTab, ProfileView, Relation},
    suggestion::SuggestionReason,
};

use super::{DONE, Each, NOT_FOUND, REMINDED, SEEN, Scene, across, refused};
use crate::{Scope, block, follow, profile, search, suggestion, testing::id};

#[tokio::test]
async fn a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked() {
    let open = |relation| Ok(format!("{relation:?}"));
    let expected = Each {
        stranger: open(Relation::Stranger),
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

/// Those on a list of Ben's, Ana's or Cid's, by whether they are Ana, Ben or Cid.
async fn listed(scene: &Scene, owner: &Scope, list: FollowList) -> Result<Vec<&'static str>, Problem> {
    let username = owner.member().expect("a person").username.clone();
    let query = FollowQuery { username, list, name: String::new(), after: None };
    let view = follow::list(scene.cx(), &scene.ana, query).await.map_err(crate::Error::into_problem)?;
    let count = if list == FollowList::Followers { view.followers } else { view.following };
    assert_eq!(count as usize, view.people.items.len(), "a count equals the list behind it");
    let names = [("ana", id(&scene.ana)), ("ben", id(&scene.ben)), ("cid", id(&scene.cid))];
    let name = |person| names.iter().find(|(_, known)| *known == person).map_or("somebody", |(name, _)| name);
    Ok(view.people.items.iter().map(|listed| name(listed.person.id)).collect())
}

#[tokio::test]
async fn a_hidden_persons_lists_of_people_are_not_found() {
    across(
        Each {
            stranger: Ok(vec!["cid"]),
            follower: Ok(vec!["cid"]),
            blocked: Err(Problem::NotFound),
            blocker: Err(Problem::YouBlocked),
        },
        |scene| async move {
            scene.seed.follow(&scene.ben, &scene.cid).await;
            scene.relate().await;
            listed(&scene, &scene.ben, FollowList::Following).await
        },
    )
    .await;
}

#[tokio::test]
async fn a_hidden_person_is_on_no_list_of_followers_or_of_people_who_are_followed() {
    let both = || (Ok(vec!["ben"]), Ok(vec!["ben"]));
    across(
        Each {
            stranger: both(),
            follower: both(),
            blocked: (Ok(vec![]), Ok(vec![])),
            blocker: (Ok(vec![]), Ok(vec![])),
        },
        |scene| async move {
            scene.seed.follow(&scene.ben, &scene.cid).await;
            scene.seed.follow(&scene.cid, &scene.ben).await;
            scene.relate().await;
            (
                listed(&scene, &scene.cid, FollowList::Followers).await,
                listed(&scene, &scene.cid, FollowList::Following).await,
            )
        },
    )
    .await;
}

#[tokio::test]
async fn only_whom_one_has_blocked_oneself_is_on_the_blocklist() {
    across(Each { stranger: false, follower: false, blocked: false, blocker: true }, |scene| async move {
        scene.relate().await;
        let blocked = block::list(scene.cx(), &scene.ana, None).await.expect("a list").items;
        blocked.iter().any(|blocked| blocked.person.id == id(&scene.ben))
    })
    .await;
}

#[tokio::test]
async fn a_hidden_person_is_not_found_by_name() {
    across(SEEN, |scene| async move {
        scene.relate().await;
        let mut found = Vec::new();
        let name = scene.bens_name();
        for typed in [name, &name[..2], &name[5..], &format!("{}x", &name[..7])] {
            let people = search::people(scene.cx(), &scene.ana, typed).await.expect("an answer").people;
            found.push(people.iter().any(|found| found.person.id == id(&scene.ben)));
        }
        assert!(found.iter().all(|is_found| *is_found == found[0]), "{found:?}");
        found[0]
    })
    .await;
}

#[tokio::test]
async fn a_post_of_a_hidden_author_is_not_found_by_its_words() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.ben, "a wandering albatross").await.id;
        scene.relate().await;
        let found = search::posts(scene.cx(), &scene.ana, "albatross", None).await.expect("an answer").items;
        found.iter().any(|found| found.id == post)
    })
    .await;
}

/// Ana follows Cid, who follows Ben; she likes what he likes; and he is new.
async fn ways_to_ben(scene: &Scene) {
    let (seed, ana, ben, cid) = (&scene.seed, &scene.ana, &scene.ben, &scene.cid);
    seed.follow(ana, cid).await;
    seed.follow(cid, ben).await;
    let post = seed.post(cid, "hello").await.id;
    seed.like(ana, post).await;
    seed.like(ben, post).await;
}

/// Whom one follows is suggested no more.
const NEW_AND_SEEN: Each<bool> = Each { stranger: true, follower: false, blocked: false, blocker: false };

#[tokio::test]
async fn a_hidden_person_is_not_suggested() {
    across(NEW_AND_SEEN, |scene| async move {
        ways_to_ben(&scene).await;
        scene.relate().await;
        let suggested = suggestion::list(scene.cx(), &scene.ana).await.expect("suggestions");
        suggested.iter().any(|suggestion| suggestion.person.id == id(&scene.ben))
    })
    .await;
}

/// Dora is followed by Cid, whom Ana follows, and by Ben, whom she follows in one of the relations.
#[tokio::test]
async fn a_suggestion_names_nobody_who_is_hidden() {
    across(Each { stranger: 0, follower: 1, blocked: 0, blocker: 0 }, |scene| async move {
        let dora = scene.seed.person(&format!("dora_{:?}", scene.relation).to_lowercase()).await;
        for who in [&scene.ben, &scene.cid] {
            scene.seed.follow(who, &dora).await;
        }
        scene.seed.follow(&scene.ana, &scene.cid).await;
        scene.relate().await;
        let suggested = suggestion::list(scene.cx(), &scene.ana).await.expect("suggestions");
        let found = suggested.into_iter().find(|suggestion| suggestion.person.id == id(&dora)).expect("Dora");
        match found.reason {
            SuggestionReason::FollowedBy { others, .. } => others,
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_hidden_person_does_not_stand_beside_the_feed() {
    across(
        Each {
            stranger: (true, true),
            follower: (true, false),
            blocked: (false, false),
            blocker: (false, false),
        },
        |scene| async move {
            ways_to_ben(&scene).await;
            scene.seed.follow(&scene.ben, &scene.ana).await;
            scene.relate().await;
            let panel = suggestion::panel(scene.cx(), &scene.ana).await.expect("a panel");
            assert_eq!(panel.follower_count as usize, panel.followers.len());
            let is_suggested =
                panel.suggestions.iter().any(|suggestion| suggestion.person.id == id(&scene.ben));
            (panel.followers.iter().any(|person| person.id == id(&scene.ben)), is_suggested)
        },
    )
    .await;
}

#[tokio::test]
async fn a_hidden_person_cannot_be_dismissed() {
    across(REMINDED, |scene| async move {
        scene.relate().await;
        refused(suggestion::dismiss(scene.cx(), &scene.ana, id(&scene.ben)).await)
    })
    .await;
}
