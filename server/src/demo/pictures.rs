//! Pictures for the community: landscapes, painted by a little arithmetic, so that nothing has to be carried along. The
//! same each time.

use std::io::{BufWriter, Seek, Write};

use domain::{Cx, Error, Scope, media};
use image::{ImageFormat, Rgb, RgbImage};
use protocol::media::AttachedPicture;

use super::rng::Rng;

type Colour = [u8; 3];

/// A time of day: its name, the sky above and at the horizon, the nearest hills.
const LIGHTS: [(&str, Colour, Colour, Colour); 6] = [
    ("at dawn", [86, 98, 150], [250, 190, 150], [38, 44, 66]),
    ("at noon", [70, 140, 210], [214, 232, 240], [40, 84, 58]),
    ("in the evening", [60, 50, 104], [244, 140, 90], [44, 28, 52]),
    ("in fog", [178, 188, 194], [222, 224, 222], [84, 98, 100]),
    ("by the moon", [14, 20, 46], [58, 74, 116], [6, 10, 20]),
    ("in autumn", [120, 160, 190], [248, 220, 170], [110, 58, 26]),
];
const PLACES: [&str; 4] = ["Hills", "A lake between hills", "A valley", "The ridge"];
/// Widths and heights as cameras have them.
const SHAPES: [(u32, u32); 4] = [(640, 480), (720, 480), (480, 640), (800, 450)];

/// How many pictures a post has: most have none.
pub(super) fn count(post: usize) -> usize {
    let mut rng = Rng::new(post as u64);
    match rng.below(24) {
        0 | 1 => 1,
        2 => 2,
        3 if rng.below(2) == 0 => 3,
        4 if rng.below(3) == 0 => 4,
        5 if rng.below(5) == 0 => 7,
        _ => 0,
    }
}

/// Paints the pictures of a post and takes them in for its author.
pub(super) async fn upload(cx: &Cx, author: &Scope, post: usize) -> Result<Vec<AttachedPicture>, Error> {
    let mut taken = Vec::new();
    for number in 0..count(post) {
        taken.push(upload_one(cx, author, post * 31 + number).await?);
    }
    Ok(taken)
}

/// Paints the picture of this number and takes it in for `owner`.
pub(super) async fn upload_one(cx: &Cx, owner: &Scope, number: usize) -> Result<AttachedPicture, Error> {
    let (picture, alt) = paint(&mut Rng::new(number as u64));
    let mut file = BufWriter::new(cx.files.temporary().await?);
    picture.write_to(&mut file, ImageFormat::Png).map_err(Error::internal)?;
    file.flush().map_err(Error::internal)?;
    let mut file = file.into_inner().map_err(|error| Error::internal(error.into_error()))?;
    let bytes = file.stream_position().map_err(Error::internal)?;
    let admission = media::admit(cx, owner, Some(bytes)).await?;
    let picture = media::accept(cx, owner, media::Upload { file, admission }).await?;
    Ok(AttachedPicture { id: picture.id, alt })
}

/// A landscape and its description.
fn paint(rng: &mut Rng) -> (RgbImage, String) {
    let (light, above, below, near) = LIGHTS[rng.below(LIGHTS.len())];
    let (width, height) = SHAPES[rng.below(SHAPES.len())];
    let place = rng.below(PLACES.len());
    let sun = (rng.below(width as usize) as f32, height as f32 * (0.12 + rng.below(30) as f32 / 100.0));
    let ridges: Vec<Ridge> = (0..5).map(|depth| Ridge::new(rng, depth, height as f32)).collect();
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let nearest = ridges.iter().rposition(|ridge| y > ridge.at(x));
        Rgb(match nearest {
            // The farther, the paler.
            Some(depth) => mix(below, near, (depth as f32 + 1.0) / ridges.len() as f32),
            None if (x - sun.0).hypot(y - sun.1) < height as f32 * 0.05 => mix(below, [255, 252, 235], 0.8),
            None => mix(above, below, (y / (height as f32 * 0.7)).min(1.0)),
        })
    });
    (picture, format!("{} {light}.", PLACES[place]))
}

/// The outline of hills: a sum of three waves.
struct Ridge {
    base: f32,
    waves: [(f32, f32, f32); 3],
}

impl Ridge {
    fn new(rng: &mut Rng, depth: usize, height: f32) -> Self {
        let mut wave = |size: f32| {
            let (length, shift) = (60.0 + rng.below(220) as f32, rng.below(628) as f32 / 100.0);
            (length, shift, height * size)
        };
        let waves = [wave(0.05), wave(0.03), wave(0.015)];
        Self { base: height * (0.45 + depth as f32 * 0.12), waves }
    }

    fn at(&self, x: f32) -> f32 {
        self.waves.iter().fold(self.base, |y, (length, shift, size)| y + (x / length + shift).sin() * size)
    }
}

fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    std::array::from_fn(|part| {
        let (one, other) = (f32::from(one[part]), f32::from(other[part]));
        (one + (other - one) * share) as u8
    })
}
