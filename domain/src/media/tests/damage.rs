use protocol::{Reason, media::MEGAPIXELS};

use super::{ana, assert_nothing_stays, reason, sent};
use crate::{
    media::jpeg,
    testing::pictures::{gif, jpeg as jpeg_file, png, png_that_says, webp},
};

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let (seed, ana) = ana().await;
    for file in [
        &b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"[..],
        b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"%PDF-1.7 and so on",
        b"PK\x03\x04\x14\0\0\0\x08\0",
        b"\x7fELF\x02\x01\x01\0",
        b"\0\0\0\x20ftypheic\0\0\0\0mif1heic",
        b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0",
        b"II*\0\x08\0\0\0",
        b"hello",
        b"\0",
    ] {
        assert_eq!(reason(sent(&seed, &ana, file).await), Reason::UnknownKind, "{file:?}");
    }
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn a_file_of_no_bytes_is_damaged() {
    let (seed, ana) = ana().await;
    assert_eq!(reason(sent(&seed, &ana, b"").await), Reason::Damaged);
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn a_file_that_ends_too_early_is_damaged_wherever_it_ends() {
    let (seed, ana) = ana().await;
    for (what, file) in [
        ("jpeg", jpeg_file(200, 150)),
        ("png", png(200, 150)),
        ("gif", gif(60, 40, 4)),
        ("webp", webp(200, 150)),
    ] {
        for tenth in 1..10 {
            // Of the shortest, there is at least what says what it is.
            let cut = &file[..(file.len() * tenth / 10).max(16)];
            assert_eq!(reason(sent(&seed, &ana, cut).await), Reason::Damaged, "{what}, {tenth} tenths");
        }
    }
    let jpeg = jpeg_file(200, 150);
    assert_eq!(reason(sent(&seed, &ana, &jpeg[..jpeg.len() - 1]).await), Reason::Damaged);
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn a_file_that_says_to_be_another_kind_is_damaged() {
    let (seed, ana) = ana().await;
    let (jpeg, png) = (jpeg_file(40, 40), png(40, 40));
    let lying = [
        [&png[..8], &jpeg[8..]].concat(),
        [&jpeg[..4], &png[4..]].concat(),
        [b"GIF89a", &png[6..]].concat(),
        [b"RIFF\x10\0\0\0WEBP", &jpeg[..]].concat(),
    ];
    for file in lying {
        assert_eq!(reason(sent(&seed, &ana, &file).await), Reason::Damaged);
    }
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn a_picture_that_says_to_be_immense_is_refused_by_its_head() {
    let (seed, ana) = ana().await;
    let too_many = Reason::TooManyPixels { max: MEGAPIXELS };
    for (width, height) in [(50_000, 50_000), (7_072, 7_071), (50_000_001, 1), (1, i32::MAX.unsigned_abs())] {
        let file = png_that_says(width, height);
        assert_eq!(reason(sent(&seed, &ana, &file).await), too_many, "{width} x {height}");
    }
    let mut jpeg = jpeg_file(8, 8);
    let frame = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 9].fill(0xff);
    assert_eq!(reason(sent(&seed, &ana, &jpeg).await), too_many);
    let mut gif = gif(8, 8, 2);
    gif[6..10].fill(0xff);
    assert_eq!(reason(sent(&seed, &ana, &gif).await), too_many);
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn a_head_without_a_picture_behind_it_is_damaged() {
    let (seed, ana) = ana().await;
    for (width, height) in [(5_000, 5_000), (0, 10), (10, 0)] {
        let file = png_that_says(width, height);
        assert_eq!(reason(sent(&seed, &ana, &file).await), Reason::Damaged, "{width} x {height}");
    }
    assert_nothing_stays(&seed).await;
}

#[tokio::test]
async fn bytes_that_were_changed_anywhere_never_break_more_than_the_picture() {
    let (seed, ana) = ana().await;
    for file in [jpeg_file(48, 32), png(48, 32), gif(24, 16, 3), webp(48, 32)] {
        for step in 1..40 {
            let mut changed = file.clone();
            let places = changed.len();
            for place in [places * step / 40, (places * step * 7 / 40) % places] {
                changed[place] ^= 1 << (step % 8);
            }
            match sent(&seed, &ana, &changed).await {
                Ok(picture) => assert!(picture.width <= 2_560 && picture.height <= 2_560),
                Err(refused) => {
                    assert!(refused.problem().reason_for("pictures").is_some(), "{refused:?}");
                }
            }
        }
    }
}

#[test]
fn a_jpeg_in_several_passes_is_known_as_one() {
    let mut file = jpeg_file(48, 32);
    let header = jpeg::read_header(&file[..]).expect("a JPEG");
    assert_eq!((header.width, header.height, header.progressive), (48, 32, false));
    let frame = file.windows(2).position(|marker| marker == [0xff, 0xc0]).expect("a frame");
    file[frame + 1] = 0xc2;
    assert!(jpeg::read_header(&file[..]).expect("a JPEG").progressive);
}
