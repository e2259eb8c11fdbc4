//! What concerns the whole process: each of these tests runs in one of its own.

use std::{
    env, fs,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::http::StatusCode;
use domain::testing::pictures::{
    encoded, gif, gif_of_frames, jpeg, png, png_that_says, png_with_large_profile, scene,
};
use futures::future::join_all;
use image::{
    DynamicImage, ImageFormat,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

use super::{Site, assert_nothing_stays, open_temporary, send, sent};

const ALONE: &str = "KITH_TEST_ALONE";
const MEGABYTE: u64 = 1024 * 1024;

/// Whether this process runs one test and no other. If not, starts one that does, behind `before`, and sees that it goes
/// well.
fn is_alone(test: &str, before: &[&str]) -> bool {
    if env::var_os(ALONE).is_some() {
        return true;
    }
    let own = env::current_exe().expect("a test");
    let own = own.to_str().expect("a path in UTF-8");
    let test = format!("tests::media::memory::{test}");
    let arguments = [before, &[own, "--exact", &test, "--nocapture"]].concat();
    let [program, arguments @ ..] = &arguments[..] else { panic!("no program") };
    let done = Command::new(program).args(arguments).env(ALONE, "1").output().expect("a process");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    false
}

/// A line of what the kernel says of this process's memory, in bytes.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|found| found.strip_prefix(line)).expect("a line");
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

/// What the memory grows by at most, while something is done.
async fn growth<T>(work: impl Future<Output = T>) -> (T, u64) {
    // Five makes the kernel forget the highest that it has seen (proc(5), clear_refs).
    fs::write("/proc/self/clear_refs", "5").expect("a new beginning");
    let before = memory("VmRSS");
    let done = work.await;
    (done, memory("VmHWM").saturating_sub(before) / MEGABYTE)
}

/// A PNG of nearly ten megabytes: noise, which cannot be made smaller.
fn ten_megabytes() -> Vec<u8> {
    static SEED: AtomicU64 = AtomicU64::new(88_172_645_463_325_252);
    let mut picture = DynamicImage::new_rgb8(1_850, 1_850);
    for byte in picture.as_mut_rgb8().expect("an RGB picture").iter_mut() {
        // Marsaglia's xorshift.
        let mut number = SEED.load(Ordering::Relaxed);
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        SEED.store(number, Ordering::Relaxed);
        *byte = number.to_le_bytes()[3];
    }
    quickly_encoded(&picture)
}

/// A PNG without any search for what makes it smallest.
fn quickly_encoded(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::NoFilter);
    picture.write_with_encoder(encoder).expect("a picture that can be encoded");
    file
}

#[tokio::test]
async fn memory_stays_flat_whatever_is_sent() {
    if !is_alone("memory_stays_flat_whatever_is_sent", &[]) {
        return;
    }
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    sent(&ana, jpeg(640, 480)).await;
    let bombs = [
        ("690,000 frames", gif_of_frames(690_000)),
        ("a PNG of 50,000 x 50,000", png_that_says(50_000, 50_000)),
        ("an animation", gif(1_000, 1_000, 51)),
        ("11 MB", vec![b'x'; 11 * MEGABYTE as usize]),
    ];
    for (what, file) in bombs {
        let (answer, grown) = growth(send(&ana, file)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert!(grown < 24, "{what}: {grown} MB");
    }
    let bomb = png_with_large_profile(500 * MEGABYTE as u32);
    let (answer, grown) = growth(send(&ana, bomb)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(grown < 48, "a colour profile of 500 MB: {grown} MB");
    let largest = quickly_encoded(&DynamicImage::new_rgba8(7_071, 7_071));
    for (what, file, most) in [("10 MB", ten_megabytes(), 160), ("50 megapixels", largest, 400)] {
        assert!(file.len() as u64 <= 10 * MEGABYTE, "{what}: {}", file.len());
        let (answer, grown) = growth(send(&ana, file)).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", answer.body);
        assert!(grown < most, "{what}: {grown} MB");
    }
    let photo = encoded(&DynamicImage::new_rgb8(5_000, 4_000), ImageFormat::Jpeg);
    let (answers, grown) = growth(join_all((0..6).map(|_| send(&ana, photo.clone())))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK));
    assert!(grown < 300, "6 photographs of 20 megapixels at once: {grown} MB");
    assert_eq!(open_temporary(&site), 0);
}

/// Makes a disk of one megabyte of a folder, for this process only.
fn on_a_small_disk(folder: &str) {
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).status();
    assert!(mounted.expect("mount").success(), "{folder}");
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing_half_written() {
    if !is_alone(
        "a_full_disk_is_said_and_leaves_nothing_half_written",
        &["unshare", "--map-root-user", "--mount"],
    ) {
        return;
    }
    // A photograph whose large size takes more than a megabyte, and a picture that is small in all its sizes.
    let (large, small) = (encoded(&noisy(2_400, 1_800), ImageFormat::Jpeg), png(60, 40));
    for folder in ["files", "tmp"] {
        let site = Site::sqlite().await;
        let ana = site.member("ana").await;
        on_a_small_disk(&site.seed.folder().join(folder).display().to_string());
        for _ in 0..2 {
            let answer = send(&ana, large.clone()).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{folder}: {}", answer.body);
            assert_nothing_stays(&site).await;
        }
        let (answer, _) = ana.fetch("/healthz").await;
        assert_eq!(answer.status, StatusCode::OK);
        sent(&ana, small.clone()).await;
    }
}

/// Something that does not become small.
fn noisy(width: u32, height: u32) -> DynamicImage {
    let mut picture = scene(width, height);
    for (at, byte) in picture.iter_mut().enumerate() {
        *byte ^= (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0];
    }
    picture.into()
}
