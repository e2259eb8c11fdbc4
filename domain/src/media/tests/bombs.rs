//! Small files that want much.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::FutureExt;
use protocol::{Reason, Timestamp, media::PictureSize};

use super::{ana, assert_nothing_stays, reason, seen, sent};
use crate::{
    clock::Clock,
    media::{
        deadline::Deadline,
        person_queue::PersonQueues,
        probe::{FRAMES, probe},
        process::process,
    },
    testing::{
        id,
        pictures::{gif, gif_of_frames, png_with_large_profile, webp},
    },
};

#[tokio::test]
async fn a_picture_whose_colour_profile_is_immense_is_taken_without_it() {
    let (seed, ana) = ana().await;
    let file = png_with_large_profile(300 * 1024 * 1024);
    assert!(file.len() < 4 * 1024 * 1024, "{}", file.len());
    let picture = sent(&seed, &ana, &file).await.expect("a picture");
    assert_eq!(seen(&seed, &ana, &picture, PictureSize::Small).await.width(), 8);
}

#[test]
fn the_profile_of_the_bomb_is_one_that_decoders_inflate() {
    let file = png_with_large_profile(100_000);
    let mut decoder = image::codecs::png::PngDecoder::new(std::io::Cursor::new(file)).expect("a PNG");
    let profile = image::ImageDecoder::icc_profile(&mut decoder).expect("an answer").expect("a profile");
    assert_eq!(profile, vec![0; 100_000]);
}

#[tokio::test]
async fn an_animation_has_so_many_frames_and_no_more() {
    let (seed, ana) = ana().await;
    let most = usize::try_from(FRAMES).expect("a number");
    let too_many = Reason::TooManyFrames { max: 2_000 };
    for frames in [most + 1, 690_000] {
        assert_eq!(reason(sent(&seed, &ana, &gif_of_frames(frames)).await), too_many, "{frames}");
    }
    assert_nothing_stays(&seed).await;
    sent(&seed, &ana, &gif_of_frames(most)).await.expect("a picture");
}

#[tokio::test]
async fn a_chunk_that_says_to_be_immense_is_damaged() {
    let (seed, ana) = ana().await;
    let plain = webp(48, 32);
    // An extended head, which says that there is a colour profile, and that profile's, which says to have a gigabyte.
    let head = b"VP8X\x0a\0\0\0\x20\0\0\0\x2f\0\0\x1f\0\0ICCP\0\0\0\x40";
    let mut file = [&plain[..12], head, &plain[12..]].concat();
    let length = u32::try_from(file.len() - 8).expect("a length");
    file[4..8].copy_from_slice(&length.to_le_bytes());
    assert_eq!(reason(sent(&seed, &ana, &file).await), Reason::Damaged);
    assert_nothing_stays(&seed).await;
}

/// A clock on which a second passes whenever somebody looks.
#[derive(Default)]
struct HastyClock(AtomicU64);

impl Clock for HastyClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(0)
    }

    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

#[test]
fn an_animation_that_takes_too_long_is_given_up() {
    let clock: Arc<dyn Clock> = Arc::new(HastyClock::default());
    for (frames, refused) in [(10, None), (30, Some(Reason::TimedOut))] {
        let file = gif(20, 20, frames);
        let probed = probe(&file).expect("a GIF");
        assert_eq!(process(&probed, &file, &Deadline::new(&clock)).err(), refused, "{frames} frames");
    }
}

#[tokio::test]
async fn one_picture_of_each_person_is_processed_at_a_time() {
    let (seed, ana) = ana().await;
    let (ana, ben) = (id(&ana), id(&seed.person("ben").await));
    let queues = PersonQueues::default();
    let first = queues.acquire(ana).await.expect("a turn");
    let second = queues.acquire(ana);
    let mut second = std::pin::pin!(second);
    assert!(second.as_mut().now_or_never().is_none(), "the second one waits");
    let bens = queues.acquire(ben).now_or_never().expect("nobody waits for somebody else");
    drop(first);
    assert!(second.now_or_never().expect("a turn").is_ok());
    drop(bens);
}
