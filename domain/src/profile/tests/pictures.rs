//! Profile pictures, and the pictures on somebody's posts.

use futures::TryStreamExt;
use image::{DynamicImage, GenericImageView};
use protocol::{
    PictureId, Problem, ProfilePictureId, Reason,
    media::{AttachedPicture, PictureSize, ProfilePictureSize},
    post::NewPost,
    profile::{PostedPicture, ProfileContent, ProfileTab, SquareCrop},
};

use super::{open, open_tab};
use crate::{
    Error, Scope,
    limit::Rates,
    media, post,
    profile::{remove_picture, set_picture},
    testing::{
        FaultyStore, Seed, TestDb, both,
        pictures::{gif, png},
        refusal,
    },
};

async fn ana() -> (Seed, Scope) {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await);
    let ana = seed.person("ana").await;
    (seed, ana)
}

async fn stored(
    seed: &Seed,
    who: &Scope,
    picture: ProfilePictureId,
    size: ProfilePictureSize,
) -> Result<DynamicImage, Error> {
    let content = media::open_profile_picture(&seed.cx, who, picture, size).await?.read().await?;
    let pieces: Vec<_> = content.pieces.try_collect().await?;
    Ok(image::load_from_memory(&pieces.concat()).expect("a picture"))
}

async fn set(seed: &Seed, who: &Scope, file: &[u8], crop: Option<SquareCrop>) -> ProfilePictureId {
    let picture = seed.send_picture(who, file).await.expect("a picture");
    set_picture(&seed.cx, who, picture.id, crop).await.expect("a profile picture")
}

#[tokio::test]
async fn a_picture_becomes_the_profile_picture_in_two_squares() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let picture = set(&seed, &ben, &png(1_000, 600), None).await;
        assert_eq!(open(&seed, &ana, "ben").await.person.picture, Some(picture));
        for size in ProfilePictureSize::ALL {
            let square = stored(&seed, &ana, picture, size).await.expect("a square");
            assert_eq!(square.dimensions(), (size.edge(), size.edge()));
        }
        // Wherever somebody is shown.
        let post = seed.post(&ben, "hello").await.id;
        seed.like(&ben, post).await;
        seed.comment(&ben, post, "me, too").await;
        seed.say(&ben, &ana, "hello").await;
        let cx = &seed.cx;
        let pictures = [
            post::view(cx, &ana, post).await.expect("a post").author.picture,
            crate::like::people(cx, &ana, post, None).await.expect("people").items[0].person.picture,
            crate::chat::conversations(cx, &ana).await.expect("conversations")[0].with.picture,
            crate::session::resolve(cx, &seed.cookie(&ben).await)
                .await
                .unwrap()
                .expect("a session")
                .person
                .picture,
            crate::comment::page(cx, &ana, post, protocol::comment::PageRequest::First)
                .await
                .expect("comments")
                .threads[0]
                .comment
                .author
                .as_ref()
                .expect("an author")
                .picture,
        ];
        assert_eq!(pictures, [Some(picture); 5]);
    })
    .await;
}

#[tokio::test]
async fn the_square_is_the_one_that_was_chosen() {
    let (seed, ana) = ana().await;
    // The left half is red, the right half blue.
    let picture = image::RgbImage::from_fn(800, 400, |x, _| {
        image::Rgb(if x < 400 { [220, 20, 20] } else { [20, 20, 220] })
    });
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).expect("a file");
    let file = file.into_inner();
    for (left, is_red) in [(0, true), (400, false), (150, true), (350, false)] {
        let crop = SquareCrop { left, top: 10, side: 200 };
        let picture = set(&seed, &ana, &file, Some(crop)).await;
        let square = stored(&seed, &ana, picture, ProfilePictureSize::Large).await.expect("a square");
        assert_eq!(square.dimensions(), (200, 200), "a picture is never enlarged");
        let [red, _, blue, _] = square.get_pixel(if is_red { 40 } else { 160 }, 100).0;
        assert_eq!(red > blue, is_red, "{left}: {red} {blue}");
    }
}

