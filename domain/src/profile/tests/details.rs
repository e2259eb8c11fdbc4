//! What people tell of themselves, and who may know it.

use protocol::{
    Problem, Reason,
    profile::{AboutView, EditProfile, FieldVisibility, ProfileTab, Visibility},
};

use super::{open, open_tab};
use crate::{
    Scope,
    limit::Rates,
    profile::{edit, own},
    testing::{Seed, TestDb, both, id, refusal},
};

/// Everything filled in, with this visibility.
pub(super) fn form(visibility: Visibility) -> EditProfile {
    EditProfile {
        version: 0,
        first_name: "Ben".into(),
        last_name: "Tester".into(),
        bio: "I sing.".into(),
        about: "And I garden.\nA lot.".into(),
        address: "Lindenweg 3".into(),
        country: "DE".into(),
        links: vec!["https://github.com/ben".into(), "https://example.org".into()],
        visibility: FieldVisibility {
            bio: visibility,
            about: visibility,
            address: visibility,
            country: visibility,
            links: visibility,
        },
    }
}

fn told() -> AboutView {
    let EditProfile { bio, about, address, links, .. } = form(Visibility::Everyone);
    AboutView { bio, about, address, country: "Germany".into(), links }
}

async fn about(seed: &Seed, who: &Scope) -> AboutView {
    open_tab(seed, who, "ben", ProfileTab::About).await.about
}

#[tokio::test]
async fn what_is_saved_is_what_is_shown() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let typed = EditProfile {
            bio: " I sing.\r\n".trim_start().into(),
            links: vec!["GitHub.com/ben".into(), String::new(), "example.org".into()],
            first_name: " Benjamin ".into(),
            ..form(Visibility::Everyone)
        };
        edit(&seed.cx, &ben, typed).await.expect("a saved profile");
        let shown = open(&seed, &ana, "ben").await;
        assert_eq!(shown.person.full_name(), "Benjamin Tester");
        let links = vec!["https://github.com/ben".to_owned(), "https://example.org".to_owned()];
        assert_eq!(shown.about, AboutView { links: links.clone(), ..told() });
        let own = own(&seed.cx, &ben).await.expect("the own profile");
        let saved =
            EditProfile { version: 1, first_name: "Benjamin".into(), links, ..form(Visibility::Everyone) };
        assert_eq!((own.profile, own.countries.len()), (saved, 249));
    })
    .await;
}

#[tokio::test]
async fn every_field_can_be_emptied_and_the_username_stands_for_the_name() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        edit(&seed.cx, &ben, form(Visibility::Everyone)).await.expect("a saved profile");
        let empty = EditProfile { version: 1, ..EditProfile::default() };
        edit(&seed.cx, &ben, empty).await.expect("an emptied profile");
        let shown = open(&seed, &ana, "ben").await;
        assert_eq!((shown.person.full_name(), shown.about), ("ben".to_owned(), AboutView::default()));
        let post = seed.post(&seed.signed_in(shown.person).await, "hello").await;
        assert_eq!(post.author.full_name(), "ben");
    })
    .await;
}

#[tokio::test]
async fn each_part_is_shown_only_to_whom_its_visibility_names() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let cid = seed.person("cid").await;
        seed.follow(&cid, &ben).await;
        let nothing = AboutView::default();
        for (version, visibility, for_ana, for_cid) in [
            (0, Visibility::Everyone, told(), told()),
            (1, Visibility::Followers, nothing.clone(), told()),
            (2, Visibility::OnlyMe, nothing.clone(), nothing),
        ] {
            edit(&seed.cx, &ben, EditProfile { version, ..form(visibility) }).await.expect("a saved profile");
            assert_eq!(about(&seed, &ana).await, for_ana, "{visibility:?}");
            assert_eq!(about(&seed, &cid).await, for_cid, "{visibility:?}");
            assert_eq!(about(&seed, &ben).await, told(), "{visibility:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn one_part_hides_none_of_the_others() {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    let wide = form(Visibility::Everyone);
    let hide = |part: usize| {
        let mut visibility = wide.visibility;
        let parts = [
            &mut visibility.bio,
            &mut visibility.about,
            &mut visibility.address,
            &mut visibility.country,
            &mut visibility.links,
        ];
        *parts.into_iter().nth(part).expect("a part") = Visibility::OnlyMe;
        visibility
    };
    for (part, version) in (0..5).zip(0..) {
        let visibility = hide(part);
        edit(&seed.cx, &ben, EditProfile { version, visibility, ..wide.clone() })
            .await
            .expect("a saved profile");
        let mut expected = told();
        match part {
            0 => expected.bio.clear(),
            1 => expected.about.clear(),
            2 => expected.address.clear(),
            3 => expected.country.clear(),
            _ => expected.links.clear(),
        }
        assert_eq!(about(&seed, &ana).await, expected);
    }
}

#[tokio::test]
async fn of_two_windows_the_later_one_does_not_overwrite_unseen() {
    both(|seed| async move {
        let ben = seed.person("ben").await;
        let first = form(Visibility::Everyone);
        edit(&seed.cx, &ben, first.clone()).await.expect("a saved profile");
        edit(&seed.cx, &ben, first.clone()).await.expect("the same once more, whose answer was lost");
        let second = EditProfile { bio: "from another window".into(), ..first.clone() };
        assert_eq!(refusal(edit(&seed.cx, &ben, second.clone()).await), Problem::Changed);
        assert_eq!(own(&seed.cx, &ben).await.expect("a profile").profile.bio, first.bio);
        edit(&seed.cx, &ben, EditProfile { version: 1, ..second }).await.expect("knowingly");
    })
    .await;
}

#[tokio::test]
async fn of_many_windows_that_save_at_once_one_wins() {
    both(|seed| async move {
        let ben = seed.person("ben").await;
        let save = |number: usize| {
            edit(&seed.cx, &ben, EditProfile { bio: format!("{number}"), ..form(Visibility::Everyone) })
        };
        let saved = futures::future::join_all((0..16).map(save)).await;
        assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1);
        assert_eq!(own(&seed.cx, &ben).await.expect("a profile").profile.version, 1);
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_is_saved() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let ben = seed.person("ben").await;
    let wrong = EditProfile {
        bio: "a".repeat(10_000),
        country: "Atlantis".into(),
        links: vec!["javascript:alert(1)".into()],
        ..EditProfile::default()
    };
    let problem = refusal(edit(&seed.cx, &ben, wrong).await);
    assert_eq!(problem.reason_for("bio"), Some(&Reason::TooLong { max: 300 }));
    assert_eq!(problem.reason_for("country"), Some(&Reason::Malformed));
    assert_eq!(problem.reason_for("link_0"), Some(&Reason::Malformed));
    assert_eq!(own(&seed.cx, &ben).await.expect("a profile").profile.version, 0);
    let nobody = edit(&seed.cx, &Seed::nobody(), EditProfile::default()).await;
    assert_eq!(refusal(nobody), Problem::SignInNeeded);
}

#[tokio::test]
async fn a_profile_changes_only_its_own_account() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    edit(&seed.cx, &ben, form(Visibility::Everyone)).await.expect("a saved profile");
    let shown = open(&seed, &ben, "ana").await;
    assert_eq!((shown.person.id, shown.person.full_name()), (id(&ana), "Ana Tester".to_owned()));
    assert_eq!(shown.about, AboutView::default());
}
