use image::{AnimationDecoder, Frame, codecs::webp::WebPDecoder};
use protocol::{
    Reason,
    media::{MEGAPIXELS, PictureSize},
};

use super::{ana, assert_nothing_stays, reason, seen, sent, stored};
use crate::testing::pictures::gif;

const TOO_MANY: Reason = Reason::TooManyPixels { max: MEGAPIXELS };

fn frames(file: &[u8]) -> Vec<Frame> {
    let decoder = WebPDecoder::new(std::io::Cursor::new(file)).expect("a WebP");
    assert!(decoder.has_animation());
    decoder.into_frames().collect_frames().expect("frames")
}

fn is_red(frame: &Frame, x: u32) -> bool {
    let [red, green, ..] = frame.buffer().get_pixel(x, 4).0;
    red > 150 && green < 80
}

#[tokio::test]
async fn what_moves_goes_on_moving_in_its_large_size_only() {
    let (seed, ana) = ana().await;
    let picture = sent(&seed, &ana, &gif(64, 48, 5)).await.expect("a picture");
    assert_eq!((picture.width, picture.height, picture.moves), (64, 48, true));
    let large = stored(&seed.cx, &ana, picture.id, PictureSize::Large).await.expect("a file");
    let frames = frames(&large);
    assert_eq!(frames.len(), 5);
    for (number, frame) in (0..).zip(&frames) {
        assert_eq!(frame.delay().numer_denom_ms(), (50, 1), "frame {number}");
        assert_eq!((frame.buffer().width(), frame.buffer().height()), (64, 48));
        for other in 0..5 {
            // The middle of the square, which is eight wide and goes four on with each frame.
            let inside = (number * 4..number * 4 + 8).contains(&(other * 8 + 4));
            assert_eq!(is_red(frame, other * 8 + 4), inside, "frame {number} at {other}");
        }
    }
    for size in [PictureSize::Medium, PictureSize::Small] {
        let still = stored(&seed.cx, &ana, picture.id, size).await.expect("a file");
        assert!(!WebPDecoder::new(std::io::Cursor::new(&still)).expect("a WebP").has_animation());
    }
    let again = sent(&seed, &ana, &large).await.expect("a picture");
    assert!(again.moves, "a WebP moves as well");
}

#[tokio::test]
async fn an_animation_of_one_frame_is_a_picture_that_stands_still() {
    let (seed, ana) = ana().await;
    let picture = sent(&seed, &ana, &gif(64, 48, 1)).await.expect("a picture");
    assert!(!picture.moves);
    assert_eq!(seen(&seed, &ana, &picture, PictureSize::Large).await.width(), 64);
}

#[tokio::test]
async fn frames_that_show_nothing_new_take_no_room() {
    let (seed, ana) = ana().await;
    // The square has left the picture after its tenth frame.
    let picture = sent(&seed, &ana, &gif(40, 20, 30)).await.expect("a picture");
    let large = stored(&seed.cx, &ana, picture.id, PictureSize::Large).await.expect("a file");
    let frames = frames(&large);
    assert_eq!(frames.len(), 11);
    let whole: u32 = frames.iter().map(|frame| frame.delay().numer_denom_ms().0).sum();
    assert_eq!(whole, 30 * 50, "and the time stays the same");
}

#[tokio::test]
async fn an_animation_with_more_pixels_than_a_picture_may_have_is_refused() {
    let (seed, ana) = ana().await;
    assert_eq!(reason(sent(&seed, &ana, &gif(1_000, 1_000, 51)).await), TOO_MANY);
    // The canvas is small, the frames on it are not.
    let mut lying = gif(3_000, 3_000, 6);
    lying[6..10].copy_from_slice(&[1, 0, 1, 0]);
    assert_eq!(reason(sent(&seed, &ana, &lying).await), TOO_MANY);
    assert_nothing_stays(&seed).await;

    let picture = sent(&seed, &ana, &gif(500, 500, 2)).await.expect("a picture");
    let large = stored(&seed.cx, &ana, picture.id, PictureSize::Large).await.expect("a file");
    let last = large.windows(4).rposition(|name| name == b"ANMF").expect("a frame");
    let mut bomb = large.clone();
    for _ in 0..200 {
        bomb.extend_from_slice(&large[last..]);
    }
    let length = u32::try_from(bomb.len() - 8).expect("a length");
    bomb[4..8].copy_from_slice(&length.to_le_bytes());
    assert_eq!(reason(sent(&seed, &ana, &bomb).await), TOO_MANY);
}