#[tokio::test]
async fn what_shines_through_and_what_moves_can_be_a_profile_picture() {
    let (seed, ana) = ana().await;
    let clear = image::RgbaImage::from_pixel(50, 40, image::Rgba([0, 0, 0, 0]));
    let mut file = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut file, image::ImageFormat::Png).expect("a file");
    let picture = set(&seed, &ana, &file.into_inner(), None).await;
    let square = stored(&seed, &ana, picture, ProfilePictureSize::Small).await.expect("a square");
    assert_eq!((square.dimensions(), square.get_pixel(20, 20).0), ((40, 40), [255, 255, 255, 255]));
    let moving = set(&seed, &ana, &gif(120, 80, 3), None).await;
    let square = stored(&seed, &ana, moving, ProfilePictureSize::Large).await.expect("a square");
    assert_eq!(square.dimensions(), (80, 80));
}

#[tokio::test]
async fn squares_that_are_none_of_the_picture_are_refused() {
    let (seed, ana) = ana().await;
    let picture = seed.send_picture(&ana, &png(60, 40)).await.expect("a picture").id;
    for (left, top, side) in
        [(0, 0, 0), (0, 0, 41), (21, 0, 40), (0, 1, 40), (u32::MAX, 0, 1), (0, 0, u32::MAX), (60, 40, 1)]
    {
        let crop = Some(SquareCrop { left, top, side });
        let refused = refusal(set_picture(&seed.cx, &ana, picture, crop).await);
        assert_eq!(refused, Problem::BadRequest, "{left} {top} {side}");
    }
    assert_eq!(open(&seed, &ana, "ana").await.person.picture, None);
}

#[tokio::test]
async fn pictures_of_others_and_of_nobody_are_not_there() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let waiting = seed.sent_picture(&ben).await;
        let posted = seed.sent_picture(&ben).await;
        seed.post_pictures(&ben, std::slice::from_ref(&posted)).await;
        let own = set(&seed, &ben, &png(60, 40), None).await;
        let nothing = PictureId::from(seed.cx.new_id().expect("an id"));
        let as_picture = PictureId::from(uuid::Uuid::from(own));
        for forged in [waiting.id, posted.id, nothing, as_picture] {
            let problem = refusal(set_picture(&seed.cx, &ana, forged, None).await);
            assert_eq!(problem, Problem::field("pictures", Reason::Gone));
        }
        assert_eq!(open(&seed, &ana, "ana").await.person.picture, None);
        // Nor is somebody's profile picture one for a post.
        let pictures = vec![AttachedPicture { id: as_picture, alt: String::new() }];
        let new = NewPost { body: "mine".into(), pictures, ..NewPost::default() };
        let problem = refusal(post::publish(&seed.cx, &ben, new).await);
        assert_eq!(problem, Problem::field("pictures", Reason::Gone));
        assert!(media::open(&seed.cx, &ben, as_picture, PictureSize::Small).await.is_err());
        let refused = set_picture(&seed.cx, &Seed::nobody(), waiting.id, None).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn another_picture_or_none_leaves_no_file_of_the_one_before() {
    let (seed, ana) = ana().await;
    let first = set(&seed, &ana, &png(200, 100), None).await;
    let second = set(&seed, &ana, &png(100, 200), None).await;
    seed.run_jobs().await;
    assert_eq!(seed.files().len(), 2, "only the two squares: {:?}", seed.files());
    let gone = stored(&seed, &ana, first, ProfilePictureSize::Small).await;
    assert_eq!(gone.err().map(Error::into_problem), Some(Problem::NotFound));
    stored(&seed, &ana, second, ProfilePictureSize::Small).await.expect("the new one");
    remove_picture(&seed.cx, &ana).await.expect("no picture");
    remove_picture(&seed.cx, &ana).await.expect("no picture, as before");
    seed.clock.advance_seconds(2 * 3_600);
    seed.run_jobs().await;
    assert_eq!(seed.files(), Vec::<std::path::PathBuf>::new());
    assert_eq!(seed.number("SELECT COUNT(*) AS count FROM picture").await, 0);
    assert_eq!(open(&seed, &ana, "ana").await.person.picture, None);
}

