use image::{DynamicImage, ImageFormat, Rgba, RgbaImage, imageops::FilterType};
use protocol::media::PictureSize;

use super::{ana, seen, sent, stored};
use crate::testing::pictures::{SECRET_PLACE, encoded, jpeg, png, scene, webp, with_exif};

/// How far the colours of two pictures are apart, on average, of 255.
fn distance(one: &DynamicImage, other: &DynamicImage) -> f64 {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let (one, other) = (one.to_rgb8(), other.to_rgb8());
    let apart: u64 = one.iter().zip(other.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    apart as f64 / one.len() as f64
}

#[tokio::test]
async fn a_picture_is_kept_in_three_sizes_and_never_enlarged() {
    let (seed, ana) = ana().await;
    for (width, height, sizes) in [
        (3_000, 1_500, [(2_560, 1_280), (1_200, 600), (480, 240)]),
        (1_000, 2_000, [(1_000, 2_000), (600, 1_200), (240, 480)]),
        (300, 200, [(300, 200), (300, 200), (300, 200)]),
        (3_000, 1, [(2_560, 1), (1_200, 1), (480, 1)]),
        (1, 1, [(1, 1), (1, 1), (1, 1)]),
    ] {
        let picture = sent(&seed, &ana, &png(width, height)).await.expect("a picture");
        assert_eq!(((picture.width, picture.height), picture.moves), (sizes[0], false));
        for (size, expected) in PictureSize::ALL.into_iter().zip(sizes) {
            let seen = seen(&seed, &ana, &picture, size).await;
            assert_eq!((seen.width(), seen.height()), expected, "{size} of {width} x {height}");
        }
    }
}

#[tokio::test]
async fn every_kind_and_every_size_shows_what_was_sent() {
    let (seed, ana) = ana().await;
    let original = DynamicImage::from(scene(640, 480));
    for file in [png(640, 480), jpeg(640, 480), webp(640, 480)] {
        let picture = sent(&seed, &ana, &file).await.expect("a picture");
        for size in PictureSize::ALL {
            let shown = seen(&seed, &ana, &picture, size).await;
            let expected = original.resize(shown.width(), shown.height(), FilterType::CatmullRom);
            let apart = distance(&shown, &expected);
            assert!(apart < 8.0, "{size}: {apart}");
        }
    }
}

#[tokio::test]
async fn grey_and_deep_pictures_are_taken_as_well() {
    let (seed, ana) = ana().await;
    let original = DynamicImage::from(scene(90, 60));
    let kinds = [
        DynamicImage::ImageLuma8(original.to_luma8()),
        DynamicImage::ImageLumaA8(original.to_luma_alpha8()),
        DynamicImage::ImageLuma16(original.to_luma16()),
        DynamicImage::ImageRgb16(original.to_rgb16()),
        DynamicImage::ImageRgba16(original.to_rgba16()),
    ];
    for kind in kinds {
        let picture = sent(&seed, &ana, &encoded(&kind, ImageFormat::Png)).await.expect("a picture");
        let apart = distance(&seen(&seed, &ana, &picture, PictureSize::Large).await, &kind);
        assert!(apart < 8.0, "{:?}: {apart}", kind.color());
    }
}

/// Red on its left, blue on its right.
fn two_halves() -> Vec<u8> {
    let halves =
        RgbaImage::from_fn(80, 40, |x, _| Rgba(if x < 40 { [220, 0, 0, 255] } else { [0, 0, 220, 255] }));
    encoded(&DynamicImage::ImageRgba8(halves).to_rgb8().into(), ImageFormat::Jpeg)
}

#[tokio::test]
async fn a_picture_stands_as_the_camera_was_held() {
    let (seed, ana) = ana().await;
    // Where red is to be seen: as a point of the picture in twentieths of its sides.
    for (orientation, (width, height), (x, y)) in [
        (1, (80, 40), (5, 10)),
        (2, (80, 40), (15, 10)),
        (3, (80, 40), (15, 10)),
        (6, (40, 80), (10, 5)),
        (8, (40, 80), (10, 15)),
    ] {
        let file = with_exif(&two_halves(), orientation);
        let picture = sent(&seed, &ana, &file).await.expect("a picture");
        assert_eq!((picture.width, picture.height), (width, height), "{orientation}");
        for size in PictureSize::ALL {
            let shown = seen(&seed, &ana, &picture, size).await.to_rgb8();
            let [red, _, blue] = shown.get_pixel(width * x / 20, height * y / 20).0;
            assert!(red > 150 && blue < 100, "{orientation}, {size}: {red} {blue}");
        }
    }
}

#[tokio::test]
async fn nothing_but_pixels_is_kept() {
    let (seed, ana) = ana().await;
    let file = with_exif(&jpeg(640, 480), 1);
    let holds = |file: &[u8], text: &str| file.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds(&file, SECRET_PLACE) && holds(&file, "Exif"));
    let picture = sent(&seed, &ana, &file).await.expect("a picture");
    for size in PictureSize::ALL {
        let stored = stored(&seed.cx, &ana, picture.id, size).await.expect("a file");
        for text in [SECRET_PLACE, "Exif", "EXIF", "XMP ", "ICCP"] {
            assert!(!holds(&stored, text), "{size}: {text}");
        }
    }
    let files = seed.files();
    assert_eq!(files.len(), 3, "what was sent is kept nowhere: {files:?}");
}

#[tokio::test]
async fn what_shines_through_goes_on_doing_so() {
    let (seed, ana) = ana().await;
    let glass = RgbaImage::from_fn(700, 500, |x, _| Rgba([200, 100, 50, if x < 350 { 0 } else { 255 }]));
    let picture = sent(&seed, &ana, &encoded(&glass.into(), ImageFormat::Png)).await.expect("a picture");
    for size in PictureSize::ALL {
        let shown = seen(&seed, &ana, &picture, size).await;
        assert!(shown.color().has_alpha(), "{size}");
        let (shown, middle) = (shown.to_rgba8(), shown.height() / 2);
        assert!(shown.get_pixel(shown.width() / 8, middle).0[3] < 10, "{size}");
        assert!(shown.get_pixel(shown.width() * 7 / 8, middle).0[3] > 245, "{size}");
    }
}

#[tokio::test]
async fn the_preview_is_the_picture_in_a_few_bytes() {
    let (seed, ana) = ana().await;
    let photo = sent(&seed, &ana, &jpeg(1_600, 1_200)).await.expect("a picture");
    let data = photo.preview.strip_prefix("data:image/webp;base64,").expect("the address of an image");
    assert!(photo.preview.len() < 400, "{}", photo.preview.len());
    let data = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, data).expect("base64");
    let preview = image::load_from_memory(&data).expect("a picture");
    assert_eq!((preview.width(), preview.height()), (24, 18));
    let expected = DynamicImage::from(scene(1_600, 1_200)).resize_exact(24, 18, FilterType::Triangle);
    assert!(distance(&preview, &expected) < 20.0);
}
