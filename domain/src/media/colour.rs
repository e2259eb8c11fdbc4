use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Brings the colours of a picture with this profile to those that go without saying. Phones have wider ones; without
/// their profile, which goes with everything else that is no pixel, their pictures would look pale.
pub(super) fn into_srgb(picture: &mut DynamicImage, profile: Option<&[u8]>) {
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb) else { return };
    let (layout, pixels) = match picture {
        DynamicImage::ImageRgb8(picture) => (Layout::Rgb, &mut **picture),
        DynamicImage::ImageRgba8(picture) => (Layout::Rgba, &mut **picture),
        _ => return,
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default());
    let mut brought = vec![0; pixels.len()];
    if transform.is_ok_and(|transform| transform.transform(pixels, &mut brought).is_ok()) {
        pixels.copy_from_slice(&brought);
    }
}