#[tokio::test]
async fn a_picture_that_could_not_be_stored_leaves_nothing() {
    let (seed, ana) = ana().await;
    let source = seed.send_picture(&ana, &png(200, 100)).await.expect("a picture").id;
    // The source is read and one square stored.
    seed.faulty_store.fail_after(2, FaultyStore::ENOSPC);
    assert_eq!(refusal(set_picture(&seed.cx, &ana, source, None).await), Problem::Unavailable);
    seed.faulty_store.repair();
    media::discard(&seed.cx, &ana, source).await.expect("no source");
    seed.clock.advance_seconds(3_600);
    seed.run_jobs().await;
    assert_eq!(seed.files(), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn a_picture_on_a_post_stays_there_when_it_becomes_the_profile_picture() {
    let (seed, ana) = ana().await;
    let picture = seed.sent_picture(&ana).await;
    seed.post_pictures(&ana, std::slice::from_ref(&picture)).await;
    set_picture(&seed.cx, &ana, picture.id, None).await.expect("a profile picture");
    seed.run_jobs().await;
    assert!(media::open(&seed.cx, &ana, picture.id, PictureSize::Small).await.is_ok());
}

/// The pictures on Ben's posts, from this one on.
async fn posted(seed: &Seed, who: &Scope, before: Option<PictureId>) -> (Vec<PostedPicture>, bool) {
    match open_tab(seed, who, "ben", ProfileTab::Pictures(before)).await.content {
        ProfileContent::Pictures(page) => (page.items, page.more),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_pictures_of_a_person_are_those_on_their_posts_page_by_page() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut expected = Vec::new();
        for number in 0..25 {
            let id = seed.picture(&ben).await;
            let pictures = vec![AttachedPicture { id, alt: format!("number {number}") }];
            let new = NewPost { body: "look".into(), pictures, ..NewPost::default() };
            let post = post::publish(&seed.cx, &ben, new).await.expect("a post").id;
            expected.push((id, post, format!("number {number}")));
        }
        seed.picture(&ben).await;
        let removed = expected.pop().expect("a post").1;
        post::remove(&seed.cx, &ben, removed).await.expect("a removed post");
        let (first, more) = posted(&seed, &ana, None).await;
        let (rest, none) = posted(&seed, &ana, first.last().map(|last| last.picture.id)).await;
        assert_eq!((first.len(), more, rest.len(), none), (20, true, 4, false));
        let shown = first
            .into_iter()
            .chain(rest)
            .map(|PostedPicture { picture, post }| (picture.id, post, picture.alt));
        assert_eq!(shown.collect::<Vec<_>>(), expected.into_iter().rev().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn each_tab_of_a_profile_takes_three_statements_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let picture = seed.sent_picture(&ben).await;
        seed.post_pictures(&ben, &[picture]).await;
        for (tab, count) in
            [(ProfileTab::Posts(None), 3), (ProfileTab::Pictures(None), 3), (ProfileTab::About, 2)]
        {
            seed.query_log.take();
            open_tab(&seed, &ana, "ben", tab).await;
            let statements = seed.query_log.take();
            assert_eq!(statements.len(), count, "{tab:?}");
            assert_eq!(seed.full_scans(statements).await, Vec::<String>::new(), "{tab:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn opening_a_profile_picture_takes_one_statement_and_reads_no_table_whole() {
    both(|seed| async move {
        let ben = seed.person("ben").await;
        let picture = set(&seed, &ben, &png(60, 40), None).await;
        seed.query_log.take();
        let opened = media::open_profile_picture(&seed.cx, &ben, picture, ProfilePictureSize::Small).await;
        opened.expect("a picture");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}
